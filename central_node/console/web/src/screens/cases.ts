// The conflict desk: what is open, by kind and office, page by page.
import { h } from "../../common/dom.js";
import { named, t } from "../../common/messages.js";
import { PaperKind } from "../../gen/keping/central/v1/paper_pb.js";
import { CaseKind } from "../../gen/keping/log/v1/case_pb.js";
import { numbersOf, select } from "../form.js";
import { button, fillNotice, pager, table, type Part } from "../parts.js";
import { paperDetails } from "../papers.js";
import { linkTo, type Address, type Context, type Screen } from "../screen.js";
import { blankLink, caseLink, officeOf, officeOptions, recordLink } from "../words.js";

const PAGE = 25;

export function kindOf(kind: CaseKind): string {
  return named("case.kind.", String(kind)) ?? String(kind);
}

function filters(context: Context, address: Address): HTMLElement {
  const kinds = numbersOf(CaseKind).map((kind): [string, string] => [String(kind), kindOf(kind)]);
  const fields = [
    select("state", "cases.state", [["", t("cases.openOnly")], ["all", t("cases.all")]], address.get("state")),
    select("kind", "cases.kind", [["", t("cases.everyKind")], ...kinds.sort((a, b) => a[1].localeCompare(b[1]))],
      address.get("kind")),
    select("node", "cases.node", officeOptions(context, t("words.everywhere")), address.get("node")),
  ];
  const go = () => {
    const query = Object.fromEntries(fields.map(({ name, input }) => [name, input.value]));
    location.hash = linkTo("cases", "", query);
  };
  for (const { input } of fields) input.onchange = go;
  return h("form", { class: "filters", onsubmit: (event: SubmitEvent) => event.preventDefault() },
    ...fields.map(({ input, label }) => h("p", {}, h("label", { htmlFor: input.id }, t(label)), input)));
}

function countsOf({ live }: Context): string {
  return (live.cases?.counts ?? []).map((one) => `${one.state} ${one.cases}`).join();
}

export const cases: Screen = {
  id: "cases",
  title: "cases.title",
  show: async (context, place, address) => {
    const kind = address.get("kind");
    let counted = countsOf(context);
    const { cases: found, nextPageToken } = await context.rpc.district.listCases({
      openOnly: address.get("state") !== "all",
      kinds: kind === "" ? [] : [Number(kind)],
      node: address.get("node"),
      pageSize: PAGE,
      pageToken: address.get("page"),
    });
    const rows = found.map((one): Part[] => [
      caseLink(one.caseId),
      h("span", {}, h("strong", {}, kindOf(one.kind)), " ", h("span", { class: "code" }, one.code)),
      named("case.state.", String(one.state)) ?? "",
      blankLink(one.blank),
      recordLink(one.prr),
      one.node === "" ? "" : officeOf(context, one.node),
    ]);
    const news = h("div", { class: "notice", role: "status" });
    place.append(
      news,
      h("div", { class: "panel" }, filters(context, address)),
      h("div", { class: "panel" },
        table(["cases.case", "cases.kind", "cases.state", "cases.blank", "cases.record", "cases.node"], rows,
          "cases.empty"),
        pager(nextPageToken, address.get("page") === "", (page) => {
          location.hash = linkTo("cases", "",
            { state: address.get("state"), kind, node: address.get("node"), page });
        }),
        paperDetails(context, PaperKind.RECALLS, { node: address.get("node") })));
    // The list stays as it is while somebody reads it.
    return () => {
      if (counted === "") counted = countsOf(context);
      if (news.hasChildNodes() || countsOf(context) === counted) return;
      fillNotice(news, "note", t("cases.changed"), " ", button("cases.reload", () => {
        dispatchEvent(new HashChangeEvent("hashchange"));
      }));
    };
  },
};
