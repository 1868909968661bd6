// The parts that screens are made of.
//
//   table(["offices.office", "offices.stock"], rows)
//   panel("offices.title", …)
import { h } from "../common/dom.js";
import { count, t, type Key } from "../common/messages.js";
import { problemOf } from "../common/problem.js";

export type Part = Node | string | false | null | undefined;

export function panel(title: Key | string, ...children: Part[]): HTMLElement {
  return h("section", { class: "panel" }, h("h2", {}, title.includes(".") ? t(title as Key) : title), ...children);
}

// What is read again where it stands, after something was done to it.
export async function renewable(read: () => Promise<HTMLElement>): Promise<{ part: HTMLElement; again: () => void }> {
  const part = await read();
  let shown = part;
  const again = () => {
    void read().then((fresh) => {
      shown.replaceWith(fresh);
      shown = fresh;
    }).catch(() => undefined);
  };
  return { part, again };
}

export function link(href: string, text: string): HTMLAnchorElement {
  return h("a", { href }, text);
}

export function button(label: Key, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", onclick }, t(label));
}

// A table that becomes a list of cards on a narrow screen: each cell says its column.
export function table(heads: Key[], rows: Part[][], empty: Key, numbers: number[] = []): HTMLElement {
  if (rows.length === 0) return h("p", { class: "empty" }, t(empty));
  const kind = (column: number) => (numbers.includes(column) ? "number" : "words");
  return h(
    "table",
    { class: "stacks" },
    h("thead", {}, h("tr", {}, ...heads.map((key, i) => h("th", { scope: "col", class: kind(i) }, t(key))))),
    h("tbody", {}, ...rows.map((cells) => h("tr", {}, ...cells.map((cell, i) => {
      const head = heads[i];
      const label = { "data-label": head ? t(head) : "", class: kind(i) };
      return i === 0 ? h("th", { scope: "row", ...label }, cell) : h("td", label, cell);
    })))),
  );
}

export function facts(...pairs: [Key, Part][]): HTMLElement {
  return h("dl", {}, ...pairs.filter(([, value]) => value).flatMap(([key, value]) => [
    h("dt", {}, t(key)),
    h("dd", {}, value),
  ]));
}

// A number and what it counts.
export function figure(label: Key, value: number | bigint, mark = ""): HTMLElement {
  return h("li", {}, h("span", { class: "value" }, mark, count(value)), h("span", {}, t(label)));
}

export function figures(...items: HTMLElement[]): HTMLElement {
  return h("ul", { class: "figures" }, ...items);
}

// Words of the centre that it has in English only.
export function said(text: string): HTMLElement {
  return h("span", { lang: "en" }, text);
}

export function list(items: Part[], separator = ", "): Node {
  return h("span", {}, ...items.flatMap((item, i) => (i === 0 ? [item] : [separator, item])));
}

export function fillNotice(place: HTMLElement, kind: "good" | "bad" | "note" | "", ...words: Part[]): void {
  const marks = { good: "✓", bad: "✗", note: "⚠", "": "" };
  place.dataset["kind"] = kind;
  place.replaceChildren(...(kind === "" ? [] : [h("span", { class: "mark" }, marks[kind]), h("span", {}, ...words)]));
}

export function showProblem(place: HTMLElement, error: unknown): void {
  const { code, sentence } = problemOf(error);
  fillNotice(place, "bad", sentence);
  if (code) place.append(h("span", { class: "code" }, code));
}

// Pages of a list: the tokens of the pages before lie in the address.
export function pager(next: string, first: boolean, go: (token: string) => void): HTMLElement | false {
  if (first && next === "") return false;
  return h("p", { class: "buttons" },
    !first && button("page.first", () => go("")),
    next !== "" && button("page.next", () => go(next)));
}
