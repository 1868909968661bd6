// The custody explorer: a blank's life as a time line, found by its serial.
import { h } from "../../common/dom.js";
import { t } from "../../common/messages.js";
import { form, required, text } from "../form.js";
import { facts, fillNotice, link, list, panel } from "../parts.js";
import { MAY } from "../roles.js";
import { linkTo, type Context, type Screen } from "../screen.js";
import { accountOf, blankLink, caseLink, officeOf, recordLink, timeLine } from "../words.js";
import { evidencePack } from "./evidence.js";

const isNik = (typed: string) => /^\d{16}$/.test(typed.replace(/\s/g, ""));

export function searchForm(label: "search.blank" | "search.record", screen: string, subject: string): HTMLElement {
  const field = required(text("subject", label, subject));
  const notice = h("div", { class: "notice", role: "alert" });
  return h("form", {
    class: "filters",
    role: "search",
    onsubmit: (event: SubmitEvent) => {
      event.preventDefault();
      const typed = field.input.value.trim();
      // An address stays in the browser's history.
      if (isNik(typed)) return fillNotice(notice, "bad", t("search.nik"));
      location.hash = linkTo(screen, typed);
    },
  }, h("p", {}, h("label", { htmlFor: field.input.id }, t(label)), field.input), notice,
  h("p", { class: "buttons" }, h("button", { type: "submit" }, t("search.go"))));
}

async function life(context: Context, place: HTMLElement, blank: string): Promise<void> {
  const traced = await context.rpc.desk.traceBlank({ blank });
  place.append(
    h("div", { class: "panel", id: "where" }, h("p", { class: "lead" }, h("strong", {}, traced.blank)), facts(
      ["blank.where", `${accountOf(traced.account)} · ${officeOf(context, traced.holder)}`],
      ["blank.issued", traced.issued ? t("words.yes") : `⚠ ${t("blank.notIssued")}`],
      ["blank.otherName", blankLink(traced.otherName)],
      ["blank.box", traced.box],
      ["blank.lot", traced.lot],
      ["blank.allotment", traced.allotment !== "" && link(linkTo("deliveries", traced.allotment), traced.allotment)],
      ["blank.records", traced.prrs.length > 0 && list(traced.prrs.map(recordLink))],
      ["blank.cases", traced.cases.length > 0 && list(traced.cases.map(caseLink))])),
    panel("blank.life", h("p", { class: "hint" }, t("timeline.hint")), timeLine(context, traced.facts)),
    evidencePack(context, { blank: traced.blank }));
}

// Its printed serial and its chip's UID are one blank.
function identify(context: Context): HTMLElement {
  return h("details", {}, h("summary", {}, t("identify.title")), form(context, {
    fields: [required(text("printed", "identify.printed")), required(text("uid", "identify.uid"))],
    submit: "identify.send",
    run: async (entered) => {
      await context.rpc.desk.identifyBlank({ printed: entered.text("printed"), uid: entered.text("uid"),
        by: context.session.person });
      return h("span", {}, t("identify.done"), " ", blankLink(entered.text("printed")));
    },
  }));
}

export const blank: Screen = {
  id: "blank",
  title: "blank.title",
  show: async (context, place, { subject }) => {
    place.append(h("div", { class: "panel" }, searchForm("search.blank", "blank", subject),
      searchForm("search.record", "record", ""),
      h("p", {}, link(linkTo("deliveries"), t("custody.title"))),
      context.session.may(MAY.enterForPlan) && identify(context)));
    if (subject !== "") await life(context, place, subject);
  },
};
