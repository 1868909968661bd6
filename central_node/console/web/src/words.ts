// Words of what several screens speak of: times, offices, facts of the logs.
import { h } from "../common/dom.js";
import { named, t } from "../common/messages.js";
import { momentText, zoneText } from "../common/time.js";
import { PaperKind } from "../gen/keping/central/v1/paper_pb.js";
import type { Fact } from "../gen/keping/central/v1/desk_pb.js";
import { link, type Part } from "./parts.js";
import { linkTo, type Context } from "./screen.js";

export function timeOf({ facts }: Context, micros: bigint): string {
  return micros === 0n ? "" : `${momentText(micros, facts.utcOffsetMinutes)} ${zoneText(facts.utcOffsetMinutes)}`;
}

// As the centre's own log is named.
const CENTRE = "central";

// The office's name; the district's for what is held, or was logged, by no office.
export function officeOf({ facts }: Context, node: string): string {
  if (node === "" || node === CENTRE) return t("words.district");
  return facts.offices.find((one) => one.node === node)?.name ?? node;
}

export function officeOptions({ facts }: Context, all?: string): [string, string][] {
  const offices = facts.offices.map((one): [string, string] => [one.node, `${one.name} (${one.node})`]);
  return all === undefined ? offices : [["", all], ...offices];
}

export function eventOf(event: string): string {
  return named("event.", event) ?? event;
}

export function accountOf(account: string): string {
  return named("account.", account) ?? account;
}

export function blankLink(blank: string): Part {
  return blank !== "" && link(linkTo("blank", blank), blank);
}

export function recordLink(prr: string): Part {
  return prr !== "" && link(linkTo("record", prr), prr);
}

export function caseLink(id: string): Part {
  return id !== "" && link(linkTo("case", id), id);
}

export const paperName = (kind: PaperKind) => named("paper.kind.", String(kind)) ?? String(kind);

// Which one of its kind.
export interface PaperOf {
  // The transfer, the minutes or the village.
  reference?: string;
  node?: string;
}

// The way to the screen that makes it.
export function paperLink(kind: PaperKind, of: PaperOf): Part {
  return link(linkTo("papers", "", { kind: String(kind), ...of }), paperName(kind));
}

// Of entries that a paper is signed of.
const PAPERS: Record<string, PaperKind> = {
  blanks_dispatched: PaperKind.HANDOVER,
  cards_destroyed: PaperKind.DESTRUCTION,
};

function paperOf({ event, reference }: Fact): Part {
  const kind = PAPERS[event];
  return kind !== undefined && reference !== "" && paperLink(kind, { reference });
}

// What entries of the logs say, in the order of their clocks; of one log, its office need not be said.
export function timeLine(context: Context, facts: Fact[], ofOneLog = false): HTMLElement {
  if (facts.length === 0) return h("p", { class: "empty" }, t("timeline.empty"));
  return h("ol", { class: "timeline" }, ...facts.map((fact) => h(
    "li",
    {},
    h("time", {}, timeOf(context, fact.wallMicros)),
    h("div", {},
      h("strong", {}, eventOf(fact.event)),
      !ofOneLog && h("span", {}, ` · ${officeOf(context, fact.node)}`),
      fact.person !== "" && h("span", {}, ` · ${fact.person}`),
      h("small", {}, t("timeline.entry", { log: fact.incarnation, seq: String(fact.seq) }),
        fact.reference !== "" && ` · ${fact.reference} `, paperOf(fact))),
  )));
}
