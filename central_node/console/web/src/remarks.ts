// What the centre makes of something, in the words of the page: a kind with its values.
//
//   remarkText(context, remark) ?? said(sentence)
import { count, language, named, t } from "../common/messages.js";
import { RemarkKind, type Remark } from "../gen/keping/central/v1/remark_pb.js";
import { dayOf, daysOf } from "./days.js";
import type { Context } from "./screen.js";
import { officeOf } from "./words.js";

const NUMBERS = new Set(["missing", "surplus", "more", "counts", "total", "sum", "ledger", "number", "budget", "scanned",
  "quantity", "count", "days", "limit", "reports"]);

// Serials and people are joined by ", ".
function joined(text: string, more: string): string {
  const items = text === "" ? [] : text.split(", ");
  if (more !== "") items.push(t("remark.more", { n: Number(more) }));
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(items);
}

function shifts(people: string): string {
  return people === "" ? t("remark.noShift") : t("remark.inShifts", { people: joined(people, "") });
}

function wordOf(context: Context, name: string, value: string): string {
  if (NUMBERS.has(name)) return count(Number(value));
  switch (name) {
    case "office":
      return officeOf(context, value);
    case "offices":
      return value.split(", ").map((one) => officeOf(context, one)).join(", ");
    case "day":
      return dayOf(daysOf(value));
    case "pile":
      return named("pile.", value) ?? value;
    case "book":
      return named("book.", value) ?? value;
    case "figure":
      return named("figure.", value) ?? value;
    case "report":
      return named("report.", value) ?? value;
    case "reason":
      return named("rejection.", value) ?? value;
    case "class":
      return named("class.", value) ?? value;
    case "difference":
      return t(value.startsWith("-") ? "remark.fewer" : "remark.more", { n: Math.abs(Number(value)) });
    default:
      return value;
  }
}

// Undefined: a kind of a newer centre.
export function remarkText(context: Context, remark: Remark | undefined): string | undefined {
  if (!remark) return undefined;
  const given = Object.fromEntries(remark.values.map(({ name, value }) => [name, value]));
  const text = (name: string) => given[name] ?? "";
  const words: Record<string, string> = Object.fromEntries(
    remark.values.map(({ name, value }) => [name, wordOf(context, name, value)]));
  words["shifts"] = shifts(text("people"));
  words["serials"] = joined(text("serials"), text("more"));
  words["about"] = text("record") === "" ? "" : t("remark.ofRecord", { record: text("record") });
  words["office"] ??= remark.kind === RemarkKind.REPORT_SAYS ? t("words.everywhere") : "";
  words["operator"] = text("operator") === "" ? "" : t("remark.by", { person: text("operator") });
  words["elsewhere"] = text("office") === "" ? "" : t("remark.elsewhere", { office: officeOf(context, text("office")) });
  const parts = remark.parts.map((part) => remarkText(context, part) ?? "").join("; ");
  const sentence = named("remark.", String(remark.kind), words);
  return sentence === undefined ? undefined : sentence + (parts && ` ${parts}.`);
}
