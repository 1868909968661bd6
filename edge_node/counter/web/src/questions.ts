// The questions of which an act's form is made. Pure.
//
//   text("minutes", "label.minutes", "burn.minutesHint")
//   choice("reason", "correction.", [1, 2, 3, 4], "correct.hint")
//   scans("scanned", "count.hint")
import { ScanField } from "../gen/keping/edge/v1/scan_pb.js";
import type { Key } from "../common/messages.js";
import type { Family } from "./families.js";
import type { Word } from "./words.js";

// What a number of a list stands for.
export interface Choice {
  value: string;
  word: Word;
  // What else the node knows of it and the further questions want.
  about?: Record<string, string>;
}

export interface Question {
  name: string;
  label: Key;
  hint: Key;
  // What is said about an input that is no answer.
  wrong: Key;
  read: (input: string) => string | undefined;
  // Under which the answer stands while the others are asked; absent: it is not shown.
  fact?: Key;
  // Chosen by 1, 2, …
  choices?: Choice[];
  // What the node makes of a scan first; absent: it takes keys and digits, which no reader types.
  field?: ScanField;
  // Many scans, closed by F10. `none`: there may be none at all; `listed`: the serials that should be there.
  scans?: { none: boolean; listed?: string };
  // A line that may be pasted.
  pasted?: boolean;
  // A file, which F10 lets a person choose; its name is the answer.
  file?: boolean;
  // A password, typed unseen.
  secret?: boolean;
  // About a resident: nothing of it is kept on the page.
  personal?: boolean;
}

// The numbers of SpoilCause.
export const CAUSES = [1, 2, 3, 4, 5];

const DAY_MILLISECONDS = 86_400_000;

// "1580" of "1.580" and "1,580", as screens and people write it; undefined for what is no number.
export function wholeNumber(input: string): number | undefined {
  const plain = /^\d{1,3}([.,]\d{3})+$/.test(input) ? input.replace(/[.,]/g, "") : input;
  return /^\d{1,7}$/.test(plain) ? Number(plain) : undefined;
}

export const whole = (least: number, most: number) => (input: string) => {
  const number = wholeNumber(input);
  return number !== undefined && number >= least && number <= most ? String(number) : undefined;
};

export const confirm = (hint: Key): Question => ({
  name: "confirmed",
  label: "label.confirm",
  hint,
  wrong: "form.enterOnly",
  read: (input) => (input === "" ? "yes" : undefined),
});

export function chosenFrom(name: string, choices: Choice[], hint: Key): Question {
  const number = whole(1, choices.length);
  return {
    name,
    label: "label.choice",
    hint,
    wrong: "form.choose",
    choices,
    read: (input) => choices[Number(number(input) ?? 0) - 1]?.value,
  };
}

// By its number in the list, or by its own name, scanned or typed.
export function namedOrChosen(name: string, choices: Choice[], hint: Key): Question {
  const byNumber = chosenFrom(name, choices, hint);
  return {
    ...byNumber,
    label: "label.numberOrScan",
    wrong: "form.numberOrScan",
    // What is not in the list goes to the node, which says why it will not do.
    read: (input) =>
      choices.find(({ value }) => value.toUpperCase() === input.toUpperCase())?.value ??
      byNumber.read(input) ??
      (/^\d{0,2}$/.test(input) ? undefined : input),
  };
}

// Of the words of a family, numbered from 1.
export function choice(name: string, family: Family, numbers: number[], hint: Key): Question {
  return chosenFrom(
    name,
    numbers.map((n) => ({ value: String(n), word: { family, name: String(n) } })),
    hint,
  );
}

export const text = (name: string, label: Key, hint: Key): Question => ({
  name,
  label,
  hint,
  wrong: "form.empty",
  fact: label,
  read: (input) => input || undefined,
});

// Enter alone says that there is none.
export const optional = (name: string, label: Key, hint: Key): Question => ({
  ...text(name, label, hint),
  read: (input) => input,
});

export const count = (name: string, label: Key, hint: Key, least: number, most: number): Question => ({
  name,
  label,
  hint,
  wrong: "form.number",
  fact: label,
  read: whole(least, most),
});

export const blank = (hint: Key): Question => ({
  ...text("blank", "label.blank", hint),
  field: ScanField.BLANK,
});

// `none`: that nothing is there is an answer too.
export const scans = (name: string, hint: Key, { none = false } = {}): Question => ({
  name,
  label: "label.scans",
  hint,
  wrong: "receive.twice",
  fact: "fact.scanned",
  field: ScanField.BLANKS,
  scans: { none },
  pasted: true,
  read: (input) => input,
});

// What cannot be undone is decided by a typed number, never by Enter alone.
export const sure = (hint: Key): Question => ({
  ...chosenFrom("sure", [{ value: "yes", word: { key: "sure.yes" } }], hint),
  wrong: "sure.wrong",
});

export const password: Question = {
  ...text("password", "label.secondPassword", "second.passwordHint"),
  secret: true,
};

// A second person comes to this screen and proves it; the password is asked last and kept nowhere.
export const SECOND: Question[] = [text("second", "label.second", "second.hint"), password];

// "31-12-2026" in days since 1970-01-01.
export function dayOf(input: string): string | undefined {
  const parts = /^(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})$/.exec(input);
  if (!parts) return undefined;
  const [day, month, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month - 1) return undefined;
  return String(date.getTime() / DAY_MILLISECONDS);
}
