// All acts of several questions, by their names.
import type { Act } from "./act.js";
import { count, type CountAct } from "./count.js";
import { handover, type HandoverAct } from "./handover.js";
import { inventory, type InventoryAct } from "./inventory.js";
import { late, type LateAct } from "./late.js";
import { lending, type LendingAct } from "./lending.js";
import { papers, type PaperAct } from "./papers.js";
import { press, type PressAct } from "./press.js";
import { shift, type ShiftAct } from "./shift.js";
import { status, type StatusAct } from "./status.js";
import { stick, type StickAct } from "./stick.js";
import { supplies, type SupplyAct } from "./supplies.js";

export type ActName =
  | PressAct
  | CountAct
  | LendingAct
  | InventoryAct
  | SupplyAct
  | HandoverAct
  | StatusAct
  | ShiftAct
  | LateAct
  | PaperAct
  | StickAct;

export const ACTS: Record<ActName, Act> = {
  ...press,
  ...count,
  ...lending,
  ...inventory,
  ...supplies,
  ...handover,
  ...status,
  ...shift,
  ...late,
  ...papers,
  ...stick,
};
