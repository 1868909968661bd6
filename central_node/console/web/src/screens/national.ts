// The link to the national server, the district's own log, and days that wait for a person's word.
import { h } from "../../common/dom.js";
import { count, t } from "../../common/messages.js";
import { dayOf } from "../days.js";
import { form } from "../form.js";
import { facts, figure, figures, list, panel, said } from "../parts.js";
import { remarkText } from "../remarks.js";
import { MAY } from "../roles.js";
import type { Screen } from "../screen.js";
import { officeOf } from "../words.js";

export const national: Screen = {
  id: "national",
  title: "national.title",
  show: async (context, place) => {
    const status = await context.rpc.district.getStatus({});
    const close = form(context, {
      fields: [],
      submit: "national.closeDays",
      run: async () => {
        const { lastDays } = await context.rpc.desk.closeDays({ by: context.session.person });
        return t("national.daysClosed", { day: dayOf(lastDays) });
      },
    });
    place.append(
      panel("national.link",
        h("p", { class: "lead" }, status.nationalConnected ? `● ${t("national.connected")}` : `○ ${t("national.apart")}`),
        status.nationalProblem !== "" && h("p", {}, "⚠ ",
          remarkText(context, status.nationalRemark) ?? said(status.nationalProblem)),
        figures(
          figure("national.waiting", status.reportsWaiting),
          figure("national.confirmed", status.reportsConfirmed),
          figure("national.rejected", status.reportsRejected, status.reportsRejected > 0n ? "⚠ " : ""))),
      panel("national.records", figures(
        figure("national.received", status.prrsReceived), figure("national.leased", status.prrsLeased),
        figure("national.printed", status.prrsPrinted), figure("national.withdrawn", status.prrsWithdrawn),
        figure("national.allotted", status.blanksAllotted))),
      panel("national.log",
        facts(
          ["national.generation", status.generation],
          ["national.entries", count(status.logEntries)],
          ["national.nodeEntries", count(status.nodeEntries)],
          ["national.toJudge", count(status.entriesToJudge)],
          ["national.key", status.centreKey],
          ["national.lastClosed", status.lastClosedDays > 0 ? dayOf(status.lastClosedDays) : t("national.noDay")]),
        status.nodesUnheard.length > 0 && h("p", {}, "⚠ ", t("national.unheard"), " ",
          list(status.nodesUnheard.map((node) => officeOf(context, node))))));
    if (status.daysLeftOpen > 0) {
      place.append(panel("national.days", h("p", {}, "⚠ ", t("national.daysHint", { n: status.daysLeftOpen })),
        context.session.may(MAY.administer) && close));
    }
  },
};
