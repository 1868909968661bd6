// All acts of several questions, by their names.
import type { Act } from "./act.js";
import { count, type CountAct } from "./count.js";
import { press, type PressAct } from "./press.js";

export type ActName = PressAct | CountAct;

export const ACTS: Record<ActName, Act> = { ...press, ...count };
