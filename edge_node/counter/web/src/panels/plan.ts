// Today's plan: who can be printed with the duty that is left, by village.
import type { FaultyPrr } from "../../gen/keping/edge/v1/edge_pb.js";
import type { VillagePlan } from "../../gen/keping/edge/v1/screen_pb.js";
import { h } from "../../common/dom.js";
import { count, t } from "../../common/messages.js";
import type { Panel } from "./panel.js";

const SHOWN = 5;

function row(village: VillagePlan): Node {
  const name = village.villageName || t("plan.noName");
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name, h("small", {}, ` ${village.village}`)),
    h("td", {}, count(village.today)),
    h("td", {}, count(village.goodToday)),
    h("td", {}, count(village.waiting)),
  );
}

// Records that the district has to correct before a card can be made of them.
function faults(faulty: FaultyPrr[]): Node | false {
  return faulty.length > 0 && h(
    "details",
    { class: "faulty" },
    h("summary", {}, t("plan.faulty", { n: faulty.length })),
    h("ul", {}, ...faulty.map((one) => h("li", {}, `${one.prr}: `, h("span", { lang: "en" }, one.fault)))),
  );
}

export const plan: Panel = {
  id: "plan",
  title: "plan.heading",
  place: "below",
  content: ({ office }) => {
    const villages = office.plan?.villages ?? [];
    if (villages.length === 0) return [h("p", {}, t("plan.empty")), faults(office.faulty)];
    const heads = (["plan.village", "plan.today", "plan.good", "plan.waiting"] as const).map((key) =>
      h("th", { scope: "col" }, t(key)),
    );
    const more = villages.length - SHOWN;
    return [
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...heads)),
        h("tbody", {}, ...villages.slice(0, SHOWN).map(row)),
      ),
      more > 0 && h("p", { class: "more" }, t("plan.more", { n: more })),
      faults(office.faulty),
    ];
  },
};
