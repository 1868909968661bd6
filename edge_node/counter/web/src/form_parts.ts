// What the desk shows of the menu of other work, of an act's questions, and of what an act found out.
import type { Told } from "./acts/act.js";
import { factList, numbered } from "./card_parts.js";
import { h } from "../common/dom.js";
import { question, saidOf, type Form } from "./forms.js";
import { COLUMNS, offered, type Group } from "./menu.js";
import { t, type Key } from "../common/messages.js";
import { qrPicture } from "./qr.js";
import { compare } from "./serials.js";
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

// How many were scanned; where it is known what should be there, what fits and what does not.
export function gatheredSums(scanned: string[], listed?: string): Node {
  if (listed === undefined) return sums(t("scans.count", { n: scanned.length }));
  const { received, missing, unexpected } = compare(listed, scanned);
  return sums(
    t("receive.matching", { n: received.length }),
    t("receive.missing", { n: missing.length }),
    t("receive.unexpected", { n: unexpected.length }),
  );
}

const facts = (rows: [Key, Word][]) =>
  factList(rows.map(([key, word]): [Key, string] => [key, saying(word)]));

export function menuParts(task: Extract<Task, { kind: "menu" }>): Node {
  const rows = offered(task);
  const section = (group: Group) => {
    const own = rows.filter(([, work]) => work.group === group);
    return own.length > 0 && h(
      "section",
      {},
      h("h2", {}, t(group)),
      numbered(own.map(([number, { label }]) => [number, t(label)])),
    );
  };
  const columns = COLUMNS.map((groups) => h("div", {}, ...groups.map(section)));
  return h("div", { class: "menu scrolls", tabIndex: 0 }, ...columns);
}

export function formParts(form: Form): Node {
  const asked = question(form);
  const about: [Key, Word][] = form.about["about"] ? [["fact.about", form.about["about"]]] : [];
  const choices = asked?.choices;
  return h(
    "div",
    { class: "scrolls", tabIndex: 0 },
    facts([...about, ...saidOf(form)]),
    choices && numbered(choices.map(({ word }, i) => [i + 1, saying(word)])),
    asked?.scans && gatheredSums(form.scanned, asked.scans.listed),
    asked?.scans && lastScans(form.scanned),
  );
}

// The code in the size in which it is copied by hand.
const proofParts = ({ label, code, qr }: NonNullable<Told["proof"]>) =>
  h("div", { class: "proof" },
    h("p", {}, t(label)),
    h("p", { class: "code-large" }, code),
    qr && qrPicture(qr, t("dayReport.qr")));

export function toldParts({ facts: rows, lists = [], page, proof }: Told): Node {
  if (page !== undefined) {
    const text = h("pre", { class: "slip scrolls", tabIndex: 0 }, page);
    return proof ? h("div", { class: "proven-page" }, text, proofParts(proof)) : text;
  }
  const full = lists.filter((list) => list.rows.length > 0);
  return h(
    "div",
    { class: "told scrolls", tabIndex: 0 },
    facts(rows),
    // All that there is, above lists that are longer than the screen.
    full.length > 1 && sums(...full.map(({ heading }) => saying(heading))),
    ...full.map((list) =>
      h(
        "section",
        {},
        h("h2", {}, saying(list.heading)),
        h("ul", { class: "serials" }, ...list.rows.map((row) => h("li", {}, saying(row)))),
      )),
  );
}

export function chooseFile(chosen: (file: File) => void): void {
  const input = h("input", { type: "file", accept: ".kbundle" });
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) chosen(file);
  };
  input.click();
}
