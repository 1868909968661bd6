// What is looked into: all that was done with one person's data, pictures that were destroyed, and what
// closed machines sent after their end.
import { h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import type { ReportSubjectResponse } from "../../gen/keping/central/v1/desk_pb.js";
import { CaseKind } from "../../gen/keping/log/v1/case_pb.js";
import { FigureKind } from "../../gen/keping/log/v1/district_pb.js";
import { PaperKind } from "../../gen/keping/central/v1/paper_pb.js";
import { isoOf, today } from "../days.js";
import { day, form, longText, number, numbersOf, required, select, text } from "../form.js";
import { link, panel, table, type Part } from "../parts.js";
import { paperEntry } from "../papers.js";
import { MAY } from "../roles.js";
import { linkTo, type Context, type Screen } from "../screen.js";
import { villageOf } from "../villages.js";
import { eventOf, officeOf, officeOptions, recordLink, timeOf } from "../words.js";
import { claims } from "./claims.js";

const PAGE = 50;

function report(context: Context, { records, reads }: ReportSubjectResponse): HTMLElement[] {
  return [
    panel("audit.records", table(["cases.record", "record.state", "record.holder", "record.village", "audit.cards"],
      records.map((one): Part[] => [recordLink(one.prr), named("record.", one.state) ?? one.state,
        officeOf(context, one.holder), villageOf(context, one.village), count(one.cards.length)]), "audit.noRecords", [4])),
    panel("audit.reads", table(["audit.time", "audit.person", "audit.where", "audit.purpose", "cases.record"],
      reads.map((one): Part[] => [timeOf(context, one.fact?.wallMicros ?? 0n), one.fact?.person ?? "",
        officeOf(context, one.fact?.node ?? ""),
        h("span", {}, named("purpose.", String(one.purpose)) ?? "", one.ofPlan && ` ${t("audit.ofPlan")}`),
        recordLink(one.prr)]), "audit.noReads")),
  ];
}

function subject(context: Context): HTMLElement {
  const answer = h("div", { class: "column" });
  const nik = required(text("nik", "audit.nik", "", "audit.nikHint"));
  Object.assign(nik.input, { inputMode: "numeric", pattern: "\\d{16}", maxLength: 16 });
  const entry = form(context, {
    fields: [nik],
    submit: "audit.ask",
    run: async (entered) => {
      const found = await context.rpc.desk.reportSubject({ nik: entered.text("nik"), by: context.session.person });
      answer.replaceChildren(...report(context, found));
      // Nobody who comes by reads whose data it was.
      nik.input.value = "";
      return t("audit.logged");
    },
  });
  return h("div", { class: "column" }, panel("audit.subject", h("p", { class: "hint" }, t("audit.hint")), entry), answer);
}

async function destructions(context: Context): Promise<HTMLElement> {
  const { records, pictureDays } = await context.rpc.desk.listDestructions({ pageSize: PAGE });
  return panel("audit.destructions", h("p", { class: "hint" }, t("audit.kept", { days: pictureDays })),
    table(["cases.record", "audit.what", "audit.time"], records.map((one): Part[] => [recordLink(one.prr),
      one.facts.map((fact) => eventOf(fact.event)).join(", "),
      one.facts.map((fact) => timeOf(context, fact.wallMicros)).join(", ")]), "audit.noDestructions"));
}

function burnings(context: Context): HTMLElement {
  return panel("audit.burnings", paperEntry(context, PaperKind.DESTRUCTION, {}));
}

// What a report on paper says: it is compared with the books, and moves nothing.
function reported(context: Context): HTMLElement {
  const kinds = numbersOf(FigureKind).map((kind): [string, string] =>
    [String(kind), named("figure.", String(kind)) ?? ""]);
  return panel("figures.title", h("p", { class: "hint" }, t("figures.hint")), form(context, {
    fields: [
      select("kind", "figures.kind", kinds),
      select("node", "offices.office", officeOptions(context, t("words.everywhere"))),
      required(day("upto", "figures.upto", isoOf(today(context.facts.utcOffsetMinutes)))),
      longText("parts", "figures.parts", "", "figures.partsHint"),
      required(number("total", "figures.total", "", 0)),
      required(text("document", "loan.document")),
    ],
    submit: "figures.send",
    run: async (entered) => {
      const parts = entered.text("parts").split("\n").map((line) => line.trim()).filter((line) => line !== "");
      await context.rpc.desk.reportFigures({
        kind: entered.number("kind"), node: entered.text("node"), uptoDays: entered.day("upto"),
        // The number is the last word.
        parts: parts.map((line) => ({ label: line.replace(/\s*\d+$/, ""),
          quantity: BigInt(/(\d+)$/.exec(line)?.[1] ?? "0") })),
        total: entered.big("total"), document: entered.text("document"), by: context.session.person });
      return h("span", {}, t("figures.done"), " ", link(linkTo("cases", "", { kind: String(CaseKind.REPORT_CONTRADICTION) }),
        t("cases.title")));
    },
  }));
}

export const audit: Screen = {
  id: "audit",
  title: "audit.title",
  show: async (context, place) => {
    place.append(context.session.may(MAY.examine) ? subject(context) : h("p", { class: "hint" }, t("audit.notYou")),
      ...(await Promise.all([destructions(context), claims(context)])),
      ...(context.session.may(MAY.enterForPlan) ? [reported(context)] : []), burnings(context));
  },
};
