// Acts that take more than one scan: a form asks one question after the other in the scan field. Pure,
// like task.ts; the acts are rows of acts/.
//
//   const form = blankForm("test", { printer: "p1" });
//   question(form)?.label;                       // "label.blank"
//   answer(form, "04A1B2C3D4E5F6");              // {form} with one answer more, or {wrong: "form.empty"}
import { ACTS, type ActName } from "./acts/index.js";
import type { Texts } from "./acts/act.js";
import type { Key } from "../common/messages.js";
import type { Choice, Question } from "./questions.js";
import { gathered } from "./serials.js";
import type { Word } from "./words.js";

export interface Form {
  act: ActName;
  // What the form is about, known when it begins: `printer`, `subject`, `kind`, `consumable`.
  about: Record<string, string>;
  // What the node knows that can be chosen from.
  items: Choice[];
  answers: Record<string, string>;
  // For the question that takes many scans, until F10.
  scanned: string[];
  // For the question that takes a file.
  file?: File;
}

export function blankForm(act: ActName, about: Record<string, string>, items: Choice[] = []): Form {
  return { act, about, items, answers: {}, scanned: [] };
}

export const questionsOf = (form: Form): Question[] => ACTS[form.act].questions(form);

// The first question that has no answer yet.
export function question(form: Form): Question | undefined {
  return questionsOf(form).find(({ name }) => !(name in form.answers));
}

export const textsOf = (form: Form): Texts => (name) => form.answers[name] ?? form.about[name] ?? "";

export type Answered = { form: Form; complete: boolean } | { wrong: Key };

function answered(form: Form, name: string, value: string): Answered {
  const next = { ...form, answers: { ...form.answers, [name]: value }, scanned: [] };
  return { form: next, complete: question(next) === undefined };
}

export function answer(form: Form, raw: string): Answered {
  const asked = question(form);
  if (!asked) return { form, complete: true };
  const value = asked.read(asked.secret ? raw : raw.trim());
  if (value === undefined) return { wrong: asked.wrong };
  if (!asked.scans) return answered(form, asked.name, value);
  const scanned = gathered(form.scanned, value);
  return scanned ? { form: { ...form, scanned }, complete: false } : { wrong: asked.wrong };
}

// F10: these were all.
export function close(form: Form): Answered {
  const asked = question(form);
  if (!asked?.scans) return { form, complete: !asked };
  if (form.scanned.length === 0 && !asked.scans.none) return { wrong: "receive.nothing" };
  return answered(form, asked.name, form.scanned.join(","));
}

// One question back, with its scans; undefined where the form is left.
export function stepBack(form: Form): Form | undefined {
  const last = questionsOf(form).filter(({ name }) => name in form.answers).pop();
  if (!last) return undefined;
  const { [last.name]: value = "", ...answers } = form.answers;
  return { ...form, answers, scanned: last.scans ? value.split(",").filter((one) => one !== "") : [] };
}

// The question whose answer the node refuses with this code, where it is not the last one.
const REFUSED: Record<string, string> = {
  "K-101": "second",
  "K-192": "blank",
  "K-173": "second",
  "K-175": "old",
  "K-363": "fresh",
  "K-364": "fresh",
};

// Which of the serials that were scanned the node's own sentence names.
export function namedIn(form: Form, said: string): string[] {
  return questionsOf(form).filter(({ field }) => field !== undefined)
    .flatMap(({ name }) => (form.answers[name] ?? "").split(","))
    .filter((serial) => serial.length > 1 && said.includes(serial));
}

// The form as it was before the answer that was refused, so that it can be given anew; undefined when it is
// about none of them.
export function askedAnew(form: Form, code: string): Form | undefined {
  const name = REFUSED[code];
  if (name === undefined || !(name in form.answers)) return undefined;
  const before = stepBack(form);
  if (!before) return undefined;
  return name in before.answers ? askedAnew(before, code) : before;
}

const scansOf = (value: string) => value.split(",").filter((one) => one !== "").length;

// What was answered so far, for those questions whose answers are shown.
export function saidOf(form: Form): [Key, Word][] {
  return questionsOf(form).flatMap(({ name, fact, choices, scans, secret, personal }): [Key, Word][] => {
    const value = form.answers[name];
    if (!value || !fact || secret || personal) return [];
    if (scans) return [[fact, { key: "scans.count", values: { n: scansOf(value) } }]];
    return [[fact, choices?.find((one) => one.value === value)?.word ?? value]];
  });
}
