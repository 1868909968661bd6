// Today's plan: who can be printed with the duty that is left, by village.
import type { FaultyPrr } from "../../gen/keping/edge/v1/edge_pb.js";
import type { VillagePlan } from "../../gen/keping/edge/v1/screen_pb.js";
import { h } from "../../common/dom.js";
import { count, t } from "../../common/messages.js";
import type { Panel } from "./panel.js";

const SHOWN = 5;

// What all villages come to, also those that have no row.
function total(villages: VillagePlan[]): Node {
  const sum = (of: (one: VillagePlan) => number | bigint) =>
    h("td", {}, count(villages.reduce((all, one) => all + Number(of(one)), 0)));
  return h("tr", {}, h("th", { scope: "row" }, t("plan.all", { n: villages.length })),
    sum((one) => one.today), sum((one) => one.goodToday), sum((one) => one.waiting));
}

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
    return [
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...heads)),
        h("tbody", {}, ...villages.slice(0, SHOWN).map(row)),
        h("tfoot", {}, total(villages)),
      ),
      faults(office.faulty),
    ];
  },
};
