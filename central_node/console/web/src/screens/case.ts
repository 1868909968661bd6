// One case: what is known, side by side, what the judge makes of it, what is proposed, and the decision.
import { h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import { CaseKind } from "../../gen/keping/log/v1/case_pb.js";
import { Resolution } from "../../gen/keping/log/v1/district_pb.js";
import { ActionKind, CaseState } from "../../gen/keping/log/v1/event_pb.js";
import { PaperKind } from "../../gen/keping/central/v1/paper_pb.js";
import type { Card, Fact, GetCaseResponse, Order } from "../../gen/keping/central/v1/desk_pb.js";
import { form, required, select, show, text, type Field } from "../form.js";
import { button, facts, fillNotice, list, panel, said, showProblem, table, type Part } from "../parts.js";
import { remarkText } from "../remarks.js";
import type { Context, Screen } from "../screen.js";
import { accountOf, blankLink, officeOf, paperLink, recordLink, timeLine, timeOf } from "../words.js";
import { kindOf } from "./cases.js";
import { evidencePack } from "./evidence.js";

const roleOf = (role: number) => named("role.", String(role)) ?? String(role);
const resolutionOf = (one: Resolution) => named("resolution.", String(one)) ?? String(one);

// By whose log they are: what two offices say of one thing stands beside each other.
function sideBySide(context: Context, evidence: Fact[]): Node {
  const logs = new Map<string, Fact[]>();
  for (const fact of evidence) logs.set(fact.node, [...(logs.get(fact.node) ?? []), fact]);
  return h("div", { class: "beside" }, ...[...logs].map(([node, said]) => h("div", {},
    h("h3", {}, officeOf(context, node)),
    timeLine(context, said, true))));
}

// The cards of the records and the blank that the case is about.
async function cardsOf(context: Context, prrs: string[]): Promise<Card[]> {
  const traced = await Promise.all(prrs.map((prr) => context.rpc.desk.traceRecord({ prr })));
  return traced.flatMap((one) => one.cards);
}

function cardTable(context: Context, cards: Card[]): Node {
  return table(
    ["card.blank", "card.office", "card.printed", "card.operator", "card.lease", "card.where"],
    cards.map((card): Part[] => [
      blankLink(card.blank),
      officeOf(context, card.node),
      timeOf(context, card.printedMicros),
      card.operatorId,
      card.leaseValid ? `✓ ${t("card.leaseValid")}` : `✗ ${t("card.leaseInvalid")}`,
      accountOf(card.account),
    ]),
    "card.none");
}

// Ways to decide that fit what the case is about; the centre has the last word (K-304).
function waysFor({ case: one }: GetCaseResponse): Resolution[] {
  return [
    ...(one?.prr || one?.blank ? [Resolution.RECALL] : []),
    ...(one?.blank ? [Resolution.RESCAN] : []),
    ...(one?.kind === CaseKind.REPORT_REJECTED ? [Resolution.RETRY] : []),
    Resolution.ACCEPTED,
    Resolution.EXPLAINED,
  ];
}

function decideForm(context: Context, answer: GetCaseResponse, cards: Card[], decided: () => void): HTMLElement {
  const ways = waysFor(answer).map((way): [string, string] => [String(way), resolutionOf(way)]);
  const resolution = required(select("resolution", "decide.resolution", [["", t("decide.choose")], ...ways]));
  // Of one person's two cards one stays.
  const none: [string, string][] = answer.case?.kind === CaseKind.TWO_CARDS_ONE_PERSON
    ? [] : [["", t("decide.keepNone")]];
  const keep = select("keep", "decide.keep", [...none, ...cards.map((card): [string, string] =>
    [card.blank, `${card.blank} · ${officeOf(context, card.node)}`])]);
  const document = text("document", "decide.document");
  const wanted = () => {
    const way = Number(resolution.input.value) as Resolution;
    return {
      caseId: answer.case?.caseId ?? "",
      revision: answer.case?.revision ?? 0,
      resolution: way,
      keep: way === Resolution.RECALL ? keep.input.value : "",
      by: context.session.person,
    };
  };
  const trial = h("div", { class: "notice", role: "status" });
  const fields: Field[] = [resolution, ...(cards.length > 1 ? [keep] : []), document];
  const entry = form(context, {
    fields,
    submit: "decide.send",
    inside: [h("p", { class: "buttons" }, button("decide.try", () => void tryIt())), trial],
    second: answer.twoPersons,
    run: async (entered, confirmed) => {
      fillNotice(trial, "");
      const { state, orders } = await context.rpc.desk.resolveCase({
        ...wanted(),
        document: entered.text("document"),
        second: entered.text("second"),
      }, confirmed);
      decided();
      return t("decide.done", { state: named("case.state.", String(state)) ?? "", orders });
    },
  });
  // What it would lead to, before anybody signs it.
  const tryIt = async () => {
    try {
      const { state, wouldOrder } = await context.rpc.desk.resolveCase({ ...wanted(), dryRun: true });
      fillNotice(trial, "note", t("decide.would", { state: named("case.state.", String(state)) ?? "" }),
        h("ul", { class: "plain" }, ...wouldOrder.map((one) => h("li", {},
          list([named("action.", String(one.kind)), one.blank, officeOf(context, one.node)], " · ")))));
    } catch (error) {
      showProblem(trial, error);
    }
  };
  // Only what the chosen way asks for.
  const follow = () => {
    const way = Number(resolution.input.value);
    show(keep, way === Resolution.RECALL);
    document.input.required = way === Resolution.EXPLAINED;
  };
  resolution.input.onchange = follow;
  follow();
  return entry;
}

function decisionPanel(context: Context, answer: GetCaseResponse, cards: Card[], decided: () => void): Part {
  if (answer.case?.state === CaseState.CLOSED) return h("p", {}, t(answer.decisions.length > 0 ? "decide.closed" : "decide.closedItself"));
  if (!context.session.may(answer.mayDecide)) {
    return h("p", {}, t("decide.notYou", { roles: answer.mayDecide.map(roleOf).join(", ") }));
  }
  return decideForm(context, answer, cards, decided);
}

function decisions(context: Context, answer: GetCaseResponse): Part {
  return answer.decisions.length > 0 && panel("case.decisions", table(
    ["decision.time", "decision.what", "decision.keep", "decision.by", "decision.document"],
    answer.decisions.map((one): Part[] => [
      timeOf(context, one.fact?.wallMicros ?? 0n),
      resolutionOf(one.resolution),
      one.keep,
      list([one.by, one.second].filter((person) => person !== ""), " + "),
      one.document,
    ]), "decision.none"));
}

// A card that an office calls back: the paper that its people go with.
function recallPaper({ kind, node }: Order, waits: string): Part {
  return h("span", {}, `… ${waits}`, kind === ActionKind.RECALL_CARD && " · ",
    kind === ActionKind.RECALL_CARD && paperLink(PaperKind.RECALLS, { node }));
}

function orders(context: Context, answer: GetCaseResponse): Part {
  return answer.orders.length > 0 && panel("case.orders", table(
    ["order.what", "order.office", "order.blank", "order.state"],
    answer.orders.map((one): Part[] => [
      named("action.", String(one.kind)) ?? "",
      officeOf(context, one.node),
      blankLink(one.blank),
      one.done ? `✓ ${t("order.done")}` : recallPaper(one, t("order.waits")),
    ]), "order.none"));
}

// What the explanation names, where the case itself names none: of a report.
const explained = ({ remarks }: GetCaseResponse, name: string): string =>
  remarks.flatMap(({ values }) => values).find((value) => value.name === name)?.value ?? "";

async function fill(context: Context, place: HTMLElement, caseId: string): Promise<void> {
  const answer = await context.rpc.desk.getCase({ caseId });
  const { case: found } = answer;
  if (!found) return;
  const one = {
    ...found,
    blank: found.blank || explained(answer, "blank"),
    prr: found.prr || explained(answer, "record"),
  };
  const prrs = new Set(one.prr === "" ? [] : [one.prr]);
  if (one.blank !== "") {
    for (const prr of (await context.rpc.desk.traceBlank({ blank: one.blank })).prrs) prrs.add(prr);
  }
  const cards = await cardsOf(context, [...prrs]);
  // After a decision the notice stays, and what it changed is read anew around it.
  const decision = h("div", { class: "panel", id: "decision" });
  const again = () => void reread();
  const reread = async () => {
    const fresh = await context.rpc.desk.getCase({ caseId });
    state.replaceChildren(named("case.state.", String(fresh.case?.state ?? 0)) ?? "");
    after.replaceChildren(...[decisions(context, fresh), orders(context, fresh)].filter((part) => part instanceof Node));
    const notice = decision.querySelector(".notice[role=alert]");
    decision.replaceChildren(h("h2", {}, t("decide.title")), notice ?? "");
  };
  const state = h("strong", { id: "state" }, named("case.state.", String(one.state)) ?? "");
  const after = h("div", { class: "column" });
  after.append(...[decisions(context, answer), orders(context, answer)].filter((part) => part instanceof Node));
  decision.append(h("h2", {}, t("decide.title")));
  const part = decisionPanel(context, answer, cards, again);
  if (part) decision.append(part);
  place.append(
    h("div", { class: "panel" },
      h("p", { class: "lead" }, h("strong", {}, kindOf(one.kind)), h("span", { class: "code" }, one.code)),
      facts(
        ["case.id", one.caseId],
        ["case.state", state],
        ["case.revision", count(one.revision)],
        ["cases.node", one.node === "" ? "" : officeOf(context, one.node)],
        ["cases.blank", blankLink(one.blank)],
        ["cases.record", recordLink(one.prr)],
        ["case.entity", one.prr === "" && one.blank === "" ? answer.entity : ""]),
      h("p", {}, h("strong", {}, t("case.proposal")), " ",
        named("proposal.", String(one.kind)) ?? said(one.proposal))),
    ...(answer.explanation.length > 0
      ? [panel("case.explanation", h("ul", { class: "plain" }, ...answer.explanation.map((line, i) =>
        h("li", {}, remarkText(context, answer.remarks[i]) ?? said(line)))))]
      : []),
    ...(cards.length > 0 ? [panel("case.cards", cardTable(context, cards))] : []),
    panel("case.evidence", sideBySide(context, answer.evidence),
      answer.evidence.length < one.evidence.length &&
        h("p", { class: "more" }, t("case.moreEvidence", { n: one.evidence.length - answer.evidence.length }))),
    after, decision, evidencePack(context, { caseId }));
}

export const oneCase: Screen = {
  id: "case",
  title: "case.title",
  under: "cases",
  show: (context, place, address) => fill(context, place, address.subject),
};
