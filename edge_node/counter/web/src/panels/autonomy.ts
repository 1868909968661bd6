// For how many working days this office could print with no link, and what would run out first.
import { h } from "../../common/dom.js";
import { count, t, type Key } from "../../common/messages.js";
import { figure, type Panel } from "./panel.js";

// As the node names them.
const supplies: Record<string, Key> = {
  records: "autonomy.records",
  blanks: "autonomy.blanks",
  ribbons: "autonomy.ribbons",
  films: "autonomy.films",
  contact: "autonomy.contact",
  operators: "autonomy.operators",
  printers: "autonomy.printers",
};

export const autonomy: Panel = {
  id: "autonomy",
  title: "autonomy.heading",
  place: "side",
  content: ({ office: { status } }) => {
    const outlook = status?.autonomy;
    if (!outlook) return [];
    const first = supplies[outlook.supplies[0]?.supply ?? ""];
    return [
      h("ul", { class: "figures" }, figure("autonomy.days", count(outlook.days), outlook.days === 0 ? "⚠ " : "")),
      first && h("p", {}, t("autonomy.first", { what: t(first) })),
      !outlook.supplies.some(({ supply }) => supply === "ribbons") && h("p", { class: "more" }, t("autonomy.noRibbon")),
      h("p", { class: "more" }, t("autonomy.pace", { cards: count(outlook.cardsPerDay) })),
    ];
  },
};
