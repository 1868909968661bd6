// One box beside the desk. A new panel is a module with one of these and a line in panels/index.ts;
// its content is made anew whenever something changed, from what the office knows.
import type { Desk } from "../desk.js";
import { h } from "../../common/dom.js";
import { t, type Key } from "../../common/messages.js";
import type { Office } from "../office.js";

export interface Context {
  office: Office;
  desk: Desk;
}

export interface Panel {
  id: string;
  title: Key;
  place: "below" | "side";
  // Always, when absent.
  shown?: (context: Context) => boolean;
  content: (context: Context) => (Node | string | false | undefined)[];
}

// A number and what it counts.
export function figure(label: Key, value: string, mark = ""): HTMLElement {
  return h("li", {}, h("span", { class: "value" }, mark, value), h("span", {}, t(label)));
}
