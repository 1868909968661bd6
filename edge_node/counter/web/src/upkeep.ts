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
import { ConsumableKind, MaintenanceKind } from "../gen/keping/log/v1/office_pb.js";
import { toDestroy } from "./acts/press.js";
import { blankForm, type Form } from "./forms.js";
import type { Key } from "../common/messages.js";

export interface Room {
  printer: string;
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
}

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
    ? { label: take, form: blankForm("remove", { ...about, consumable: installed.consumable }) }
    : { label: put, form: blankForm("install", about) };
}

// What can be done, as the numbers 1, 2, … choose it. The numbers stay the same for every printer.
export function choicesOf(room: Room): Choice[] {
  const { printer } = room;
  const maintain = (kind: MaintenanceKind) => blankForm("maintain", { printer, kind: String(kind) });
  const inService = machineOf(room)?.inService ?? false;
  return [
    { label: "upkeep.test", form: blankForm("test", { printer }) },
    { label: "upkeep.cleaningCard", form: maintain(MaintenanceKind.CLEANING_CARD) },
    { label: "upkeep.headCleaned", form: maintain(MaintenanceKind.HEAD_CLEANED) },
    { label: "upkeep.repaired", form: maintain(MaintenanceKind.REPAIRED) },
    exchange(room, ConsumableKind.RIBBON, "upkeep.ribbonIn", "upkeep.ribbonOut"),
    exchange(room, ConsumableKind.FILM, "upkeep.filmIn", "upkeep.filmOut"),
    { label: "upkeep.destroy", form: blankForm("destroy", {}, room.machines.toDestroy.map(toDestroy)) },
    inService
      ? { label: "upkeep.release", form: blankForm("release", { printer }) }
      : { label: "upkeep.adopt", form: blankForm("adopt", { printer }) },
    { label: "upkeep.grant", form: blankForm("grant", { printer }) },
    { label: "upkeep.day", form: blankForm("day", {}) },
  ];
}

export function upkeepOf(room: Room, input: string): Form | undefined {
  return /^\d{1,2}$/.test(input) ? choicesOf(room)[Number(input) - 1]?.form : undefined;
}

// By the stable names of event types.
const ANSWERS = ["print_verified", "print_spoiled", "print_unused", "blank_spoiled"];

// The act of the last answer, if nobody set it aside.
export function correctable(entries: HistoryEntry[]): string | undefined {
  const last = [...entries].reverse().find(({ event }) => ANSWERS.includes(event));
  return last && !last.setAside ? last.act : undefined;
}
