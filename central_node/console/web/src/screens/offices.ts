// Every office as it is now: link, proof, autonomy, stock, printers, readiness.
import { fillWith, h } from "../../common/dom.js";
import { count, named, t } from "../../common/messages.js";
import { CaseState } from "../../gen/keping/log/v1/event_pb.js";
import type { OfficePicture } from "../../gen/keping/central/v1/watch_pb.js";
import { dayOf } from "../days.js";
import { figure, figures, link, list, table, type Part } from "../parts.js";
import { linkTo, type Context, type Screen } from "../screen.js";
import { officeOf, timeOf } from "../words.js";

function linkWords(context: Context, office: OfficePicture): Part {
  if (office.ended !== "") return `■ ${named("end.", office.ended) ?? office.ended}`;
  if (office.problem !== "") return h("strong", {}, `⚠ ${t("offices.problem")}`);
  if (office.connected) return `● ${t("offices.connected")}`;
  const since = timeOf(context, office.lastContactMicros);
  return h("span", {}, `○ ${t("offices.apart")}`, h("small", {}, since && ` ${t("offices.since", { since })}`));
}

function readiness({ lacks }: OfficePicture): Part {
  if (lacks.length === 0) return `✓ ${t("offices.ready")}`;
  const words = lacks.map((need) => named("need.", String(need)) ?? String(need));
  return h("span", { class: "lacks" }, "⚠ ", t("offices.lacks"), " ", list(words));
}

function row(context: Context, office: OfficePicture): Part[] {
  const days = count(office.daysLeft);
  return [
    h("span", {}, h("strong", {}, officeOf(context, office.node)), " ", h("small", {}, office.node)),
    linkWords(context, office),
    count(office.provenSeq),
    h("span", {}, office.daysLeft === 0 && "⚠ ", t("offices.days", { days })),
    count(office.blanksLeft),
    count(office.recordsLeft),
    count(office.recordsPrinted),
    h("span", {}, office.printersWorking === 0 && "⚠ ",
      t("offices.printers", { n: office.printersWorking, cards: office.cardsPerDay })),
    h("span", {}, office.jobsInDoubt > 0 && "⚠ ", count(office.jobsInDoubt)),
    readiness(office),
  ];
}

function summary({ live }: Context): Part {
  const cases = (state: CaseState) => live.cases?.counts.find((one) => one.state === state)?.cases ?? 0n;
  const [open, acting] = [cases(CaseState.OPEN), cases(CaseState.ACTING)];
  const apart = live.offices.filter((one) => !one.connected && one.ended === "").length;
  const closed = live.days?.lastClosedDays ?? 0;
  return h("div", { class: "summary" },
    figures(
      figure("offices.apartCount", apart, apart > 0 ? "○ " : ""),
      figure("offices.open", open, open > 0n ? "⚠ " : ""),
      figure("offices.acting", acting),
      figure("offices.waiting", live.national?.reportsWaiting ?? 0n)),
    h("p", {},
      live.national?.connected ? `● ${t("national.connected")}` : `○ ${t("national.apart")}`,
      closed > 0 && ` · ${t("offices.closed", { day: dayOf(closed) })}`,
      (live.days?.daysLeftOpen ?? 0) > 0 && ` · ⚠ ${t("offices.daysOpen", { n: live.days?.daysLeftOpen ?? 0 })}`,
      " · ", link(linkTo("cases"), t("cases.title"))));
}

export const offices: Screen = {
  id: "offices",
  title: "offices.title",
  show: async (context, place) => {
    const above = h("div", { class: "panel" });
    const below = h("div", { class: "panel" });
    place.append(above, below);
    const update = () => {
      place.dataset["reached"] = String(!context.live.lost);
      fillWith(above, summary(context));
      fillWith(below, table(
        ["offices.office", "offices.link", "offices.proven", "offices.autonomy", "offices.stock",
          "offices.records", "offices.printed", "offices.printer", "offices.doubt", "offices.readiness"],
        context.live.offices.map((one) => row(context, one)), "offices.empty", [2, 3, 4, 5, 6, 8]));
    };
    update();
    return update;
  },
};
