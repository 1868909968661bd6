// Boxes, loans to and from other districts, and ribbons, films and cleaning cards.
import { h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import { LoanStep, SupplyStep } from "../../gen/keping/log/v1/district_pb.js";
import { ConsumableKind } from "../../gen/keping/log/v1/office_pb.js";
import { dayOf, isoOf, today } from "../days.js";
import { day, form, longText, number, numbersOf, required, select, text } from "../form.js";
import { list, panel, table, type Part } from "../parts.js";
import { MAY } from "../roles.js";
import type { Context, Screen } from "../screen.js";
import { accountOf, caseLink, officeOf, officeOptions } from "../words.js";

const kindOf = (kind: number) => named("consumable.", String(kind)) ?? String(kind);
const loanOf = (step: number) => named("loan.step.", String(step)) ?? String(step);

async function boxes(context: Context): Promise<HTMLElement> {
  const { boxes: all } = await context.rpc.delivery.listBoxes({});
  return panel("box.title", table(
    ["box.number", "blank.lot", "blank.allotment", "box.quantity", "box.identified", "box.unidentified", "box.where", "box.case"],
    all.map((one): Part[] => [
      one.box, one.lot, one.allotment, count(one.quantity), count(one.identified), count(one.unidentified),
      one.account === "" ? "" : `${accountOf(one.account)} · ${officeOf(context, one.holder)}`,
      caseLink(one.caseId),
    ]), "box.none", [3, 4, 5]));
}

async function loans(context: Context): Promise<HTMLElement> {
  const { districts, papers } = await context.rpc.stock.listLoans({});
  const steps = numbersOf(LoanStep).map((step): [string, string] => [String(step), loanOf(step)]);
  const entry = form(context, {
    fields: [
      select("step", "loan.step", steps),
      required(text("district", "loan.district", "", "loan.districtHint")),
      number("quantity", "loan.quantity"),
      longText("serials", "dispatch.serials", "", "dispatch.serialsHint"),
      required(day("day", "loan.day", isoOf(today(context.facts.utcOffsetMinutes)))),
      required(text("document", "loan.document")),
    ],
    submit: "loan.enter",
    second: true,
    run: async (entered, confirmed) => {
      const { quantity } = await context.rpc.stock.enterLoan({
        step: entered.number("step"),
        district: entered.text("district"),
        quantity: entered.big("quantity"),
        serials: entered.text("serials"),
        dayDays: entered.day("day"),
        document: entered.text("document"),
        by: context.session.person,
        second: entered.text("second"),
      }, confirmed);
      return t("loan.done", { blanks: count(quantity) });
    },
  });
  return panel("loan.title",
    table(["loan.district", "loan.lent", "loan.lentOpen", "loan.borrowed", "loan.borrowedOpen"],
      districts.map((one): Part[] =>
        [one.district, count(one.lent), count(one.lentOpen), count(one.borrowed), count(one.borrowedOpen)]),
      "loan.none", [1, 2, 3, 4]),
    papers.length > 0 && table(["loan.document", "loan.step", "loan.district", "plan.blanks", "loan.day", "request.by"],
      papers.map((one): Part[] => [one.document, loanOf(one.step), one.district, count(one.quantity),
        dayOf(one.dayDays), list([one.by, one.second], " + ")]), "loan.none", [3]),
    context.session.may(MAY.keepStock) && h("details", {}, h("summary", {}, t("loan.new")), entry));
}

function supplyEntry(context: Context, two: boolean): HTMLElement {
  const steps = two ? [SupplyStep.SPOILED, SupplyStep.COUNTED] : [SupplyStep.TAKEN_IN, SupplyStep.DISPATCHED];
  const kinds = numbersOf(ConsumableKind).map((kind): [string, string] => [String(kind), kindOf(kind)]);
  return form(context, {
    fields: [
      select("step", "loan.step", steps.map((step): [string, string] =>
        [String(step), named("supply.step.", String(step)) ?? ""])),
      select("kind", "supply.kind", kinds),
      required(text("lot", "blank.lot")),
      required(number("quantity", "supply.pieces", "", 0)),
      ...(two ? [] : [
        number("panels", "supply.panels", "0", 0),
        select("node", "dispatch.to", officeOptions(context, t("supply.notSent"))),
      ]),
      required(text("document", "loan.document")),
    ],
    submit: "supply.enter",
    second: two,
    run: async (entered, confirmed) => {
      const { transfer, inStock } = await context.rpc.stock.enterSupply({
        step: entered.number("step"),
        kind: entered.number("kind"),
        lot: entered.text("lot"),
        quantity: entered.number("quantity"),
        panels: entered.number("panels"),
        node: entered.text("node"),
        document: entered.text("document"),
        by: context.session.person,
        second: entered.text("second"),
      }, confirmed);
      return `${t("supply.done", { n: inStock })} ${transfer === "" ? "" : t("supply.transfer", { transfer })}`;
    },
  });
}

async function supplies(context: Context): Promise<HTMLElement> {
  const { balances, lots, differences, balanced } = await context.rpc.stock.listSupplies({});
  return panel("supply.title",
    h("p", {}, balanced ? `✓ ${t("supply.balanced")}` : `⚠ ${t("supply.notBalanced")}`),
    table(["supply.kind", "stock.account", "stock.holder", "supply.pieces"],
      balances.map((one): Part[] => [kindOf(one.kind), named("supply.account.", one.account) ?? one.account,
        officeOf(context, one.holder), count(one.pieces)]), "supply.none", [3]),
    lots.length > 0 && table(["blank.lot", "supply.kind", "supply.pieces"],
      lots.map((one): Part[] => [one.lot, kindOf(one.kind), count(one.pieces)]), "supply.none", [2]),
    differences.length > 0 && table(["supply.parcel", "offices.office", "supply.kind", "supply.sent", "supply.came"],
      differences.map((one): Part[] => [one.transfer, officeOf(context, one.node), kindOf(one.kind), count(one.sent),
        count(one.came)]), "supply.none", [3, 4]),
    ...(context.session.may(MAY.keepStock) ? [
      h("details", {}, h("summary", {}, t("supply.new")), supplyEntry(context, false)),
      h("details", {}, h("summary", {}, t("supply.newTwo")), supplyEntry(context, true)),
    ] : []));
}

export const stock: Screen = {
  id: "stock",
  title: "stock.title",
  show: async (context, place) => {
    place.append(...(await Promise.all([boxes(context), loans(context), supplies(context)])));
  },
};
