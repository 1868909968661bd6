// What the desk shows of the menu of other work, of an act's questions, and of what an act found out.
import type { Told } from "./acts/act.js";
import { factList, numbered } from "./card_parts.js";
import { h } from "../common/dom.js";
import { question, saidOf, type Form } from "./forms.js";
import { GROUPS, offered } from "./menu.js";
import { t, type Key } from "../common/messages.js";
import type { Task } from "./task.js";
import { saying, type Word } from "./words.js";

const SHOWN_SCANS = 4;

export const sums = (...lines: string[]) =>
  h("ul", { class: "sums" }, ...lines.map((line) => h("li", {}, line)));

// The last ones of many, as they came.
export function lastScans(scanned: string[]): Node | false {
  const more = scanned.length > SHOWN_SCANS ? "… " : "";
  return scanned.length > 0 && h("p", { class: "serials" }, more + scanned.slice(-SHOWN_SCANS).join("  "));
}

const facts = (rows: [Key, Word][]) =>
  factList(rows.map(([key, word]): [Key, string] => [key, saying(word)]));

export function menuParts(task: Extract<Task, { kind: "menu" }>): Node {
  const rows = offered(task);
  const groups = GROUPS.map((group) => {
    const own = rows.filter(([, work]) => work.group === group);
    return own.length > 0 && h(
      "section",
      {},
      h("h2", {}, t(group)),
      numbered(own.map(([number, { label }]) => [number, t(label)])),
    );
  });
  return h("div", { class: "menu scrolls" }, ...groups);
}

export function formParts(form: Form): Node {
  const asked = question(form);
  const choices = asked?.choices;
  return h(
    "div",
    {},
    facts(saidOf(form)),
    choices && numbered(choices.map(({ word }, i) => [i + 1, saying(word)])),
    asked?.scans && sums(t("scans.count", { n: form.scanned.length })),
    asked?.scans && lastScans(form.scanned),
  );
}

export function toldParts({ facts: rows, lists = [], page }: Told): Node {
  if (page !== undefined) return h("pre", { class: "slip" }, page);
  return h(
    "div",
    { class: "told scrolls" },
    facts(rows),
    ...lists.filter((list) => list.rows.length > 0).map((list) =>
      h(
        "section",
        {},
        h("h2", {}, t(list.heading)),
        h("ul", { class: "serials" }, ...list.rows.map((row) => h("li", {}, saying(row)))),
      )),
  );
}

export function saveFile({ name, bytes }: NonNullable<Told["file"]>): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  h("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
