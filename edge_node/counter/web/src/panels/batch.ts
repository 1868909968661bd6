// What is left of the chosen printer's batch while the desk is at something else: cards that want their
// scan, and, until work goes on, blanks of the hopper that were not printed.
import type { GetBatchResponse } from "../../gen/keping/edge/v1/press_pb.js";
import { h } from "../../common/dom.js";
import { named, t } from "../../common/messages.js";
import { runs } from "../task.js";
import type { Context, Panel } from "./panel.js";

function current({ office, desk }: Context): GetBatchResponse | undefined {
  return office.batches.find(
    (one) =>
      one.printer === desk.printer &&
      (runs(one) || one.toScan.length > 0 || (one.waiting.length > 0 && !desk.isPast(one))),
  );
}

export const batch: Panel = {
  id: "batch",
  title: "batch.heading",
  place: "side",
  shown: (context) => context.desk.task.kind !== "batch" && current(context) !== undefined,
  content: (context) => {
    const one = current(context);
    if (!one) return [];
    const end = runs(one) ? t("batch.runs") : (named("batch.end.", String(one.end)) ?? t("batch.ended"));
    const [out, left] = [one.toScan.length, runs(one) ? 0 : one.waiting.length];
    return [
      h("p", {}, h("strong", {}, end)),
      out > 0 && h("p", {}, t("batch.toScan", { n: out })),
      left > 0 && h("p", {}, t("batch.leftOver", { n: left })),
    ];
  },
};
