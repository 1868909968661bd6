// Jobs, and the printers as machines.
import type { PrinterConsumable } from "../../gen/keping/edge/v1/press_pb.js";
import {
  ConsumableStep,
  type AdoptionBasis,
  type ConsumableKind,
  type CorrectionReason,
  type MaintenanceKind,
  type OverrideKind,
  type OverrideReason,
  type RecordClass,
} from "../../gen/keping/log/v1/office_pb.js";
import { blank, chosenFrom, choice, confirm, count, dayOf, SECOND, text } from "../questions.js";
import type { Choice, Question } from "../questions.js";
import type { Word } from "../words.js";
import { confirmed, type Act, type Outcome, type Sending, type Told } from "./act.js";

export type PressAct =
  | "cancel"
  | "correct"
  | "test"
  | "maintain"
  | "install"
  | "remove"
  | "destroy"
  | "release"
  | "adopt"
  | "grant"
  | "day";

const MAX_PRINTS = 200;
const MAX_PANELS = 10_000;
const DUTY = "1";

// "ribbon RB-2017-0042: 125 of 500 cards"
export function consumableWord({ kind, consumable, gave, capacity }: PrinterConsumable): Word {
  const family = "consumable.";
  return {
    key: "machine.consumable",
    values: { kind: { family, name: String(kind) }, consumable, gave, capacity },
  };
}

// To choose one that waits for its destruction: its kind, then its number.
export function toDestroy(item: PrinterConsumable): Choice {
  return { value: `${item.kind} ${item.consumable}`, word: consumableWord(item) };
}

const reason = (question: Question): Question => ({ ...question, fact: "fact.reason" });

