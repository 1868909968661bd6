// Ribbons, films and cleaning cards in stock, before they are in a printer.
import { ConsumableKind, ConsumableStep } from "../../gen/keping/log/v1/office_pb.js";
import type { Form } from "../forms.js";
import { choice, chosenFrom, count, namedOrChosen, optional, SECOND, text } from "../questions.js";
import type { Choice, Question } from "../questions.js";
import type { Rpc } from "../rpc.js";
import { chosenOf, confirmed, type Act, type Found, type Outcome, type Sending } from "./act.js";

export type SupplyAct = "supplyIn" | "supplySettle";

const MAX_PIECES = 10_000;
const MAX_PANELS = 10_000;
const KINDS = [ConsumableKind.RIBBON, ConsumableKind.FILM, ConsumableKind.CLEANING_CARD];
const isBox = (kind: string) => Number(kind) === ConsumableKind.CLEANING_CARD;

function receiveQuestions({ answers }: Form): Question[] {
  return [
    { ...choice("kind", "consumable.", KINDS, "supplyIn.hint"), fact: "fact.kind" },
    text("consumable", "label.supply", "supplyIn.numberHint"),
    isBox(answers["kind"] ?? "")
      ? count("quantity", "label.pieces", "supplyIn.piecesHint", 1, MAX_PIECES)
      : count("panels", "label.panels", "supplyIn.panelsHint", 0, MAX_PANELS),
    optional("transfer", "label.parcel", "supplyIn.parcelHint"),
  ];
}

async function receive({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const consumable = of("consumable");
  await rpc.stock.receiveConsumable({
    kind: Number(of("kind")) as ConsumableKind,
    consumable,
    quantity: Number(of("quantity") || 1),
    panels: Number(of("panels")),
    operatorId,
    transfer: of("transfer"),
  });
  return { say: "done.supplyIn", values: { consumable } };
}

// What lies in stock.
async function inStock(rpc: Rpc): Promise<Found> {
  const { consumables } = await rpc.stock.getStock({});
  const items = consumables.filter(({ step }) => step === ConsumableStep.RECEIVED).map((one): Choice => {
    const { consumable, kind, quantity } = one;
    const values = { kind: { family: "consumable.", name: String(kind) } as const, consumable, n: quantity };
    return { value: consumable, word: { key: "supply.one", values }, about: { kind: String(kind) } };
  });
  return items.length > 0 ? { items } : { none: "supplySettle.none" };
}

const SPOILED = String(ConsumableStep.SPOILED);
const COUNTED = String(ConsumableStep.COUNTED);
const WHAT: Choice[] = [
  { value: SPOILED, word: { key: "supplySettle.spoiled" } },
  { value: COUNTED, word: { key: "supplySettle.counted" } },
];

// A count is of two persons; of a ribbon or a film it finds one or none.
function settleQuestions(form: Form): Question[] {
  const counts = form.answers["step"] === COUNTED;
  const box = isBox(chosenOf(form, "consumable")?.about?.["kind"] ?? "");
  return [
    { ...namedOrChosen("consumable", form.items, "supplySettle.hint"), fact: "label.supply" },
    { ...chosenFrom("step", WHAT, "supplySettle.whatHint"), fact: "fact.what" },
    ...(box || counts
      ? [count("quantity", "label.pieces", "supplySettle.piecesHint", counts ? 0 : 1, box ? MAX_PIECES : 1)]
      : []),
    ...(counts ? SECOND : []),
  ];
}

async function settle({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const options = await confirmed(rpc, of);
  const consumable = of("consumable");
  const step = Number(of("step")) as ConsumableStep;
  const { quantity } = await rpc.stock.settleConsumable(
    { consumable, step, quantity: Number(of("quantity") || 1), operatorId, second: of("second") },
    options,
  );
  return { say: "done.supplySettled", values: { consumable, n: quantity } };
}

export const supplies: Record<SupplyAct, Act> = {
  supplyIn: { title: "supplyIn.title", questions: receiveQuestions, send: receive },
  supplySettle: { title: "supplySettle.title", read: inStock, questions: settleQuestions, send: settle },
};
