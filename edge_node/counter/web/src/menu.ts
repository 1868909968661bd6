// Other work: what is not printing, in groups, chosen by number. Pure. A row more is a line more; an act
// that only asks questions is a row of acts/.
//
//   workOf({ role: Role.OPERATOR }, "1")      // the row that the number chooses
import { Role } from "../gen/keping/log/v1/office_pb.js";
import type { Key } from "../common/messages.js";
import type { ActName } from "./acts/index.js";

// Of the person who works at this screen.
export interface MenuContext {
  role: Role;
}

export interface Work {
  group: Group;
  label: Key;
  act: ActName;
  // What the act is about, where one act has several rows.
  about?: Record<string, string>;
  // Hides the row from those who may not; the node refuses them in any case. Always, when absent.
  allowed?: (context: MenuContext) => boolean;
}

export const GROUPS = ["menu.blanks", "menu.cards", "menu.office"] as const;
export type Group = (typeof GROUPS)[number];

// A role that the page does not know yet sees everything.
export const only =
  (...roles: Role[]) =>
  ({ role }: MenuContext): boolean =>
    role === Role.UNSPECIFIED || roles.includes(role);

export const WORK: Work[] = [
  { group: "menu.blanks", label: "count.tray", act: "count", about: { pile: "1" } },
  { group: "menu.cards", label: "count.printed", act: "count", about: { pile: "3" } },
  { group: "menu.cards", label: "count.spoiled", act: "count", about: { pile: "2" } },
];

// With its number, which is the same for everybody.
export function offered(context: MenuContext): [number, Work][] {
  return WORK.map((work, i): [number, Work] => [i + 1, work]).filter(
    ([, { allowed }]) => allowed?.(context) ?? true,
  );
}

export function workOf(context: MenuContext, input: string): Work | undefined {
  return offered(context).find(([number]) => String(number) === input)?.[1];
}