async function install({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const [consumable, printer] = [of("consumable"), of("printer")];
  const kind = Number(of("kind")) as ConsumableKind;
  const step = ConsumableStep.INSTALLED;
  const panels = Number(of("panels"));
  await rpc.press.moveConsumable({ kind, step, consumable, panels, printer, operatorId });
  return { say: "done.installed", values: { consumable, printer } };
}

async function remove({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const [consumable, printer] = [of("consumable"), of("printer")];
  const kind = Number(of("kind")) as ConsumableKind;
  const step = ConsumableStep.REMOVED;
  const panels = Number(of("panels"));
  const { capacity, gave } = await rpc.press.moveConsumable({ kind, step, consumable, panels, printer, operatorId });
  return { say: "done.removed", values: { consumable, gave, capacity } };
}

async function destroy({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const [, kind, consumable] = /^(\d+) (.*)$/.exec(of("item")) ?? [];
  const options = await confirmed(rpc, of);
  const step = ConsumableStep.DESTROYED;
  const second = of("second");
  await rpc.press.moveConsumable(
    { kind: Number(kind) as ConsumableKind, step, consumable: consumable ?? "", operatorId, second },
    options,
  );
  return { say: "done.destroyed", values: { consumable: consumable ?? "" } };
}

async function grant({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const { left } = await rpc.press.grantOverride({
    kind: Number(of("kind")) as OverrideKind,
    printer: of("kind") === DUTY ? of("printer") : "",
    prints: Number(of("prints")),
    reason: Number(of("reason")) as OverrideReason,
    recordClass: Number(of("class")) as RecordClass,
    operatorId,
  });
  return { say: "done.granted", values: { left } };
}

const basis = choice("basis", "adoption.", [1, 2, 3], "adopt.hint");
const slip: Question = { ...text("slip", "label.slip", "adopt.slipHint"), pasted: true };

export const press: Record<PressAct, Act> = {
  cancel: {
    title: "cancel.title",
    questions: () => [confirm("cancel.hint")],
    send: async ({ rpc, operatorId, text: of }) => {
      await rpc.press.cancelJob({ act: of("subject"), operatorId });
      return { say: "done.cancelAsked" };
    },
  },
  correct: {
    title: "correct.title",
    questions: () => [reason(choice("reason", "correction.", [1, 2, 3, 4], "correct.hint")), ...SECOND],
    send: async ({ rpc, operatorId, text: of }) => {
      const options = await confirmed(rpc, of);
      const why = Number(of("reason")) as CorrectionReason;
      const [subject, second] = [of("subject"), of("second")];
      await rpc.press.correctAnswer({ subject, reason: why, operatorId, second }, options);
      return { say: "done.corrected" };
    },
    then: "card",
  },
  test: {
    title: "test.title",
    questions: () => [blank("test.hint")],
    send: async ({ rpc, operatorId, text: of }) => {
      const serial = of("blank");
      const request = { operatorId, printer: of("printer"), blank: serial };
      const { refusal } = await rpc.press.printTestCard(request);
      return { say: "done.test", values: { blank: serial }, refusal };
    },
    then: "room",
  },
  maintain: {
    title: "maintain.title",
    questions: () => [confirm("maintain.hint")],
    send: async ({ rpc, operatorId, text: of }) => {
      const [printer, kind] = [of("printer"), Number(of("kind")) as MaintenanceKind];
      await rpc.press.maintainPrinter({ printer, kind, operatorId });
      return { say: "done.maintained", values: { printer } };
    },
    then: "room",
  },
  install: {
    title: "install.title",
    questions: () => [
      text("consumable", "label.consumable", "install.hint"),
      count("panels", "label.panels", "install.panelsHint", 1, MAX_PANELS),
    ],
    send: install,
    then: "room",
  },
  remove: {
    title: "remove.title",
    questions: () => [count("panels", "label.panelsLeft", "remove.hint", 0, MAX_PANELS)],
    send: remove,
    then: "room",
  },
  destroy: {
    title: "destroy.title",
    questions: ({ items }) => [chosenFrom("item", items, "destroy.hint"), ...SECOND],
    send: destroy,
    then: "room",
  },
  release: {
    title: "release.title",
    questions: () => [confirm("release.hint")],
    send: async ({ rpc, operatorId, text: of }) => {
      const printer = of("printer");
      const { page } = await rpc.press.releasePrinter({ printer, operatorId });
      const told: Told = { title: { key: "slip.title" }, hint: "slip.hint", facts: [], page };
      return { say: "done.released", values: { printer }, told };
    },
  },
  adopt: {
    title: "adopt.title",
    questions: ({ answers }) => (answers["basis"] === "2" ? [basis, slip] : [basis]),
    send: async ({ rpc, operatorId, text: of }) => {
      const printer = of("printer");
      const request = { printer, basis: Number(of("basis")) as AdoptionBasis, slip: of("slip"), operatorId };
      const { leftToday } = await rpc.press.adoptPrinter(request);
      return { say: "done.adopted", values: { printer, left: leftToday } };
    },
    then: "room",
  },
  grant: {
    title: "grant.title",
    questions: ({ answers }) => [
      { ...choice("kind", "override.kind.", [1, 2], "grant.hint"), fact: "fact.purpose" },
      ...(answers["kind"] === "2" ? [choice("class", "override.class.", [1, 2], "grant.classHint")] : []),
      count("prints", "label.prints", "grant.printsHint", 1, MAX_PRINTS),
      reason(choice("reason", "override.reason.", [1, 2, 3, 4], "grant.reasonHint")),
    ],
    send: grant,
    then: "room",
  },
  day: {
    title: "day.title",
    questions: () => [
      { name: "day", label: "label.day", hint: "day.hint", wrong: "day.wrong", read: dayOf },
      ...SECOND,
    ],
    send: async ({ rpc, operatorId, text: of }) => {
      const options = await confirmed(rpc, of);
      const request = { day: Number(of("day")), operatorId, second: of("second") };
      await rpc.press.correctOfficeDay(request, options);
      return { say: "done.day" };
    },
    then: "room",
  },
};
