// Counting a pile: every piece is scanned, and the screen says where that differs from the book.
import type { CountPileResponse, SurplusSerial } from "../../gen/keping/edge/v1/stock_pb.js";
import type { Pile } from "../../gen/keping/log/v1/office_pb.js";
import { optional, password, scans } from "../questions.js";
import { expand } from "../serials.js";
import type { Word } from "../words.js";
import { confirmed, type Act, type Outcome, type Sending, type Told } from "./act.js";

export type CountAct = "count";

function surplusWord({ serial, bookPlace }: SurplusSerial): Word {
  return { key: "count.elsewhere", values: { serial, place: { family: "place.", name: bookPlace } } };
}

export function variance(pile: string, answer: CountPileResponse): Told {
  const missing = expand(answer.missing);
  return {
    title: { key: "count.differs", values: { pile: { family: "pile.", name: pile } } },
    hint: "count.differsHint",
    facts: [["count.counted", Number(answer.counted)]],
    lists: [
      { heading: { key: "count.missing", values: { n: missing.length } }, rows: missing },
      {
        heading: { key: "count.surplus", values: { n: answer.surplus.length } },
        rows: answer.surplus.map(surplusWord),
      },
    ],
  };
}

async function send({ rpc, operatorId, text }: Sending): Promise<Outcome> {
  const options = await confirmed(rpc, text);
  const [pile, second] = [text("pile"), text("second")];
  const request = { pile: Number(pile) as Pile, scanned: text("scanned"), operatorId, second };
  return countOutcome(pile, await rpc.stock.countPile(request, options));
}

export function countOutcome(pile: string, answer: CountPileResponse): Outcome {
  const counted = Number(answer.counted);
  if (answer.missingQuantity === 0n && answer.surplus.length === 0) {
    return { say: "done.countedEqual", values: { counted } };
  }
  const values = {
    counted,
    missing: Number(answer.missingQuantity),
    surplus: answer.surplus.length,
  };
  return { say: "done.countedDiffers", values, odd: true, told: variance(pile, answer) };
}

export const count: Record<CountAct, Act> = {
  count: {
    title: "count.title",
    questions: ({ answers }) => [
      scans("scanned", "count.hint", { none: true }),
      optional("second", "label.second", "count.secondHint"),
      ...(answers["second"] ? [password] : []),
    ],
    send,
  },
};
