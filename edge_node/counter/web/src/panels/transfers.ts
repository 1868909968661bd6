// Blanks on their way to this office.
import { h } from "../../common/dom.js";
import { count, t } from "../../common/messages.js";
import { blanksOf } from "../serials.js";
import type { Panel } from "./panel.js";

export const transfers: Panel = {
  id: "transfers",
  title: "transfers.heading",
  place: "side",
  shown: ({ office }) => office.transfers.length > 0,
  content: ({ office, desk }) => [
    h(
      "ul",
      { class: "waiting" },
      ...office.transfers.map((transfer) =>
        h(
          "li",
          {},
          h("span", {}, t("transfers.one", { transfer: transfer.transfer, n: count(blanksOf(transfer)) })),
          h("button", {
            type: "button",
            onclick: () => desk.begin({ kind: "receive", transfer, scanned: [] }),
          }, t("button.receive")),
        ),
      ),
    ),
  ],
};
