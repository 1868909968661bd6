// Blanks that go to another office or come from one, and those that come before their dispatch record.
import type { Lending, ReceiveBlanksResponse } from "../../gen/keping/edge/v1/stock_pb.js";
import type { Form } from "../forms.js";
import { namedOrChosen, scans, SECOND, text, type Question } from "../questions.js";
import { expand } from "../serials.js";
import type { Rpc } from "../rpc.js";
import type { Word } from "../words.js";
import { chosenOf, confirmed, type Act, type Found, type Outcome, type Sending, type Told } from "./act.js";

export type LendingAct = "lend" | "lendings" | "receiveLent" | "receiveEarly";

async function lend({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const options = await confirmed(rpc, of);
  const [to, scanned, second] = [of("to"), of("scanned"), of("second")];
  const { transfer, quantity } = await rpc.stock.lendBlanks({ to, scanned, operatorId, second }, options);
  const values = { transfer, quantity: Number(quantity), to };
  const told: Told = {
    title: { key: "lend.done", values: { transfer } },
    hint: "lend.doneHint",
    facts: [
      ["label.office", to],
      ["lend.quantity", Number(quantity)],
    ],
  };
  return { say: "done.lent", values, told };
}

function lendingWord({ transfer, office, given, quantity, received }: Lending): Word {
  const values = { transfer, office, n: Number(quantity) };
  if (given) return { key: "lendings.given", values };
  return { key: received ? "lendings.received" : "lendings.waits", values };
}

async function lentAll(rpc: Rpc): Promise<Found> {
  const all = (await rpc.stock.listLendings({})).lendings;
  const items = all.map((one) => ({ value: one.transfer, word: lendingWord(one) }));
  return items.length > 0 ? { items } : { none: "lendings.none" };
}

function lendings({ items }: Form): Told {
  const rows = items.map(({ word }) => word);
  return { title: { key: "lendings.title" }, facts: [], lists: [{ heading: { key: "lendings.heading" }, rows }] };
}

async function lentHere(rpc: Rpc): Promise<Found> {
  const all = (await rpc.stock.listLendings({})).lendings;
  const items = all.filter(({ given, received }) => !given && !received).map((one) => ({
    value: one.transfer,
    word: lendingWord(one),
    about: { serials: one.serials },
  }));
  return items.length > 0 ? { items } : { none: "receiveLent.none" };
}

function lentQuestions(form: Form): Question[] {
  const gathers = scans("scanned", "receiveLent.scanHint");
  const listed = chosenOf(form, "transfer")?.about?.["serials"];
  return [
    { ...namedOrChosen("transfer", form.items, "receiveLent.hint"), fact: "label.transfer" },
    { ...gathers, scans: { none: false, ...(listed !== undefined && { listed }) } },
  ];
}

// Where what came is not what the paper says.
export function difference(transfer: string, answer: ReceiveBlanksResponse): Told | undefined {
  const lists: Told["lists"] = [
    { heading: { key: "receive.missingHeading" }, rows: expand(answer.missing) },
    { heading: { key: "receive.unexpectedHeading" }, rows: expand(answer.unexpected) },
  ];
  if (lists.every(({ rows }) => rows.length === 0)) return undefined;
  return { title: { key: "receive.differs", values: { transfer } }, hint: "receive.differsHint", facts: [], lists };
}

function receiver(beforeDispatch: boolean): Act["send"] {
  return async ({ rpc, operatorId, text: of }) => {
    const [transfer, scanned] = [of("transfer"), of("scanned")];
    const answer = await rpc.stock.receiveBlanks({ transfer, scanned, operatorId, beforeDispatch });
    const received = Number(answer.received);
    const told = difference(transfer, answer);
    if (!told && answer.unmatched) return { say: "done.receivedEarly", values: { received, transfer } };
    const values = {
      received,
      missing: Number(answer.missingQuantity),
      unexpected: Number(answer.unexpectedQuantity),
    };
    return { say: "done.received", values, ...(told && { told, odd: true }) };
  };
}

// As offices are named on each other's papers: one word.
const office: Question = {
  ...text("to", "label.office", "lend.hint"),
  wrong: "lend.officeWrong",
  read: (input) => (/^[A-Za-z0-9._:/-]{2,}$/.test(input) ? input : undefined),
};

export const lending: Record<LendingAct, Act> = {
  lend: {
    title: "lend.title",
    questions: () => [office, scans("scanned", "lend.scanHint"), ...SECOND],
    send: lend,
  },
  lendings: {
    title: "lendings.title",
    read: lentAll,
    questions: () => [],
    send: async ({ form }) => ({ told: lendings(form) }),
  },
  receiveLent: {
    title: "receiveLent.title",
    read: lentHere,
    questions: lentQuestions,
    send: receiver(false),
  },
  receiveEarly: {
    title: "receiveEarly.title",
    questions: () => [
      text("transfer", "label.transfer", "receiveEarly.hint"),
      scans("scanned", "receiveEarly.scanHint"),
    ],
    send: receiver(true),
  },
};
