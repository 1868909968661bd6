// The printers as machines, the office day, and a card's story: what a person may do next with what
// the node tells of them. Pure.
//
//   upkeepOf(room, "1");        // the form of a test card at the room's printer
//   correctable(story.entries); // the act whose answer two persons may set aside
import type {
  GetOfficeDayResponse,
  HistoryEntry,
  ListPrintersResponse,
  PrinterConsumable,
  PrinterMachine,
} from "../gen/keping/edge/v1/press_pb.js";
import { ConsumableKind, MaintenanceKind, Role } from "../gen/keping/log/v1/office_pb.js";
import { toDestroy } from "./acts/press.js";
import { blankForm, type Form } from "./forms.js";
import { only, type Allowed } from "./menu.js";
import type { Key } from "../common/messages.js";

export interface Room {
  printer: string;
  // Of the person who works at this screen.
  role: Role;
  machines: ListPrintersResponse;
  day: GetOfficeDayResponse;
}

export interface CardStory {
  // As a person gave it.
  subject: string;
  entries: HistoryEntry[];
}

export interface Choice {
  label: Key;
  form: Form;
  allowed: Allowed;
}

// As edge_node/core/roles.cc has them.
const upkeep = only(Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR);
const stock = only(Role.OPERATOR, Role.SUPERVISOR, Role.STOCK_KEEPER);
const machines = only(Role.SUPERVISOR, Role.ADMINISTRATOR);
const head = only(Role.SUPERVISOR);

export function machineOf({ machines, printer }: Room): PrinterMachine | undefined {
  return machines.printers.find((one) => one.printer === printer);
}

export function installedOf(room: Room, kind: ConsumableKind): PrinterConsumable | undefined {
  return machineOf(room)?.installed.find((one) => one.kind === kind);
}

function exchange(room: Room, kind: ConsumableKind, put: Key, take: Key): Choice {
  const { printer } = room;
  const installed = installedOf(room, kind);
  const about = { printer, kind: String(kind) };
  return installed
    ? { label: take, form: blankForm("remove", { ...about, consumable: installed.consumable }), allowed: stock }
    : { label: put, form: blankForm("install", about), allowed: stock };
}

// What can be done, in the order of the numbers.
function allOf(room: Room): Choice[] {
  const { printer } = room;
  const maintain = (kind: MaintenanceKind) => blankForm("maintain", { printer, kind: String(kind) });
  const inService = machineOf(room)?.inService ?? false;
  return [
    { label: "upkeep.test", form: blankForm("test", { printer }), allowed: upkeep },
    { label: "upkeep.cleaningCard", form: maintain(MaintenanceKind.CLEANING_CARD), allowed: upkeep },
    { label: "upkeep.headCleaned", form: maintain(MaintenanceKind.HEAD_CLEANED), allowed: upkeep },
    { label: "upkeep.repaired", form: maintain(MaintenanceKind.REPAIRED), allowed: upkeep },
    exchange(room, ConsumableKind.RIBBON, "upkeep.ribbonIn", "upkeep.ribbonOut"),
    exchange(room, ConsumableKind.FILM, "upkeep.filmIn", "upkeep.filmOut"),
    { label: "upkeep.destroy", form: blankForm("destroy", {}, room.machines.toDestroy.map(toDestroy)), allowed: stock },
    inService
      ? { label: "upkeep.release", form: blankForm("release", { printer }), allowed: machines }
      : { label: "upkeep.adopt", form: blankForm("adopt", { printer }), allowed: machines },
    { label: "upkeep.grant", form: blankForm("grant", { printer }), allowed: head },
    { label: "upkeep.day", form: blankForm("day", {}), allowed: head },
  ];
}

// With the number that chooses it, which is the same for every printer and everybody.
export function choicesOf(room: Room): [number, Choice][] {
  return allOf(room).map((choice, i): [number, Choice] => [i + 1, choice]).filter(([, { allowed }]) => allowed(room));
}

export function upkeepOf(room: Room, input: string): Form | undefined {
  return choicesOf(room).find(([number]) => String(number) === input)?.[1].form;
}

// By the stable names of event types.
const ANSWERS = ["print_verified", "print_spoiled", "print_unused", "blank_spoiled"];

// The act of the last answer, if nobody set it aside.
export function correctable(entries: HistoryEntry[]): string | undefined {
  const last = [...entries].reverse().find(({ event }) => ANSWERS.includes(event));
  return last && !last.setAside ? last.act : undefined;
}
