// What stood on paper while the computer did not run, entered afterwards: the fields of the paper forms
// (edge_node/papers/late_form.h) as questions. The head of a form is asked once.
import type { Pile } from "../../gen/keping/log/v1/office_pb.js";
import type { SpoilCause, SpoilStep } from "../../gen/keping/log/v1/event_pb.js";
import { ScanField } from "../../gen/keping/edge/v1/scan_pb.js";
import type { Form } from "../forms.js";
import { choice, chosenFrom, dayOf, optional, password, scans, text, type Choice, type Question } from "../questions.js";
import { sorted } from "../serials.js";
import { confirmed, type Act, type Found, type Outcome, type Sending } from "./act.js";
import { countOutcome } from "./count.js";
import type { Rpc } from "../rpc.js";

export type LateAct = "lateReceive" | "lateSpoiled" | "lateCount" | "lateHandOver" | "lateAnswers";

const CAUSES = [1, 2, 3, 4, 5];
// The last one: the paper does not say.
const STEPS: Choice[] = [
  ...[1, 2, 3, 4].map((n) => ({ value: String(n), word: { family: "step.", name: String(n) } as const })),
  { value: "0", word: { key: "late.noStep" } },
];
const PILES = [1, 2, 3];
const YES_NO = [1, 2];
const YES = "1";
// What is repeated on the paper, so that a letter that is misread shows.
const REPEATED = 4;
const MAX_NUMBER = 64;
const DAY_MINUTES = 1440;
const MINUTE_MICROS = 60_000_000n;

// "14.30" or "14:30" in minutes of the day.
export function minuteOf(input: string): string | undefined {
  const parts = /^(\d{1,2})[.:](\d{2})$/.exec(input);
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2])];
  return parts && hour < 24 && minute < 60 ? String(hour * 60 + minute) : undefined;
}

// The time that stands on a form, by the office's wall clock.
export function statedMicros(day: string, minute: string, utcOffsetMinutes: string): bigint {
  const minutes = Number(day) * DAY_MINUTES + Number(minute) - Number(utcOffsetMinutes);
  return BigInt(minutes) * MINUTE_MICROS;
}

// Who is written on the form enters it: nobody acts in another one's name.
const writer = ({ about }: Form): Question => ({
  ...text("person", "label.person", "late.personHint"),
  wrong: "late.personWrong",
  read: (input) => (input === about["operator"] ? input : undefined),
});

const HEAD: Question[] = [
  {
    ...text("form", "label.paper", "late.paperHint"),
    wrong: "late.paperWrong",
    read: (input) => (input.length >= 1 && input.length <= MAX_NUMBER ? input : undefined),
  },
  { name: "day", label: "label.day", hint: "late.dayHint", wrong: "day.wrong", read: dayOf },
  { name: "minute", label: "label.time", hint: "late.timeHint", wrong: "late.timeWrong", read: minuteOf },
];

const after = (more: (form: Form) => Question[]) => (form: Form): Question[] => [...HEAD, writer(form), ...more(form)];

const again = ({ answers }: Form): Question => ({
  name: "again",
  label: "label.again",
  hint: "late.againHint",
  wrong: "late.againWrong",
  read: (input) =>
    input.toUpperCase() === (answers["blank"] ?? "").slice(-REPEATED).toUpperCase() ? input : undefined,
});

// One line of the paper; Enter alone says that there is none any more.
const spoiledLine = (form: Form): Question[] => [
  { ...optional("blank", "label.blank", "late.lineHint"), field: ScanField.BLANK },
  ...(form.answers["blank"] === ""
    ? []
    : [
        again(form),
        choice("cause", "cause.", CAUSES, "cause.choose"),
        chosenFrom("step", STEPS, "late.stepHint"),
      ]),
];

const second = ({ answers }: Form): Question[] => [
  optional("second", "label.second", "late.secondHint"),
  ...(answers["second"] ? [password] : []),
];

async function read(rpc: Rpc, operatorId: string): Promise<Found> {
  const { utcOffsetMinutes } = await rpc.screen.getOffice({});
  return { about: { offset: String(utcOffsetMinutes), operator: operatorId }, items: [] };
}

function paperOf({ text: of }: Sending): { number: string; statedAtMicros: bigint } {
  return { number: of("form"), statedAtMicros: statedMicros(of("day"), of("minute"), of("offset")) };
}

