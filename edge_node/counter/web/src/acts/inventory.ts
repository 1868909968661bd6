// What lies in the office: on its first day, after the machine was restored, and out of a sealed box; and what
// is burnt.
import { SpoilStep, type SpoilCause } from "../../gen/keping/log/v1/event_pb.js";
import type { Pile } from "../../gen/keping/log/v1/office_pb.js";
import type { Form } from "../forms.js";
import { blank, choice, chosenFrom, namedOrChosen, optional, scans, SECOND, text } from "../questions.js";
import { CAUSES, type Choice, type Question } from "../questions.js";
import type { Rpc } from "../rpc.js";
import { expand } from "../serials.js";
import { chosenOf, confirmed, type Act, type Found, type Outcome, type Sending } from "./act.js";

export type InventoryAct = "openBox" | "openStock" | "rescan" | "spoil" | "burn";

// ---- A sealed box.

async function boxesHere(rpc: Rpc): Promise<Found> {
  const { boxes } = await rpc.stock.getStock({});
  const items = boxes.filter(({ emptied }) => !emptied).map(({ box, left, quantity }): Choice => ({
    value: box,
    word: { key: "openBox.one", values: { box, left: Number(left), quantity: Number(quantity) } },
    about: { left: String(left) },
  }));
  return items.length > 0 ? { items } : { none: "openBox.none" };
}

const EMPTIED: Choice[] = [
  { value: "no", word: { key: "openBox.more" } },
  { value: "yes", word: { key: "openBox.emptied" } },
];

// Whether it is empty is asked unless all that its paper says was scanned; two persons see that a box held less.
function boxQuestions(form: Form): Question[] {
  const asked = [
    { ...namedOrChosen("box", form.items, "openBox.hint"), fact: "label.box" } as const,
    scans("scanned", "openBox.scanHint", { none: true }),
  ];
  const left = Number(chosenOf(form, "box")?.about?.["left"] ?? 0);
  const scanned = form.answers["scanned"];
  if (scanned === undefined || expand(scanned).length >= left) return asked;
  const emptied = chosenFrom("emptied", EMPTIED, "openBox.emptiedHint");
  return form.answers["emptied"] === "yes" ? [...asked, emptied, ...SECOND] : [...asked, emptied];
}

async function openBox({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const options = await confirmed(rpc, of);
  const emptied = of("emptied") === "yes";
  const [box, scanned, second] = [of("box"), of("scanned"), of("second")];
  const answer = await rpc.stock.openBox({ box, scanned, emptied, operatorId, second }, options);
  const missing = Number(answer.missing);
  if (missing > 0) return { say: "done.boxShort", values: { box, missing }, odd: true };
  const values = { box, scanned: Number(answer.scanned), left: Number(answer.left) };
  return { say: "done.boxOpened", values };
}

// ---- The first day, and after a restored machine.

async function openStock({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const options = await confirmed(rpc, of);
  const { quantity } = await rpc.stock.openStock(
    {
      pile: Number(of("pile")) as Pile,
      serials: of("scanned"),
      minutes: of("minutes"),
      operatorId,
      second: of("second"),
    },
    options,
  );
  return { say: "done.stockOpened", values: { quantity: Number(quantity) } };
}

async function rescan({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const options = await confirmed(rpc, of);
  const request = { scanned: of("scanned"), operatorId, second: of("second") };
  const { found, missing, missingQuantity } = await rpc.stock.rescanStock(request, options);
  const values = { found: Number(found), missing: Number(missingQuantity) };
  if (missingQuantity === 0n) return { say: "done.rescanned", values };
  return {
    say: "done.rescannedMissing",
    values,
    odd: true,
    told: {
      title: { key: "rescan.missing" },
      hint: "count.differsHint",
      facts: [["count.counted", Number(found)]],
      lists: [{ heading: { key: "rescan.missingHeading" }, rows: expand(missing) }],
    },
  };
}

// ---- What becomes of spoiled ones.

async function burn({ rpc, operatorId, form, text: of }: Sending): Promise<Outcome> {
  const options = await confirmed(rpc, of);
  const witnesses = witnessQuestions(form).map(({ name }) => of(name)).filter((name) => name !== "");
  const { quantity } = await rpc.stock.destroyCards(
    { serials: of("scanned"), minutes: of("minutes"), operatorId, second: of("second"), witnesses },
    options,
  );
  return { say: "done.burnt", values: { quantity: Number(quantity), minutes: of("minutes") } };
}

const MAX_WITNESSES = 10;

// One after the other, until Enter alone.
function witnessQuestions({ answers }: Form): Question[] {
  const asked = [text("witness1", "label.witness", "burn.witnessHint")];
  for (let n = 2; n <= MAX_WITNESSES && answers[`witness${n - 1}`]; ++n) {
    asked.push(optional(`witness${n}`, "label.witness", "burn.moreHint"));
  }
  return asked;
}

const STEPS = [SpoilStep.STORAGE, SpoilStep.HANDLING, SpoilStep.ENCODING, SpoilStep.PRINTING, SpoilStep.UNSPECIFIED];
const WHERE = STEPS.map((step): Choice => ({ value: String(step), word: { family: "step.", name: String(step) } }));

export const inventory: Record<InventoryAct, Act> = {
  openBox: { title: "openBox.title", read: boxesHere, questions: boxQuestions, send: openBox },
  openStock: {
    title: "openStock.title",
    questions: () => [
      { ...choice("pile", "pile.", [1, 2, 3], "openStock.hint"), fact: "fact.pile" },
      scans("scanned", "openStock.scanHint"),
      text("minutes", "label.minutes", "openStock.minutesHint"),
      ...SECOND,
    ],
    send: openStock,
  },
  rescan: {
    title: "rescan.title",
    questions: () => [scans("scanned", "rescan.hint", { none: true }), ...SECOND],
    send: rescan,
  },
  spoil: {
    title: "spoil.title",
    questions: () => [
      blank("spoil.hint"),
      { ...choice("cause", "cause.", CAUSES, "spoil.causeHint"), fact: "fact.cause" },
      chosenFrom("step", WHERE, "spoil.stepHint"),
    ],
    send: async ({ rpc, operatorId, text: of }) => {
      const [serial, cause, step] = [of("blank"), Number(of("cause")) as SpoilCause, Number(of("step")) as SpoilStep];
      await rpc.stock.markSpoiled({ blank: serial, cause, step, operatorId });
      return { say: "done.blankSpoiled", values: { blank: serial } };
    },
  },
  burn: {
    title: "burn.title",
    questions: (form) => [
      text("minutes", "label.minutes", "burn.minutesHint"),
      ...witnessQuestions(form),
      scans("scanned", "burn.hint"),
      ...SECOND,
    ],
    send: burn,
  },
};
