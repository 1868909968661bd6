// The custody explorer from above: a delivery, the transfers that took its blanks, the offices, and what
// became of them there.
import { h } from "../../common/dom.js";
import { count, t } from "../../common/messages.js";
import { PaperKind } from "../../gen/keping/central/v1/paper_pb.js";
import type { TracedTransfer } from "../../gen/keping/central/v1/delivery_pb.js";
import { dayOf } from "../days.js";
import { facts, link, panel, table, type Part } from "../parts.js";
import { linkTo, type Context, type Screen } from "../screen.js";
import { accountOf, blankLink, officeOf, paperLink } from "../words.js";

// Ranges as they are, single serials each with its life.
function serialLinks(serials: string): Part {
  if (serials === "") return false;
  return h("p", { class: "serials" }, ...serials.split(",").flatMap((one, i): Part[] =>
    [i > 0 && ", ", one.includes("..") ? one : blankLink(one)]));
}

function branch(context: Context, one: TracedTransfer): HTMLElement {
  const states = one.states.map((state) => h("li", {},
    h("strong", {}, count(state.quantity)), ` ${accountOf(state.account)} · ${officeOf(context, state.holder)}`));
  const name = one.transfer === "" ? t("custody.notSent")
    : t("custody.sent", { transfer: one.transfer, office: officeOf(context, one.node) });
  return h("li", {},
    h("details", { open: true },
      h("summary", {}, `${name}: ${count(one.quantity)}`),
      one.transfer !== "" && h("p", {}, paperLink(PaperKind.HANDOVER, { reference: one.transfer })),
      h("ul", { class: "plain" }, ...states),
      one.serials !== "" && h("details", {}, h("summary", {}, t("dispatch.serials")), serialLinks(one.serials))));
}

async function tree(context: Context, allotment: string): Promise<HTMLElement> {
  const { delivery, transfers } = await context.rpc.delivery.traceDelivery({ allotment });
  return panel("custody.tree",
    facts(["blank.allotment", delivery?.allotment], ["delivery.bast", delivery?.bastNumber],
      ["delivery.day", delivery && delivery.bastDays > 0 ? dayOf(delivery.bastDays) : ""],
      ["blank.lot", delivery?.lot], ["plan.blanks", count(delivery?.quantity ?? 0n)]),
    h("ul", { class: "tree" }, ...transfers.map((one) => branch(context, one))));
}

export const deliveries: Screen = {
  id: "deliveries",
  title: "custody.title",
  under: "blank",
  show: async (context, place, { subject }) => {
    const { deliveries: all } = await context.rpc.delivery.listDeliveries({});
    if (subject !== "") place.append(await tree(context, subject));
    place.append(panel("custody.list", table(
      ["blank.allotment", "delivery.bast", "delivery.day", "blank.lot", "plan.blanks"],
      all.map((one): Part[] => [link(linkTo("deliveries", one.allotment), one.allotment), one.bastNumber,
        one.bastDays > 0 ? dayOf(one.bastDays) : "", one.lot, count(one.quantity)]), "custody.none", [4])));
  },
};
