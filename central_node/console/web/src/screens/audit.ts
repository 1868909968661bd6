// What is looked into: all that was done with one person's data, pictures that were destroyed, and what
// closed machines sent after their end.
import { h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import type { ReportSubjectResponse } from "../../gen/keping/central/v1/desk_pb.js";
import { form, required, text } from "../form.js";
import { panel, table, type Part } from "../parts.js";
import { MAY } from "../roles.js";
import type { Context, Screen } from "../screen.js";
import { villageOf } from "../villages.js";
import { eventOf, officeOf, recordLink, timeOf } from "../words.js";

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

async function claims(context: Context): Promise<HTMLElement> {
  const { streams } = await context.rpc.ends.listClaims({});
  return panel("audit.claims", table(["offices.office", "audit.log", "audit.facts", "audit.claimed"],
    streams.map((one): Part[] => [officeOf(context, one.node), one.incarnation, count(one.factSeq),
      count(one.claimedSeq)]), "audit.noClaims", [2, 3]));
}

export const audit: Screen = {
  id: "audit",
  title: "audit.title",
  show: async (context, place) => {
    place.append(context.session.may(MAY.examine) ? subject(context) : h("p", { class: "hint" }, t("audit.notYou")), ...(await Promise.all([destructions(context), claims(context)])));
  },
};
