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
  allowed?: Allowed;
}

export type Allowed = (context: MenuContext) => boolean;

const GROUPS = ["menu.blanks", "menu.late", "menu.cards", "menu.office", "menu.shift", "menu.stick"] as const;
export type Group = (typeof GROUPS)[number];

// A role that the page does not know yet sees everything.
export const only =
  (...roles: Role[]): Allowed =>
  ({ role }) =>
    role === Role.UNSPECIFIED || roles.includes(role);

// As edge_node/core/roles.cc has them.
const counter = only(Role.OPERATOR, Role.SUPERVISOR);
const stock = only(Role.OPERATOR, Role.SUPERVISOR, Role.STOCK_KEEPER);
const counting = only(Role.OPERATOR, Role.SUPERVISOR, Role.STOCK_KEEPER, Role.AUDITOR);
const machines = only(Role.SUPERVISOR, Role.ADMINISTRATOR);
const reading = only(Role.OPERATOR, Role.SUPERVISOR, Role.RECONCILER, Role.AUDITOR);

const [blanks, papers, cards, office, shifts, sticks] = GROUPS;

// Side by side, so that all rows are seen at 1366x768 without scrolling.
export const COLUMNS: Group[][] = [[blanks, papers], [cards, office], [shifts, sticks]];

export const WORK: Work[] = [
  { group: blanks, label: "count.tray", act: "count", about: { pile: "1" }, allowed: counting },
  { group: blanks, label: "openBox.title", act: "openBox", allowed: stock },
  { group: blanks, label: "receiveEarly.title", act: "receiveEarly", allowed: stock },
  { group: blanks, label: "spoil.title", act: "spoil", allowed: stock },
  { group: blanks, label: "lend.title", act: "lend", allowed: stock },
  { group: blanks, label: "receiveLent.title", act: "receiveLent", allowed: stock },
  { group: blanks, label: "lendings.title", act: "lendings" },
  { group: papers, label: "late.receive", act: "lateReceive", allowed: stock },
  { group: papers, label: "late.spoiled", act: "lateSpoiled", allowed: stock },
  { group: papers, label: "late.count", act: "lateCount", allowed: stock },
  { group: papers, label: "late.handOver", act: "lateHandOver", allowed: counter },
  { group: papers, label: "late.answers", act: "lateAnswers", allowed: counter },
  { group: papers, label: "blankForm.title", act: "blankForm" },
  { group: cards, label: "status.title", act: "status", allowed: reading },
  { group: cards, label: "atCounter.title", act: "atCounter", allowed: counter },
  { group: cards, label: "manifest.title", act: "manifest", allowed: counter },
  { group: cards, label: "handOver.title", act: "handOver", allowed: counter },
  { group: cards, label: "answer.title", act: "answer", allowed: counter },
  { group: cards, label: "manifestShow.title", act: "manifestShow" },
  { group: cards, label: "count.printed", act: "count", about: { pile: "3" }, allowed: counting },
  { group: cards, label: "count.spoiled", act: "count", about: { pile: "2" }, allowed: counting },
  { group: cards, label: "burn.title", act: "burn", allowed: stock },
  { group: office, label: "supplyIn.title", act: "supplyIn", allowed: stock },
  { group: office, label: "supplySettle.title", act: "supplySettle", allowed: stock },
  { group: office, label: "openStock.title", act: "openStock", allowed: stock },
  { group: office, label: "rescan.title", act: "rescan", allowed: stock },
  { group: shifts, label: "shift.open", act: "shiftOpen", allowed: stock },
  { group: shifts, label: "shift.close", act: "shiftClose", allowed: stock },
  { group: shifts, label: "dayReport.title", act: "dayReport", allowed: stock },
  { group: shifts, label: "countPaper.title", act: "countPaper" },
  { group: shifts, label: "phoneGrant.title", act: "phoneGrant", allowed: machines },
  { group: shifts, label: "password.title", act: "password" },
  { group: sticks, label: "stick.out", act: "stickOut" },
  { group: sticks, label: "stick.in", act: "stickIn" },
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
