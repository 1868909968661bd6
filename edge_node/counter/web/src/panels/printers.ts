// Each printer in words: how it is, what it waits for, how many cards it may still print today.
import type { PrinterReason, PrinterState } from "../../gen/keping/edge/v1/edge_pb.js";
import { h } from "../../common/dom.js";
import { language, named, t } from "../../common/messages.js";
import { atPrinter, runs } from "../task.js";
import type { Context, Panel } from "./panel.js";

const MARKS: Record<string, string> = { ready: "●", busy: "◐", stopped: "■", unreachable: "✗" };

function reason(one: PrinterReason): Node {
  const id = language() === "id";
  const code = one.code === "" ? "" : ` (${one.code})`;
  return h("p", { class: "reason", lang: language() },
    `⚠ ${id ? one.indonesian : one.english}${code} ${id ? one.indonesianAction : one.englishAction}`);
}

function waitsFor(printer: PrinterState, { office }: Context): string | undefined {
  const job = office.openJobs.find((one) => one.act === printer.openJob);
  if (!job || atPrinter(job)) return undefined;
  // Within a batch it waits for no scan.
  if (office.batches.some((one) => one.batch === job.batch && runs(one))) return undefined;
  return job.state === "doubt" ? t("printer.waitsDoubt") : t("printer.waitsCard");
}

function one(printer: PrinterState, context: Context): Node {
  const { office, desk } = context;
  const duty = office.plan?.duties.find((entry) => entry.printer === printer.printer);
  const left = duty?.leftToday ?? 0;
  const waits = waitsFor(printer, context);
  const choose = h("button", {
    type: "button",
    class: "choose",
    "aria-pressed": String(desk.printer === printer.printer),
    onclick: () => desk.choosePrinter(printer.printer),
  }, printer.printer);
  return h(
    "li",
    { "data-state": printer.state },
    h("div", { class: "printer-name" },
      (office.status?.printers.length ?? 0) > 1 ? choose : h("strong", {}, printer.printer),
      h("span", { class: "state" }, `${MARKS[printer.state] ?? "?"} `,
        named("printer.state.", printer.state) ?? printer.state)),
    waits !== undefined && h("p", { class: "waits" }, waits),
    ...printer.reasons.map(reason),
    h("p", { class: "duty" }, t("printer.left", { left, all: printer.cardsPerDay })),
    h("meter", { min: 0, max: printer.cardsPerDay, value: left, "aria-hidden": "true" }),
  );
}

export const printers: Panel = {
  id: "printers",
  title: "printer.heading",
  place: "side",
  content: (context) => {
    const all = context.office.status?.printers ?? [];
    return [h("ul", { class: "printers" }, ...all.map((printer) => one(printer, context)))];
  },
};
