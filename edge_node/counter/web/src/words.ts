// Words that pure modules choose and the screen says in the language that it has then.
//
//   saying({ key: "scans.count", values: { n: 3 } });
import type { Family } from "./families.js";
import { dateText } from "../common/time.js";
import { named, t, type Key, type Values } from "../common/messages.js";

export type Word =
  // What is the same in every language: a serial, a name, a number.
  | string
  | number
  | { key: Key; values?: Record<string, Word> }
  // Days since 1970-01-01.
  | { day: number }
  | { family: Family; name: string };

export function saying(word: Word): string {
  if (typeof word !== "object") return String(word);
  if ("day" in word) return dateText(word.day);
  if ("family" in word) return named(word.family, word.name) ?? "";
  const values: Values = {};
  for (const [name, value] of Object.entries(word.values ?? {})) {
    values[name] = typeof value === "number" ? value : saying(value);
  }
  return t(word.key, values);
}
