// The planner: when blanks run out, who prints what on which day, what each office and village lacks, and
// what to ask the capital for.
import { h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import { PaperKind } from "../../gen/keping/central/v1/paper_pb.js";
import type {
  GetForecastResponse,
  OfficeReadiness,
  PlannedDay,
} from "../../gen/keping/central/v1/planning_pb.js";
import { chart } from "../chart.js";
import { dayOf, isoOf, today } from "../days.js";
import { day, form, number, required, select, text } from "../form.js";
import { facts, link, list, panel, table, type Part } from "../parts.js";
import { paperDetails } from "../papers.js";
import { MAY } from "../roles.js";
import { linkTo, type Address, type Context, type Screen } from "../screen.js";
import { villageField, villageOf } from "../villages.js";
import { officeOf, officeOptions, recordLink, timeOf } from "../words.js";

const CALENDAR_DAYS = 21;

function sentence({ district, request }: GetForecastResponse): Part {
  const records = district?.backlog?.records ?? 0n;
  const blanks = district?.blanks ?? 0n;
  const run = district?.runOut;
  const ends = district?.backlog?.endsOn;
  const first = !run
    ? t("plan.suffices", { records: count(records), blanks: count(blanks) })
    : run.usedUpOn === undefined
      ? t("plan.none", { records: count(records) })
      : t("plan.until", { records: count(records), blanks: count(blanks), day: dayOf(run.usedUpOn),
        working: run.workingDays });
  return h("p", { class: "lead", id: "forecast" }, first, " ",
    ends !== undefined ? t("plan.ends", { day: dayOf(ends) }) : t("plan.noEnd"),
    request && h("strong", {}, " ", request.late ? "⚠ " : "", t("plan.ask", { blanks: count(request.blanks),
      by: dayOf(request.requestBy), arrive: dayOf(request.arriveBy) })));
}

// What is left of today's blanks while the plan prints; those that are still to come are not in it.
function curve({ stamp, district }: GetForecastResponse): HTMLElement {
  const waiting = (district?.backlog?.waiting ?? []).map(Number);
  const [records, blanks] = [Number(district?.backlog?.records ?? 0n), Number(district?.blanks ?? 0n)];
  const days = waiting.map((_, i) => (stamp?.firstDay ?? 0) + i);
  return panel("plan.curve", chart("plan.curve", days, [
    { label: "plan.waiting", values: waiting, colour: "#0b5d5a" },
    { label: "plan.blanksLeft", values: waiting.map((left) => Math.max(0, blanks - (records - left))),
      colour: "#9b1c1c", dash: [8, 5] },
  ]));
}

function offices(context: Context, { offices: all }: GetForecastResponse): HTMLElement {
  return panel("plan.offices", table(
    ["offices.office", "plan.waiting", "plan.blanks", "plan.usedUp", "plan.endsOn", "plan.ribbons"],
    all.map((one): Part[] => [
      officeOf(context, one.node),
      count(one.backlog?.records ?? 0n),
      count(one.blanks),
      one.runOut ? `⚠ ${one.runOut.usedUpOn === undefined ? t("plan.now") : dayOf(one.runOut.usedUpOn)}` : t("plan.enough"),
      one.backlog?.endsOn === undefined ? t("plan.notWithin") : dayOf(one.backlog.endsOn),
      one.ribbonsEndOn === undefined ? t("plan.enough") : `⚠ ${dayOf(one.ribbonsEndOn)}`,
    ]), "offices.empty", [1, 2]));
}

function proposals(context: Context, { dispatches, lendings, lateAllotments }: GetForecastResponse): HTMLElement {
  const rows = dispatches.flatMap((one) => one.shares.filter((share) => share.blanks > 0n).map((share): Part[] => [
    dayOf(one.day),
    officeOf(context, share.node),
    count(share.blanks),
    one.allotment === "" ? t("plan.fromStock") : one.allotment,
    context.session.may(MAY.send) && link(linkTo("transfers", "",
      { node: share.node, quantity: String(share.blanks) }), t("plan.send")),
  ]));
  return panel("plan.proposals",
    table(["plan.day", "offices.office", "plan.blanks", "plan.from", "plan.act"], rows, "plan.noDispatch", [2]),
    lendings.length > 0 && h("ul", { class: "plain" }, ...lendings.map((one) => h("li", {}, t("plan.lend", {
      from: officeOf(context, one.fromNode), to: officeOf(context, one.toNode), blanks: count(one.blanks),
      day: dayOf(one.sendBy) })))),
    lateAllotments.length > 0 && h("ul", { class: "plain" }, ...lateAllotments.map((one) => h("li", {}, "⚠ ",
      t("plan.late", { allotment: one.allotment, arrives: dayOf(one.arrivesOn), needed: dayOf(one.neededOn) })))));
}

function readiness(context: Context, all: OfficeReadiness[]): HTMLElement {
  const needOf = (need: number) => named("need.", String(need)) ?? "";
  return panel("plan.readiness", table(
    ["offices.office", "plan.has", "plan.lacks", "plan.startsOn"],
    all.map((one): Part[] => [
      officeOf(context, one.node),
      list(one.items.map((item) => `${needOf(item.need)} ${count(item.count)}`)),
      one.blockedBy.length === 0 ? `✓ ${t("offices.ready")}` : h("span", { class: "lacks" }, "⚠ ",
        list(one.blockedBy.map(needOf))),
      one.startsOn === undefined ? t("plan.notWithin") : dayOf(one.startsOn),
    ]), "offices.empty"), context.session.may(MAY.enterForPlan) && printer(context));
}

// A printer came, moved or broke: the plan follows.
function printer(context: Context): HTMLElement {
  return h("details", {}, h("summary", {}, t("printer.title")), form(context, {
    fields: [
      required(text("printer", "card.printer", "", "printer.hint")),
      select("node", "offices.office", officeOptions(context)),
      required(number("cards", "printer.cards", "0", 0)),
      required(day("from", "printer.from", isoOf(today(context.facts.utcOffsetMinutes)))),
    ],
    submit: "printer.send",
    run: async (entered) => {
      await context.rpc.desk.statePrinter({ printer: entered.text("printer"), node: entered.text("node"),
        cardsPerDay: entered.number("cards"), fromDays: entered.day("from"), by: context.session.person });
      return t("printer.done", { printer: entered.text("printer") });
    },
  }));
}

function villages(context: Context, { villages: all, ready }: GetForecastResponse): HTMLElement {
  const entry = form(context, {
    fields: [
      villageField(context),
      required(day("day", "plan.readyDay", isoOf(today(context.facts.utcOffsetMinutes)))),
      number("persons", "plan.persons", "0", 0),
      select("withdrawn", "plan.readyHow", [["", t("plan.isReady")], ["yes", t("plan.notReady")]]),
    ],
    submit: "plan.enterReadiness",
    run: async (entered) => {
      await context.rpc.desk.enterReadiness({
        village: entered.text("village"),
        dayDays: entered.day("day"),
        persons: entered.number("persons"),
        withdrawn: entered.text("withdrawn") !== "",
        by: context.session.person,
      });
      return t("plan.readinessDone", { village: villageOf(context, entered.text("village")) });
    },
  });
  return panel("plan.villages", h("div", { class: "scrolls", tabIndex: 0, role: "region", "aria-label": t("plan.villages") },
    table(["plan.village", "plan.waiting", "plan.endsOn"],
      all.map((one): Part[] => [villageOf(context, one.village), count(one.backlog?.records ?? 0n),
        one.backlog?.endsOn === undefined ? t("plan.notWithin") : dayOf(one.backlog.endsOn)]),
      "plan.noVillages", [1])),
  ready.length > 0 && h("h3", {}, t("plan.readyEntered")),
  ready.length > 0 && h("ul", { class: "plain" }, ...ready.map((one) => h("li", {}, t("plan.readyLine", {
    village: villageOf(context, one.village),
    day: dayOf(one.day),
    persons: one.persons === 0 ? t("plan.readyAll") : t("plan.readyMost", { n: one.persons }),
  })))),
  context.session.may(MAY.enterForPlan) && h("details", {}, h("summary", {}, t("plan.enterReadiness")), entry));
}

async function calendar(context: Context, address: Address): Promise<HTMLElement> {
  const node = address.get("node") || (context.facts.offices[0]?.node ?? "");
  const { days } = await context.rpc.planning.getPlan({ node, pageSize: CALENDAR_DAYS });
  const chosen = select("node", "cases.node", officeOptions(context), node);
  chosen.input.onchange = () => {
    location.hash = linkTo("plan", "", { node: chosen.input.value });
  };
  const row = (one: PlannedDay): Part[] => [
    dayOf(one.day),
    named("day.", String(one.state)) ?? "",
    count(one.printed),
    count(one.blanks),
    count(one.waiting),
    list(one.runs.map((run) => `${run.printer}: ${run.operatorId} (${count(run.prrs.length)})`)),
  ];
  return panel("plan.calendar",
    h("form", { class: "filters" }, h("p", {}, h("label", { htmlFor: chosen.input.id }, t(chosen.label)), chosen.input)),
    table(["plan.day", "plan.state", "plan.printed", "plan.blanks", "plan.waiting", "plan.runs"], days.map(row),
      "plan.noDays", [2, 3, 4]));
}

function whatIf(context: Context): HTMLElement {
  const answer = h("div", {});
  return panel("split.title", h("p", { class: "hint" }, t("split.hint")), form(context, {
    fields: [required(number("blanks", "plan.blanks"))],
    submit: "split.go",
    run: async (entered) => {
      const split = await context.rpc.planning.proposeSplit({ blanks: entered.big("blanks") });
      answer.replaceChildren(table(["offices.office", "plan.blanks"],
        split.shares.map((share): Part[] => [officeOf(context, share.node), count(share.blanks)]),
        "offices.empty", [1]));
      const until = split.coveredUntil === undefined ? t("split.notEven") : t("split.until", { day: dayOf(split.coveredUntil) });
      return `${until} ${t("split.reserve", { blanks: count(split.reserve) })}`;
    },
  }), answer);
}

async function requests(context: Context, { request }: GetForecastResponse): Promise<HTMLElement> {
  const { requests: all } = await context.rpc.planning.listBlankRequests({});
  const answered = (accepted: boolean, expected: number | undefined, reason: string) =>
    !accepted ? `✗ ${t("request.refused", { reason })}`
      : `✓ ${expected === undefined ? t("request.accepted") : t("request.expected", { day: dayOf(expected) })}`;
  const rows = all.map((one): Part[] => [
    one.request,
    count(one.blanks),
    dayOf(one.neededByDay),
    list([one.by, one.second], " + "),
    timeOf(context, one.askedMicros),
    one.answered ? answered(one.accepted, one.expectedDay, one.reason) : `… ${t("request.waits")}`,
  ]);
  const entry = form(context, {
    fields: [
      required(text("request", "request.number", "", "request.numberHint")),
      required(number("blanks", "plan.blanks", request ? String(request.blanks) : "")),
      required(day("day", "request.neededBy", request ? isoOf(request.arriveBy) : "")),
    ],
    submit: "request.send",
    second: true,
    run: async (entered, confirmed) => {
      const { blanks, neededByDay } = await context.rpc.planning.requestBlanks({
        request: entered.text("request"),
        blanks: entered.big("blanks"),
        neededByDay: entered.day("day"),
        by: context.session.person,
        second: entered.text("second"),
      }, confirmed);
      return t("request.done", { blanks: count(blanks), day: dayOf(neededByDay) });
    },
  });
  return panel("request.title",
    table(["request.number", "plan.blanks", "request.neededBy", "request.by", "request.asked", "request.answer"],
      rows, "request.none", [1]),
    context.session.may(MAY.askForBlanks) && h("details", {}, h("summary", {}, t("request.new")), entry));
}

async function leaseMoves(context: Context): Promise<HTMLElement | undefined> {
  const { moves } = await context.rpc.planning.listLeaseMoves({});
  if (moves.length === 0) return undefined;
  return panel("plan.moves", table(["dispatch.fromOffice", "dispatch.to", "plan.why", "plan.neededBy", "plan.recordCount"],
    moves.map((one): Part[] => [officeOf(context, one.fromNode), officeOf(context, one.toNode),
      named("move.", String(one.reason)) ?? "", dayOf(one.neededBy), count(one.prrs.length)]), "plan.noDays", [4]));
}

// When the people of a village come. A look at personal data, which is on record.
function invitations(context: Context): HTMLElement {
  const answer = h("div", {});
  return panel("invite.title", h("p", { class: "hint" }, t("invite.hint")), form(context, {
    fields: [villageField(context)],
    submit: "invite.show",
    run: async (entered) => {
      const { invitations: all } = await context.rpc.planning.listInvitations({
        village: entered.text("village"), by: context.session.person });
      answer.replaceChildren(table(["cases.record", "audit.nik", "plan.day", "invite.hour"],
        all.map((one): Part[] => [recordLink(one.prr), one.maskedNik,
          one.day === undefined ? t("record.notPlanned") : dayOf(one.day),
          one.hour === undefined ? "" : t("invite.from", { hour: String(one.hour).padStart(2, "0") })]),
        "invite.none"), paperDetails(context, PaperKind.INVITATIONS, { reference: entered.text("village") }));
      return t("invite.done", { n: all.length });
    },
  }), answer);
}

export const planner: Screen = {
  id: "plan",
  title: "plan.title",
  show: async (context, place, address) => {
    const [forecast, ready, dates, moves] = await Promise.all([
      context.rpc.planning.getForecast({}),
      context.rpc.planning.getReadiness({}),
      calendar(context, address),
      leaseMoves(context),
    ]);
    const made = forecast.stamp ? timeOf(context, forecast.stamp.madeMicros) : "";
    place.append(
      h("div", { class: "panel" }, sentence(forecast), facts(["plan.made", made])),
      h("div", { class: "pair" }, curve(forecast), offices(context, forecast)),
      proposals(context, forecast), dates,
      h("div", { class: "pair" }, readiness(context, ready.offices), villages(context, forecast)),
      ...(moves ? [moves] : []), await requests(context, forecast),
      h("div", { class: "pair" }, whatIf(context),
        context.session.may(MAY.examine) ? invitations(context) : ""));
  },
};
