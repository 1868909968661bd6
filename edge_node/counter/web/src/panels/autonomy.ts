// For how many working days this office could print with no link, and what would run out first.
import { h } from "../dom.js";
import { count, t, type Key } from "../messages.js";
import { figure, type Panel } from "./panel.js";

export const autonomy: Panel = {
  id: "autonomy",
  title: "autonomy.heading",
  place: "side",
  content: ({ office: { status } }) => {
    const outlook = status?.autonomy;
    if (!outlook) return [];
    const [first] = outlook.supplies;
    return [
      h("ul", { class: "figures" }, figure("autonomy.days", count(outlook.days), outlook.days === 0 ? "⚠ " : "")),
      first && h("p", {}, t("autonomy.first", { what: t(`autonomy.${first.supply}` as Key) })),
      h("p", { class: "more" }, t("autonomy.pace", { cards: count(outlook.cardsPerDay) })),
    ];
  },
};
