// The next records in the order of printing. No names: whose card it is shows when it is verified.
import { h } from "../../common/dom.js";
import { t } from "../../common/messages.js";
import type { Panel } from "./panel.js";
import { dayText } from "../../common/time.js";

export const nextCards: Panel = {
  id: "next",
  title: "next.heading",
  place: "below",
  content: ({ office }) => {
    if (office.next.length === 0) return [h("p", {}, t("next.empty"))];
    const villages = new Map(
      (office.plan?.villages ?? []).map((one) => [one.village, one.villageName]),
    );
    const offset = office.facts?.utcOffsetMinutes ?? 0;
    const rows = office.next.map((record) =>
      h(
        "li",
        {},
        h("strong", {}, villages.get(record.village) || record.village),
        h("span", {}, t("next.enrolled", { day: dayText(record.enrolledAtMicros, offset) })),
        h("small", {}, record.prr),
      ),
    );
    return [h("ol", { class: "next" }, ...rows)];
  },
};
