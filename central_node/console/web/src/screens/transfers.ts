// Blanks on their way: where all of them are, sending them to an office by two persons, and taking a
// delivery in.
import { h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import { PaperKind } from "../../gen/keping/central/v1/paper_pb.js";
import { SerialScheme } from "../../gen/keping/log/v1/serial_set_pb.js";
import { isoOf, today } from "../days.js";
import { day, form, longText, number, required, select, text } from "../form.js";
import { panel, renewable, table, type Part } from "../parts.js";
import { paperDetails } from "../papers.js";
import { MAY } from "../roles.js";
import type { Address, Context, Screen } from "../screen.js";
import { accountOf, officeOf, officeOptions, paperLink } from "../words.js";

async function stockPanel(context: Context): Promise<HTMLElement> {
  const stock = await context.rpc.district.getStock({});
  const rows = stock.balances.map((one): Part[] =>
    [accountOf(one.account), officeOf(context, one.holder), count(one.quantity)]);
  const equation = t(stock.balanced ? "stock.balanced" : "stock.notBalanced",
    { accounted: count(stock.accounted), issued: count(stock.issued) });
  return panel("stock.where",
    h("p", { class: "lead", id: "equation" }, stock.balanced ? "✓ " : "⚠ ", equation,
      stock.unaccounted > 0n && ` ⚠ ${t("stock.unaccounted", { n: count(stock.unaccounted) })}`),
    table(["stock.account", "stock.holder", "plan.blanks"], rows, "stock.none", [2]),
    paperDetails(context, PaperKind.MONTHLY_STOCK));
}

function dispatchPanel(context: Context, address: Address, sent: () => void): HTMLElement {
  return panel("dispatch.title", h("p", { class: "hint" }, t("dispatch.hint")), form(context, {
    fields: [
      select("node", "dispatch.to", officeOptions(context), address.get("node")),
      number("quantity", "dispatch.quantity", address.get("quantity")),
      longText("serials", "dispatch.serials", "", "dispatch.serialsHint"),
      text("boxes", "dispatch.boxes", "", "dispatch.boxesHint"),
      required(text("transfer", "dispatch.number", "", "dispatch.numberHint")),
    ],
    submit: "dispatch.send",
    second: true,
    run: async (entered, confirmed) => {
      const answer = await context.rpc.district.dispatchBlanks({
        node: entered.text("node"),
        quantity: entered.big("quantity"),
        serials: entered.text("serials"),
        boxes: entered.text("boxes").split(",").map((box) => box.trim()).filter((box) => box !== ""),
        transfer: entered.text("transfer"),
        by: context.session.person,
        second: entered.text("second"),
      }, confirmed);
      sent();
      return h("span", {}, t("dispatch.done", { blanks: count(answer.quantity), boxes: answer.boxes,
        transfer: answer.transfer, office: officeOf(context, entered.text("node")) }), " ",
      paperLink(PaperKind.HANDOVER, { reference: answer.transfer }));
    },
  }), paperDetails(context, PaperKind.HANDOVER));
}

function deliveryPanel(context: Context, taken: () => void): HTMLElement {
  const schemes = [SerialScheme.UNSPECIFIED, SerialScheme.PRINTED, SerialScheme.CHIPS, SerialScheme.QUANTITY];
  return panel("delivery.title", h("p", { class: "hint" }, t("delivery.hint")), form(context, {
    fields: [
      required(text("allotment", "delivery.allotment")),
      required(text("bast", "delivery.bast")),
      required(day("day", "delivery.day", isoOf(today(context.facts.utcOffsetMinutes)))),
      required(text("from", "delivery.from", "", "delivery.fromHint")),
      text("lot", "blank.lot"),
      select("scheme", "delivery.scheme", schemes.map((one): [string, string] =>
        [String(one), named("scheme.", String(one)) ?? ""])),
      longText("serials", "dispatch.serials", "", "dispatch.serialsHint"),
      longText("boxes", "delivery.boxes", "", "delivery.boxesHint"),
      number("quantity", "delivery.quantity"),
      text("request", "delivery.request", "", "delivery.requestHint"),
    ],
    submit: "delivery.take",
    second: true,
    run: async (entered, confirmed) => {
      const boxes = entered.text("boxes").split("\n").map((line) => line.trim().split(/\s+/))
        .filter((words) => words[0] !== "");
      const answer = await context.rpc.delivery.receiveDelivery({
        allotment: entered.text("allotment"),
        bastNumber: entered.text("bast"),
        bastDays: entered.day("day"),
        handedOverBy: entered.text("from"),
        receivedBy: context.session.person,
        second: entered.text("second"),
        lot: entered.text("lot"),
        scheme: entered.number("scheme"),
        serials: entered.text("serials"),
        boxes: boxes.map(([box = "", quantity = "0"]) => ({ box, quantity: BigInt(quantity) })),
        quantity: entered.big("quantity"),
        request: entered.text("request"),
      }, confirmed);
      taken();
      return t("delivery.done", { listed: count(answer.listed), unidentified: count(answer.unidentified) });
    },
  }));
}

export const transfers: Screen = {
  id: "transfers",
  title: "transfers.title",
  show: async (context, place, address) => {
    const { part: stock, again } = await renewable(() => stockPanel(context));
    const { session } = context;
    const entries = [
      session.may(MAY.send) && dispatchPanel(context, address, again),
      session.may(MAY.takeIn) && deliveryPanel(context, again),
    ];
    place.append(h("div", { class: "pair" }, ...entries), stock);
  },
};
