// Papers to sign: which one, as what, and its way into the downloads. The centre gives the number and the
// name of the file.
//
//   paperDetails(context, PaperKind.HANDOVER, { reference: "S-470/7" })
import { h, saveFile } from "../common/dom.js";
import { t } from "../common/messages.js";
import { PaperFormat, PaperKind, PaperLanguage, PaperSize } from "../gen/keping/central/v1/paper_pb.js";
import { daysOf, isoOf, today } from "./days.js";
import { form, number, required, select, text, type Entered, type Field } from "./form.js";
import type { Context } from "./screen.js";
import { villageField } from "./villages.js";
import { officeOptions, paperName, type PaperOf } from "./words.js";

const FORMATS: Record<string, [PaperFormat, PaperSize]> = {
  f4: [PaperFormat.PDF, PaperSize.F4],
  a4: [PaperFormat.PDF, PaperSize.A4],
  xlsx: [PaperFormat.XLSX, PaperSize.UNSPECIFIED],
  csv: [PaperFormat.CSV, PaperSize.UNSPECIFIED],
};

// What the paper is of.
function subjectOf(context: Context, kind: PaperKind, of: PaperOf): Field {
  const now = isoOf(today(context.facts.utcOffsetMinutes));
  const reference = of.reference ?? "";
  switch (kind) {
    case PaperKind.MONTHLY_STOCK: {
      const month = required(text("month", "paper.month", now.slice(0, 7), "paper.monthHint"));
      Object.assign(month.input, { type: "month", pattern: "\\d{4}-\\d{2}" });
      return month;
    }
    case PaperKind.DESTRUCTION:
      return required(text("reference", "paper.minutes", reference, "paper.minutesHint"));
    case PaperKind.RECALLS:
      return select("node", "offices.office", officeOptions(context, t("words.everywhere")), of.node);
    case PaperKind.INVITATIONS:
      return villageField(context, reference);
    case PaperKind.REGISTER:
      return required(number("year", "paper.year", now.slice(0, 4)));
    default:
      return required(text("reference", "dispatch.number", reference));
  }
}

function daysIn(entered: Entered): number {
  if (entered.text("month") !== "") return daysOf(`${entered.text("month")}-01`);
  return entered.text("year") === "" ? 0 : daysOf(`${entered.text("year")}-01-01`);
}

// 128 random bits; crypto.randomUUID would want TLS.
function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A large paper is drawn from all the logs there are.
const PAPER_MILLISECONDS = 120_000;

// `made`: the register has another number or copy.
export function paperEntry(context: Context, kind: PaperKind, of: PaperOf, made?: () => void): HTMLElement {
  const format = select("format", "paper.format", [["f4", t("paper.f4")], ["a4", t("paper.a4")],
    ["xlsx", t("paper.xlsx")], ["csv", t("paper.csv")]]);
  const language = select("language", "paper.language", [
    [String(PaperLanguage.INDONESIAN), t("paper.indonesian")], [String(PaperLanguage.ENGLISH), t("paper.english")]]);
  const page = required(number("table", "paper.table", "1"));
  // Kept until an answer is here: a print whose answer was lost is asked for again, and is no copy.
  let requestId = randomName();
  const entry = form(context, {
    fields: [subjectOf(context, kind, of), format, language, page],
    submit: "paper.make",
    run: async (entered) => {
      const [as, size] = FORMATS[entered.text("format")] ?? [PaperFormat.PDF, PaperSize.F4];
      const { content, fileName, number: numbered, copy } = await context.rpc.papers.makePaper({
        kind, format: as, size, reference: entered.text("reference") || entered.text("village"), node: entered.text("node"),
        monthDays: daysIn(entered), language: entered.number("language"), table: entered.number("table"),
        by: context.session.person, requestId,
      }, { timeoutMs: PAPER_MILLISECONDS });
      saveFile(fileName, content);
      requestId = randomName();
      made?.();
      return numbered === "" ? t("paper.done", { name: fileName })
        : copy === 0 ? t("paper.numbered", { name: fileName, number: numbered })
          : t("paper.copied", { name: fileName, number: numbered, copy });
    },
  });
  // A CSV has one table; the other files have all.
  const follow = () => {
    const row = page.input.closest("p");
    if (row) row.hidden = format.input.value !== "csv";
  };
  format.input.onchange = follow;
  follow();
  return entry;
}

// The paper where one wants it, beside what it is of.
export function paperDetails(context: Context, kind: PaperKind, of: PaperOf = {}): HTMLElement {
  return h("details", { class: "paper" }, h("summary", {}, paperName(kind)), paperEntry(context, kind, of));
}
