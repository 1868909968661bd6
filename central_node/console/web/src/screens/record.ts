// One record: where it is, its cards, what was done with it, and when the plan prints it.
import { h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import { isUnknown } from "../../common/problem.js";
import { dayOf } from "../days.js";
import { form, select, tick } from "../form.js";
import { facts, list, panel, table, type Part } from "../parts.js";
import { MAY } from "../roles.js";
import type { Context, Screen } from "../screen.js";
import { villageOf } from "../villages.js";
import { accountOf, blankLink, caseLink, officeOf, officeOptions, recordLink, timeLine, timeOf } from "../words.js";
import { searchForm } from "./blank.js";

// Nothing where no card is waited for.
async function planned(context: Context, prr: string): Promise<HTMLElement | undefined> {
  try {
    const answer = await context.rpc.planning.explainRecord({ prr });
    const when = answer.day === undefined ? t("record.notPlanned") : dayOf(answer.day);
    return panel("record.plan", facts(["record.plannedDay", when],
      ["record.plannedAt", answer.node === "" ? "" : officeOf(context, answer.node)]),
    answer.waits.length > 0 && h("ul", { class: "plain" }, ...answer.waits.map((wait) => h("li", {},
      t("record.waits", { reason: named("wait.", String(wait.reason)) ?? "", days: wait.days,
        until: dayOf(wait.until) })))));
  } catch (error) {
    if (isUnknown(error)) return undefined;
    throw error;
  }
}

function moveLease(context: Context, prr: string): HTMLElement {
  return panel("lease.title", h("p", { class: "hint" }, t("lease.hint")), form(context, {
    fields: [select("node", "lease.to", officeOptions(context)), tick("force", "lease.force"),
      tick("looked", "lease.looked")],
    submit: "lease.move",
    run: async (entered) => {
      await context.rpc.district.moveLease({
        prr, toNode: entered.text("node"), force: entered.ticked("force"),
        althoughMaybePrinted: entered.ticked("looked"), by: context.session.person,
      });
      return t("lease.done", { office: officeOf(context, entered.text("node")) });
    },
  }));
}

export const record: Screen = {
  id: "record",
  title: "record.title",
  under: "blank",
  show: async (context, place, { subject }) => {
    place.append(h("div", { class: "panel" }, searchForm("search.record", "record", subject)));
    if (subject === "") return;
    const traced = await context.rpc.desk.traceRecord({ prr: subject });
    const cards = traced.cards.map((card): Part[] => [
      blankLink(card.blank),
      officeOf(context, card.node),
      timeOf(context, card.printedMicros),
      card.operatorId,
      card.printer,
      `${card.leaseValid ? "✓" : "✗"} ${card.leaseEpoch}`,
      accountOf(card.account),
    ]);
    const plan = await planned(context, traced.prr);
    place.append(
      h("div", { class: "panel" }, h("p", { class: "lead" }, h("strong", {}, traced.prr)), facts(
        ["record.state", named("record.", traced.state) ?? traced.state],
        ["record.holder", traced.holder === "" ? "" : officeOf(context, traced.holder)],
        ["record.village", villageOf(context, traced.village)],
        ["record.version", count(traced.version)],
        ["record.withdrawn", traced.withdrawn ? `⚠ ${t("words.yes")}` : ""],
        ["record.replaces", recordLink(traced.replaces)],
        ["record.replacedBy", traced.replacedBy.length > 0 && list(traced.replacedBy.map(recordLink))],
        ["blank.cases", traced.cases.length > 0 && list(traced.cases.map(caseLink))])),
      panel("case.cards", table(
        ["card.blank", "card.office", "card.printed", "card.operator", "card.printer", "card.lease", "card.where"],
        cards, "card.none")),
      ...(plan ? [plan] : []),
      panel("record.life", h("p", { class: "hint" }, t("timeline.hint")), timeLine(context, traced.facts)));
    if (context.session.may(MAY.lease)) place.append(moveLease(context, traced.prr));
  },
};
