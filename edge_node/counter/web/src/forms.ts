// Acts that take more than one scan: a form asks one question after the other in the scan field. Pure,
// like task.ts; what is then sent is in acts.ts.
//
//   const form = blankForm("test", { printer: "p1" });
//   question(form)?.label;                       // "label.blank"
//   answer(form, "04A1B2C3D4E5F6");              // {form} with one answer more, or {wrong: "form.empty"}
import type { PrinterConsumable } from "../gen/keping/edge/v1/press_pb.js";
import type { Key } from "../common/messages.js";
import type { Family } from "./families.js";

export type Act =
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

export interface Form {
  act: Act;
  // What the form is about, known when it begins: `printer`, `subject`, `kind`, `consumable`.
  about: Record<string, string>;
  // What question "item" chooses from.
  items: PrinterConsumable[];
  answers: Record<string, string>;
}

export interface Question {
  name: string;
  label: Key;
  hint: Key;
  // What is said about an input that is no answer.
  wrong: Key;
  read: (input: string) => string | undefined;
  // The numbers to choose from, and the words of each.
  choices?: { family: Family; numbers: number[] };
  secret?: boolean;
}

export function blankForm(act: Act, about: Record<string, string>, items: PrinterConsumable[] = []): Form {
  return { act, about, items, answers: {} };
}

const MAX_PRINTS = 200;
const MAX_PANELS = 10_000;
const DAY_MILLISECONDS = 86_400_000;

const whole = (most: number) => (input: string) =>
  /^\d{1,5}$/.test(input) && Number(input) >= 1 && Number(input) <= most ? String(Number(input)) : undefined;

const confirm = (hint: Key): Question => ({
  name: "confirmed",
  label: "label.confirm",
  hint,
  wrong: "form.enterOnly",
  read: (input) => (input === "" ? "yes" : undefined),
});

function choice(name: string, family: Family, numbers: number[], hint: Key): Question {
  return {
    name,
    label: "label.choice",
    hint,
    wrong: "form.choose",
    choices: { family, numbers },
    read: (input) => (numbers.some((one) => String(one) === input) ? input : undefined),
  };
}

const text = (name: string, label: Key, hint: Key): Question => ({
  name,
  label,
  hint,
  wrong: "form.empty",
  read: (input) => input || undefined,
});

const count = (name: string, label: Key, hint: Key, most: number): Question => ({
  name,
  label,
  hint,
  wrong: "form.number",
  read: whole(most),
});

// A second person comes to this screen and proves it; the password is asked last and kept nowhere.
const SECOND: Question[] = [
  text("second", "label.second", "second.hint"),
  { ...text("password", "label.secondPassword", "second.passwordHint"), secret: true },
];

// "31-12-2026" in days since 1970-01-01.
export function dayOf(input: string): string | undefined {
  const parts = /^(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})$/.exec(input);
  if (!parts) return undefined;
  const [day, month, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month - 1) return undefined;
  return String(date.getTime() / DAY_MILLISECONDS);
}

function itemOf(items: PrinterConsumable[]): Question {
  return {
    name: "item",
    label: "label.choice",
    hint: "destroy.hint",
    wrong: "form.choose",
    read: whole(items.length),
  };
}

// What the node made of a scan: fieldOf in task.ts says so.
const BLANK = text("blank", "label.blank", "test.hint");

const LEFT: Question = {
  name: "panels",
  label: "label.panelsLeft",
  hint: "remove.hint",
  wrong: "form.number",
  read: (input) => (input === "0" ? input : whole(MAX_PANELS)(input)),
};

export function questionsOf({ act, items, answers }: Form): Question[] {
  switch (act) {
    case "cancel":
      return [confirm("cancel.hint")];
    case "correct":
      return [choice("reason", "correction.", [1, 2, 3, 4], "correct.hint"), ...SECOND];
    case "test":
      return [BLANK];
    case "maintain":
      return [confirm("maintain.hint")];
    case "install":
      return [
        text("consumable", "label.consumable", "install.hint"),
        count("panels", "label.panels", "install.panelsHint", MAX_PANELS),
      ];
    case "remove":
      return [LEFT];
    case "destroy":
      return [itemOf(items), ...SECOND];
    case "release":
      return [confirm("release.hint")];
    case "adopt": {
      const basis = choice("basis", "adoption.", [1, 2, 3], "adopt.hint");
      return answers["basis"] === "2" ? [basis, text("slip", "label.slip", "adopt.slipHint")] : [basis];
    }
    case "grant":
      return [
        choice("kind", "override.kind.", [1, 2], "grant.hint"),
        ...(answers["kind"] === "2"
          ? [choice("class", "override.class.", [1, 2], "grant.classHint")]
          : []),
        count("prints", "label.prints", "grant.printsHint", MAX_PRINTS),
        choice("reason", "override.reason.", [1, 2, 3, 4], "grant.reasonHint"),
      ];
    case "day":
      return [
        { name: "day", label: "label.day", hint: "day.hint", wrong: "day.wrong", read: dayOf },
        ...SECOND,
      ];
  }
}

// The first question that has no answer yet.
export function question(form: Form): Question | undefined {
  return questionsOf(form).find(({ name }) => !(name in form.answers));
}

export type Answered = { form: Form; complete: boolean } | { wrong: Key };

export function answer(form: Form, raw: string): Answered {
  const asked = question(form);
  if (!asked) return { form, complete: true };
  const value = asked.read(asked.secret ? raw : raw.trim());
  if (value === undefined) return { wrong: asked.wrong };
  const next = { ...form, answers: { ...form.answers, [asked.name]: value } };
  return { form: next, complete: question(next) === undefined };
}
