// What a link would carry, on a stick: the log for the district in a file that the browser saves, and the
// district's answer out of a file that a person chooses.
import { Code, ConnectError } from "@connectrpc/connect";
import type { StickTaken } from "../../gen/keping/edge/v1/stick_pb.js";
import { text, type Question } from "../questions.js";
import type { Rpc } from "../rpc.js";
import type { Act, Outcome, Sending, Told } from "./act.js";

export type StickAct = "stickOut" | "stickIn";

// As keping.edge.v1.OfferStickRequest and WriteStickRequest say them.
const START_BYTES = 4300;
const PIECE_BYTES = 1 << 20;

async function readFile(rpc: Rpc, operatorId: string): Promise<{ name: string; bytes: Uint8Array }> {
  const { exportId } = await rpc.stick.openStick({ operatorId });
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const { body, end, head, fileName } = await rpc.stick.readStick({ exportId, offset: BigInt(offset) });
    pieces.push(body);
    offset += body.length;
    if (end) return { name: fileName, bytes: joined([head, ...pieces]) };
  }
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function takeOut({ rpc, operatorId }: Sending): Promise<Outcome> {
  const { name, bytes } = await readFile(rpc, operatorId);
  const told: Told = {
    title: { key: "stick.made" },
    hint: "stick.madeHint",
    facts: [["stick.file", name]],
    file: { name, read: async () => bytes },
  };
  return { say: "done.stickOut", told };
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

// What was damaged on its way is not begun.
async function checkHash(body: Blob, wanted: Uint8Array): Promise<void> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await body.arrayBuffer()));
  if (hash.every((byte, i) => byte === wanted[i])) return;
  throw new ConnectError("K-245: the file is damaged; copy it again", Code.InvalidArgument);
}

async function takeOver(rpc: Rpc, operatorId: string, file: Blob): Promise<StickTaken> {
  const start = await bytesOf(file.slice(0, START_BYTES));
  const offered = await rpc.stick.offerStick({ operatorId, start, fileBytes: BigInt(file.size) });
  const body = file.slice(Number(offered.bodyAt));
  await checkHash(body, offered.bodyHash);
  for (let offset = 0; ; offset += PIECE_BYTES) {
    const { taken } = await rpc.stick.writeStick({
      importId: offered.importId,
      offset: BigInt(offset),
      body: await bytesOf(body.slice(offset, offset + PIECE_BYTES)),
      end: offset + PIECE_BYTES >= body.size,
    });
    if (taken) return taken;
  }
}

async function takeIn({ rpc, operatorId, form }: Sending): Promise<Outcome> {
  const { kind, provenSeq, itemsNew, transfer, blanks, notes } = await takeOver(rpc, operatorId, form.file ?? new Blob());
  const told: Told = {
    title: { key: "stick.taken" },
    facts: [
      ["stick.kind", { family: "bundle.", name: kind }],
      ["stick.proven", Number(provenSeq)],
      ["stick.items", Number(itemsNew)],
      ["label.transfer", transfer],
      ["stick.blanks", blanks === 0n ? "" : Number(blanks)],
    ],
    lists: [{ heading: { key: "stick.notes" }, rows: notes }],
  };
  return { say: "done.stickIn", told };
}

const chosenFile: Question = {
  ...text("file", "label.file", "stick.fileHint"),
  wrong: "stick.fileWrong",
  file: true,
};

export const stick: Record<StickAct, Act> = {
  stickOut: { title: "stick.out", questions: () => [], send: takeOut },
  stickIn: { title: "stick.in", questions: () => [chosenFile], send: takeIn },
};
