// What the district ordered this office to do: recalls, re-scans.
import { h } from "../../common/dom.js";
import { named, t } from "../../common/messages.js";
import type { Panel } from "./panel.js";

export const orders: Panel = {
  id: "orders",
  title: "orders.heading",
  place: "side",
  shown: ({ office }) => office.actions.length > 0,
  content: ({ office, desk }) => [
    h(
      "ul",
      { class: "waiting" },
      ...office.actions.map((action) =>
        h(
          "li",
          {},
          h("span", {}, "⚠ ", named("order.", String(action.kind)) ?? t("order.other"),
            h("small", {}, ` ${action.blank || action.prr}`)),
          h("button", {
            type: "button",
            onclick: () => desk.begin({ kind: "order", action }),
          }, t("button.order")),
        ),
      ),
    ),
  ],
};
