// Papers to sign, and the register of their numbers: void ones stay in it.
import { h } from "../../common/dom.js";
import { count, t } from "../../common/messages.js";
import { PaperKind, type IssuedPaper } from "../../gen/keping/central/v1/paper_pb.js";
import { dayOf, isoOf, today } from "../days.js";
import { form, numbersOf, required, select, text } from "../form.js";
import { list, panel, table, type Part } from "../parts.js";
import { paperEntry } from "../papers.js";
import { MAY } from "../roles.js";
import { linkTo, type Address, type Context, type Screen } from "../screen.js";
import { paperName } from "../words.js";

const YEARS = 5;

function maker(context: Context, address: Address, made: () => void): HTMLElement {
  const mayMake = numbersOf(PaperKind).filter((one) =>
    one !== PaperKind.INVITATIONS || context.session.may(MAY.examine));
  const kind = mayMake.find((one) => String(one) === address.get("kind")) ?? PaperKind.HANDOVER;
  const kinds = select("kind", "paper.which",
    mayMake.map((one): [string, string] => [String(one), paperName(one)]), String(kind));
  kinds.input.onchange = () => {
    location.hash = linkTo("papers", "", { kind: kinds.input.value });
  };
  return panel("paper.makeTitle", h("p", { class: "hint" }, t("paper.hint")),
    h("form", { class: "filters" }, h("p", {}, h("label", { htmlFor: kinds.input.id }, t(kinds.label)), kinds.input)),
    paperEntry(context, kind, { reference: address.get("reference"), node: address.get("node") }, made));
}

function stateOf(one: IssuedPaper): Part {
  if (one.voidReason === "") return `✓ ${t("paper.holds")}`;
  return h("span", {}, `✗ ${t("paper.void", { reason: one.voidReason })} · `,
    list([one.voidedBy, one.voidedSecond], " + "));
}

async function register(context: Context, year: number): Promise<HTMLElement> {
  const { papers } = await context.rpc.papers.listPapers({ year });
  return h("div", { id: "register" }, table(
    ["paper.number", "paper.which", "paper.subject", "paper.day", "paper.by", "paper.copies", "paper.state"],
    papers.map((one): Part[] => [one.number, paperName(one.kind), one.subject, dayOf(one.dayDays), one.by,
      count(one.copies), stateOf(one)]), "paper.none", [5]));
}

function voidForm(context: Context, voided: () => void): HTMLElement {
  return h("details", {}, h("summary", {}, t("paper.voidTitle")), form(context, {
    fields: [required(text("number", "paper.number", "", "paper.numberHint")),
      required(text("reason", "paper.reason", "", "paper.reasonHint"))],
    submit: "paper.voidSend",
    second: true,
    run: async (entered, confirmed) => {
      await context.rpc.papers.voidPaper({ number: entered.text("number"), reason: entered.text("reason"),
        by: context.session.person, second: entered.text("second") }, confirmed);
      voided();
      return t("paper.voided", { number: entered.text("number") });
    },
  }));
}

export const papers: Screen = {
  id: "papers",
  title: "paper.title",
  show: async (context, place, address) => {
    const thisYear = Number(isoOf(today(context.facts.utcOffsetMinutes)).slice(0, 4));
    const years = select("year", "paper.year", [["0", t("paper.allYears")],
      ...Array.from({ length: YEARS }, (_, i) => String(thisYear - i)).map((one): [string, string] => [one, one])],
    String(thisYear));
    let shown = await register(context, thisYear);
    const again = () => {
      void register(context, Number(years.input.value)).then((fresh) => {
        shown.replaceWith(fresh);
        shown = fresh;
      }).catch(() => undefined);
    };
    years.input.onchange = again;
    place.append(maker(context, address, again), panel("paper.register",
      h("form", { class: "filters" }, h("p", {}, h("label", { htmlFor: years.input.id }, t(years.label)), years.input)),
      shown, context.session.may(MAY.keepNumbers) && voidForm(context, again)));
  },
};
