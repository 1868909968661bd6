// The words of the screen: two catalogues with the same keys, Indonesian first. A key that the code
// names and a catalogue lacks does not compile; tests/web finds the ones that nothing uses. A face's
// build puts the shared catalogue and its own together (merge.mjs), and says its families in
// src/families.ts.
//
//   t("problem.other", { said: "…" })
//   named("refusal.", code)      // of what the API names; undefined when the catalogue has no word
import en from "../messages/en.json";
import id from "../messages/id.json";
import type { Family } from "../src/families.js";

export type Key = keyof typeof id;
export type Language = "id" | "en";
export type Values = Record<string, string | number>;

const CATALOGUES: Record<Language, Record<Key, string>> = { id, en };
const STORED_AS = "keping.language";

let current: Language = localStorage.getItem(STORED_AS) === "en" ? "en" : "id";

export function language(): Language {
  return current;
}

export function setLanguage(to: Language): void {
  current = to;
  localStorage.setItem(STORED_AS, to);
  document.documentElement.lang = to;
}

// The locale of numbers and dates.
export function locale(): string {
  return current === "id" ? "id-ID" : "en-GB";
}

export function count(n: number | bigint): string {
  return n.toLocaleString(locale());
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === "number" ? count(value) : (value ?? "");
  });
}

export function t(key: Key, values: Values = {}): string {
  return fill(CATALOGUES[current][key], values);
}

// A word of a family of keys of which the API chooses the member.
export function named(family: Family, name: string, values: Values = {}): string | undefined {
  const text = (CATALOGUES[current] as Record<string, string>)[family + name];
  return text === undefined ? undefined : fill(text, values);
}
