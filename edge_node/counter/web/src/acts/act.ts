// What an act of several questions is: a row of a table in this folder. What is asked is pure; `send` makes
// a command of the answers.
import type { QrCode, Refusal } from "../../gen/keping/edge/v1/edge_pb.js";
import type { Key, Language } from "../../common/messages.js";
import type { Form } from "../forms.js";
import type { Choice, Question } from "../questions.js";
import type { Rpc } from "../rpc.js";
import type { Word } from "../words.js";

// What an act found out, to be read at leisure: Esc leaves it.
export interface Told {
  title: Word;
  // Else that Esc leaves it.
  hint?: Key;
  facts: [Key, Word][];
  // A list under a heading; long ones scroll.
  lists?: { heading: Word; rows: Word[] }[];
  // A page of text, which F10 prints.
  page?: string;
  // What F8 saves on the computer, read of the node then.
  file?: { name: string; read: () => Promise<Uint8Array> };
  // What proves the page, in large type, and as a telephone photographs it.
  proof?: { label: Key; code: string; qr: QrCode | undefined };
  // What most often comes next, by F10.
  next?: { label: Key; form: Form };
}

export interface Outcome {
  // What was done; an act that only looks has nothing to say.
  say?: Key;
  values?: Record<string, Word>;
  // Something is not as it should be: the sentence is no praise.
  odd?: boolean;
  refusal?: Refusal | undefined;
  told?: Told;
  // The next line of the same paper.
  again?: Form;
}

// Of a form's answers and of what it is about; what was not asked for is empty.
export type Texts = (name: string) => string;

export interface Sending {
  rpc: Rpc;
  operatorId: string;
  // Of the screen, for what is made to be read elsewhere.
  language: Language;
  form: Form;
  text: Texts;
}

// What is known of the item that was chosen; of none, nothing.
export function chosenOf({ items, answers }: Form, question: string): Choice | undefined {
  return items.find(({ value }) => value === answers[question]);
}

// What is read of the node before the first question: what can be chosen from, or why there is nothing to do.
export type Found = { about?: Record<string, string>; items: Choice[] } | { none: Key };

export interface Act {
  title: Key;
  read?: (rpc: Rpc, operatorId: string) => Promise<Found>;
  questions: (form: Form) => Question[];
  send: (sending: Sending) => Promise<Outcome>;
  // Where the desk goes when it is done: back to the printers as machines, or to the card that is looked at
  // anew. Else to what the printer waits for.
  then?: "room" | "card";
}

// The second person proves it: good for one call. Without a second person there is nothing to prove.
export async function confirmed(rpc: Rpc, text: Texts): Promise<{ headers: Record<string, string> }> {
  if (!text("second")) return { headers: {} };
  const { confirmation } = await rpc.people.confirmSecond({
    person: text("second"),
    password: text("password"),
  });
  return { headers: { "keping-second": confirmation } };
}
