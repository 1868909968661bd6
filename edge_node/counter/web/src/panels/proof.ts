// What is proven to have arrived at the district, and what is not. Only a receipt counts as proof.
import { h } from "../../common/dom.js";
import { count, t } from "../../common/messages.js";
import { qrPicture } from "../qr.js";
import { timeText } from "../../common/time.js";
import { figure, type Panel } from "./panel.js";

export const proof: Panel = {
  id: "proof",
  title: "proof.heading",
  place: "side",
  content: ({ office: { status, facts } }) => {
    if (!status) return [];
    const unproven = status.logEntries - status.logEntriesProven;
    const at = timeText(status.lastReceiptMicros, facts?.utcOffsetMinutes ?? 0);
    return [
      status.proofQr && qrPicture(status.proofQr, t("proof.qr")),
      h(
        "ul",
        { class: "figures" },
        figure("proof.proven", count(status.logEntriesProven), "✓ "),
        figure("proof.unproven", count(unproven), unproven > 0n ? "… " : ""),
      ),
      status.proofCode
        ? h("p", { class: "proof-code" }, t("proof.code"), " ", h("strong", {}, status.proofCode))
        : h("p", {}, t("proof.none")),
      status.proofCode !== "" && h("p", { class: "more" }, t("proof.at", { at })),
    ];
  },
};
