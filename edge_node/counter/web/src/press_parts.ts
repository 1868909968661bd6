// What the desk shows of batches, a card's story, and the printers as machines.
import type { Job } from "../gen/keping/edge/v1/edge_pb.js";
import type {
  GetBatchResponse,
  HistoryEntry,
  PrinterConsumable,
  PrinterMachine,
  StaleBudget,
} from "../gen/keping/edge/v1/press_pb.js";
import { consumableWord } from "./acts/press.js";
import { factList, numbered } from "./card_parts.js";
import { h } from "../common/dom.js";
import { lastScans, sums } from "./form_parts.js";
import { count, language, named, t } from "../common/messages.js";
import type { Office } from "./office.js";
import { numberOf, type Task } from "./task.js";
import { dateText, timeText } from "../common/time.js";
import { choicesOf, machineOf } from "./upkeep.js";
import { saying } from "./words.js";

// ---- Batches.

export function hopper(blanks: string[], leftToday: number): Node {
  const over = blanks.length - leftToday;
  return h(
    "div",
    {},
    sums(t("hopper.count", { n: blanks.length })),
    lastScans(blanks),
    over > 0 && h("p", { class: "reason" }, `⚠ ${t("hopper.overDuty", { left: leftToday })}`),
  );
}

function cardRow(batch: GetBatchResponse, job: Job, office: Office): Node {
  return h(
    "tr",
    {},
    h("td", {}, h("kbd", {}, String(numberOf(batch, job)))),
    h("th", { scope: "row" }, office.cards.get(job.act)?.name || "…"),
    h("td", { class: "serials" }, job.blank),
    h("td", {}, named("stage.", job.state) ?? job.state),
  );
}

const CARD_HEADS = ["batch.number", "batch.name", "fact.blank", "fact.stage"] as const;

export function cardsOut(batch: GetBatchResponse, out: Job[], office: Office): Node {
  const heads = CARD_HEADS.map((key) => h("th", { scope: "col" }, t(key)));
  return h(
    "div",
    { class: "scrolls", tabIndex: 0 },
    h(
      "table",
      { class: "cards" },
      h("thead", {}, h("tr", {}, ...heads)),
      h("tbody", {}, ...out.map((job) => cardRow(batch, job, office))),
    ),
  );
}

export function batchParts({ batch, out }: Extract<Task, { kind: "batch" }>, office: Office): Node {
  const all = batch.jobs.length + batch.waiting.length;
  const good = batch.jobs.filter(({ state }) => state === "good").length;
  return h(
    "div",
    { class: "batch" },
    h("progress", { max: all, value: batch.jobs.length, "aria-hidden": "true" }),
    sums(
      t("batch.good", { n: good }),
      t("batch.toScan", { n: out.length }),
      t("batch.waiting", { n: batch.waiting.length }),
    ),
    out.length > 0 && cardsOut(batch, out, office),
  );
}

// ---- A card's story.

function entryRow(entry: HistoryEntry, offset: number): Node {
  const { operatorId, second, proven, setAside } = entry;
  const words = language() === "id" ? entry.wordsId : entry.wordsEn;
  const who = second ? `${operatorId} + ${second}` : operatorId || t("history.node");
  return h(
    "tr",
    { "data-aside": String(setAside) },
    h("td", {}, timeText(entry.atMicros, offset)),
    h("th", { scope: "row" }, setAside ? h("s", {}, words) : words, setAside && ` (${t("history.setAside")})`),
    h("td", {}, who),
    h("td", {}, proven ? `✓ ${t("history.proven")}` : `… ${t("history.unproven")}`),
  );
}

const ENTRY_HEADS = ["history.at", "history.what", "history.who", "history.proof"] as const;

export function story(entries: HistoryEntry[], offset: number): Node {
  const heads = ENTRY_HEADS.map((key) => h("th", { scope: "col" }, t(key)));
  return h(
    "div",
    { class: "scrolls", tabIndex: 0 },
    h(
      "table",
      { class: "story" },
      h("thead", {}, h("tr", {}, ...heads)),
      h("tbody", {}, ...entries.map((entry) => entryRow(entry, offset))),
    ),
  );
}

// ---- Upkeep.

const consumableText = (consumable: PrinterConsumable) => saying(consumableWord(consumable));

function machineFacts(machine: PrinterMachine): Node {
  const granted = machine.grantedToday;
  return factList([
    ["machine.service", t(machine.inService ? "machine.inService" : "machine.outOfService")],
    ["machine.today", t("machine.fed", { fed: machine.fedToday, left: machine.leftToday })],
    ["machine.granted", granted > 0 ? count(granted) : ""],
    ["machine.wear", t("machine.cards", { n: Number(machine.wear) })],
    ["machine.sinceCleaning", t("machine.cards", { n: machine.sinceCleaning })],
    ["machine.testCards", machine.testCards > 0 ? count(machine.testCards) : ""],
    ["machine.installed", machine.installed.map(consumableText).join("; ") || t("machine.nothing")],
  ]);
}

// Prints without contact, for each class of record.
function staleText({ recordClass, printsLeft, budgetLeft, budget }: StaleBudget): string {
  const kind = named("override.class.", String(recordClass)) ?? "";
  return t("machine.stale", { kind, left: printsLeft, more: budgetLeft, budget });
}

export function upkeep({ room }: Extract<Task, { kind: "upkeep" }>): Node {
  const machine = machineOf(room);
  const waiting = room.machines.toDestroy.length;
  const { localDay, day, number } = room.day;
  const apart = number > 0n && localDay !== day;
  return h(
    "div",
    { class: "upkeep" },
    numbered(choicesOf(room).map(([number, { label }]) => [number, t(label, { n: waiting })])),
    h(
      "div",
      {},
      machine && machineFacts(machine),
      h("ul", { class: "more" }, ...room.day.staleBudgets.map((one) => h("li", {}, staleText(one)))),
      apart && h("p", { class: "reason" }, `⚠ ${t("machine.clock", { day: dateText(localDay) })}`),
    ),
  );
}