// A delivery whose record is not here yet is received by the number on its paper.
async function receive(sending: Sending): Promise<Outcome> {
  const { rpc, operatorId, text: of } = sending;
  const transfer = of("transfer");
  const { transfers } = await rpc.counter.listTransfers({});
  const known = transfers.find((one) => one.transfer === transfer);
  const { boxes, serials } = sorted(known ?? { serials: "", quantity: 0n, boxes: [] }, of("scanned").split(","));
  const { received, missingQuantity, unexpectedQuantity } = await rpc.stock.receiveBlanks({
    operatorId,
    transfer,
    scanned: serials.join(","),
    boxes: boxes.map((box) => ({ box })),
    noBoxes: boxes.length === 0,
    beforeDispatch: known === undefined,
    late: paperOf(sending),
  });
  const [missing, unexpected] = [Number(missingQuantity), Number(unexpectedQuantity)];
  const values = { received: Number(received), missing, unexpected };
  return { say: "done.received", values, odd: missing + unexpected > 0 };
}

// The next line of the same paper follows at once.
async function spoil(sending: Sending): Promise<Outcome> {
  const { rpc, operatorId, text: of, form } = sending;
  const blank = of("blank");
  if (!blank) return { say: "done.lateEnd", values: { form: of("form") } };
  const step = Number(of("step")) as SpoilStep;
  const cause = Number(of("cause")) as SpoilCause;
  await rpc.stock.markSpoiled({ operatorId, blank, cause, step, late: paperOf(sending) });
  const { blank: _b, again: _a, cause: _c, step: _s, ...head } = form.answers;
  return { say: "done.lateSpoiled", values: { blank }, again: { ...form, answers: head } };
}

async function count(sending: Sending): Promise<Outcome> {
  const { rpc, operatorId, text: of } = sending;
  const options = await confirmed(rpc, of);
  const pile = of("pile");
  const request = { pile: Number(pile) as Pile, scanned: of("scanned"), operatorId, second: of("second") };
  return countOutcome(pile, await rpc.stock.countPile({ ...request, late: paperOf(sending) }, options));
}

async function handOver(sending: Sending): Promise<Outcome> {
  const { rpc, operatorId, text: of } = sending;
  const { left, keptBack } = await rpc.handover.handOver({
    operatorId,
    manifest: of("manifest"),
    dayDays: Number(of("day")),
    receiver: of("receiver"),
    late: paperOf(sending),
  });
  const values = { left: Number(left), keptBack };
  if (keptBack === "") return { say: "done.lateHandedOver", values };
  return { say: "done.lateHandOver", values, odd: true };
}

async function answers(sending: Sending): Promise<Outcome> {
  const { rpc, operatorId, text: of } = sending;
  const answer = await rpc.handover.answerCards({
    operatorId,
    manifest: of("manifest"),
    delivered: of("delivered"),
    notFound: of("notFound"),
    returned: of("returned"),
    restDelivered: of("rest") === YES,
    late: paperOf(sending),
  });
  const { delivered, notFound, returned, stillOut } = answer;
  const values = {
    delivered: Number(delivered),
    notFound: Number(notFound),
    returned: Number(returned),
    out: Number(stillOut),
  };
  return { say: "done.lateAnswers", values };
}

export const late: Record<LateAct, Act> = {
  lateReceive: {
    title: "late.receive",
    read,
    questions: after(() => [
      text("transfer", "label.transfer", "late.transferHint"),
      scans("scanned", "late.scannedHint"),
    ]),
    send: receive,
  },
  lateSpoiled: { title: "late.spoiled", read, questions: after(spoiledLine), send: spoil },
  lateCount: {
    title: "late.count",
    read,
    questions: after((form) => [
      choice("pile", "pile.", PILES, "late.pileHint"),
      scans("scanned", "late.countHint", { none: true }),
      ...second(form),
    ]),
    send: count,
  },
  lateHandOver: {
    title: "late.handOver",
    read,
    questions: after(() => [
      text("manifest", "label.manifest", "late.manifestHint"),
      { ...text("receiver", "label.receiver", "late.receiverHint"), personal: true },
    ]),
    send: handOver,
  },
  lateAnswers: {
    title: "late.answers",
    read,
    questions: after(({ answers: given }) => [
      optional("manifest", "label.manifest", "late.answersHint"),
      scans("delivered", "late.deliveredHint", { none: true }),
      scans("notFound", "late.notFoundHint", { none: true }),
      scans("returned", "late.returnedHint", { none: true }),
      ...(given["manifest"] ? [choice("rest", "yesno.", YES_NO, "late.restHint")] : []),
    ]),
    send: answers,
  },
};
