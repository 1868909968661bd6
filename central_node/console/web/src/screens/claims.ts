// What machines sent after their end, entry by entry, and believing them up to a signed one by two persons.
import { h } from "../../common/dom.js";
import { count, t } from "../../common/messages.js";
import type { ClaimedStream } from "../../gen/keping/central/v1/node_end_pb.js";
import { form, required, select, text } from "../form.js";
import { panel, table, type Part } from "../parts.js";
import { MAY } from "../roles.js";
import type { Context } from "../screen.js";
import { eventOf, officeOf, timeOf } from "../words.js";

function entries(context: Context, { claims }: ClaimedStream): HTMLElement {
  return h("div", { class: "scrolls", tabIndex: 0, role: "region", "aria-label": t("audit.claims") }, table(
    ["compare.entry", "audit.what", "audit.time", "claims.signed"],
    claims.map((one): Part[] => [count(one.seq), eventOf(one.event), timeOf(context, one.wallMicros),
      one.signed ? `✓ ${t("words.yes")}` : ""]), "audit.noClaims", [0]));
}

function accept(context: Context, stream: ClaimedStream): HTMLElement {
  const signed = stream.claims.filter((one) => one.signed).map(({ seq }): [string, string] =>
    [String(seq), count(seq)]);
  return h("details", {}, h("summary", {}, t("claims.accept")), form(context, {
    fields: [required(select("seq", "claims.upTo", signed)), required(text("document", "loan.document"))],
    submit: "claims.send",
    second: true,
    run: async (entered, confirmed) => {
      const { factSeq } = await context.rpc.ends.acceptClaims({
        node: stream.node, incarnation: stream.incarnation, upToSeq: entered.big("seq"),
        document: entered.text("document"), by: context.session.person, second: entered.text("second") }, confirmed);
      return t("claims.done", { seq: count(factSeq) });
    },
  }));
}

export async function claims(context: Context): Promise<HTMLElement> {
  const { streams } = await context.rpc.ends.listClaims({});
  return panel("audit.claims", streams.length > 0 && h("p", { class: "hint" }, t("claims.hint")),
    table(["offices.office", "audit.log", "audit.facts", "audit.claimed"],
      streams.map((one): Part[] => [officeOf(context, one.node), one.incarnation, count(one.factSeq),
        count(one.claimedSeq)]), "audit.noClaims", [2, 3]),
    ...streams.filter((one) => one.claims.length > 0).map((one) => h("div", {},
      h("h3", {}, `${officeOf(context, one.node)} · ${one.incarnation}`), entries(context, one),
      context.session.may(MAY.lease) && accept(context, one))));
}
