// Where this office's blanks are.
import { h } from "../../common/dom.js";
import { count } from "../../common/messages.js";
import { figure, type Panel } from "./panel.js";

export const stock: Panel = {
  id: "stock",
  title: "stock.heading",
  place: "side",
  content: ({ office: { status } }) => {
    if (!status) return [];
    return [
      h(
        "ul",
        { class: "figures" },
        figure("stock.tray", count(status.blanksInTray)),
        figure("stock.bound", count(status.blanksBound)),
        figure("stock.doubt", count(status.blanksInDoubt), status.blanksInDoubt > 0n ? "⚠ " : ""),
        figure("stock.used", count(status.blanksUsed)),
        figure("stock.spoiled", count(status.blanksSpoiled)),
      ),
    ];
  },
};
