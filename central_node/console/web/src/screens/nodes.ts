// The offices' machines: what is proven of their logs, enrolling a new one, ending one, and comparing a
// proof code by telephone.
import { h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import { HeadComparison } from "../../gen/keping/central/v1/central_pb.js";
import { NodeEnd } from "../../gen/keping/log/v1/event_pb.js";
import { form, number, numbersOf, required, select, text } from "../form.js";
import { panel, said, table, type Part } from "../parts.js";
import { MAY } from "../roles.js";
import type { Context, Screen } from "../screen.js";
import { officeOf, officeOptions, timeOf } from "../words.js";

const END_NAMES: Record<number, string> = {
  [NodeEnd.REVOKED]: "revoked",
  [NodeEnd.RETIRED]: "retired",
  [NodeEnd.LOST]: "declared lost",
};
const endOf = (end: string) => named("end.", end) ?? end;

async function list(context: Context): Promise<HTMLElement> {
  const { nodes: all } = await context.rpc.district.listNodes({});
  return panel("node.list", table(
    ["offices.office", "offices.link", "offices.proven", "node.code", "node.contact", "node.certificate", "node.problem"],
    all.map((one): Part[] => [
      h("span", {}, officeOf(context, one.node), " ", h("small", {}, one.incarnation)),
      one.connected ? `● ${t("offices.connected")}` : `○ ${t("offices.apart")}`,
      count(one.provenSeq), one.proofCode, timeOf(context, one.lastContactMicros),
      timeOf(context, one.certificateUntilMicros),
      one.ended !== "" ? `■ ${endOf(one.ended)}` : one.problem !== "" && h("span", {}, "⚠ ", said(one.problem)),
    ]), "offices.empty", [2]));
}

function compare(context: Context): HTMLElement {
  const words: Record<number, "compare.same" | "compare.other" | "compare.notHeld"> = {
    [HeadComparison.SAME]: "compare.same",
    [HeadComparison.OTHER]: "compare.other",
    [HeadComparison.NOT_HELD]: "compare.notHeld",
  };
  return panel("compare.title", h("p", { class: "hint" }, t("compare.hint")), form(context, {
    fields: [select("log", "offices.office", officeOptions(context)), required(number("seq", "compare.entry")),
      required(text("code", "node.code"))],
    submit: "compare.go",
    run: async (entered) => {
      const answer = await context.rpc.district.compareHead({
        log: entered.text("log"), seq: entered.big("seq"), code: entered.text("code") });
      const key = words[answer.comparison] ?? "compare.notHeld";
      return t(key, { held: count(answer.heldSeq) });
    },
  }));
}

function enrol(context: Context): HTMLElement {
  return panel("enrol.title", h("p", { class: "hint" }, t("enrol.hint")), form(context, {
    fields: [select("node", "offices.office", officeOptions(context))],
    submit: "enrol.make",
    run: async (entered) => {
      const { code, authorityFingerprint } = await context.rpc.district.createEnrolmentCode({
        node: entered.text("node"), by: context.session.person });
      return h("span", {}, t("enrol.code"), " ", h("strong", { class: "secret" }, code), h("br"),
        t("enrol.fingerprint"), " ", h("strong", { class: "secret" }, authorityFingerprint));
    },
  }));
}

// Retiring takes one person; the other ends take two and a document.
function end(context: Context, two: boolean): HTMLElement {
  const ends = numbersOf(NodeEnd).filter((one) => (one === NodeEnd.RETIRED) !== two);
  return h("details", {}, h("summary", {}, t(two ? "end.two" : "end.one")), form(context, {
    fields: [select("node", "offices.office", officeOptions(context)),
      select("end", "end.how", ends.map((one): [string, string] => [String(one), endOf(END_NAMES[one] ?? "")])),
      ...(two ? [required(text("document", "loan.document"))] : [])],
    submit: "end.close",
    second: two,
    run: async (entered, confirmed) => {
      const { unsettled } = await context.rpc.ends.closeNode({
        node: entered.text("node"), end: entered.number("end"), document: entered.text("document"),
        by: context.session.person, second: entered.text("second") }, confirmed);
      return t("end.done", { unsettled: count(unsettled) });
    },
  }));
}

export const nodes: Screen = {
  id: "nodes",
  title: "node.title",
  show: async (context, place) => {
    place.append(await list(context), h("div", { class: "pair" }, compare(context),
      ...(context.session.may(MAY.administer) ? [enrol(context)] : [])));
    if (context.session.may(MAY.lease)) place.append(panel("end.title", end(context, false), end(context, true)));
  },
};
