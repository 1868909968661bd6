// The desk as it looks: what to do now in large type, the card in question, the answer to the last
// scan, and the other ways on. The scan field between them is never made anew.
import type { Job } from "../gen/keping/edge/v1/edge_pb.js";
import type { Desk } from "./desk.js";
import { fillWith, h } from "./dom.js";
import { count, named, t, type Key } from "./messages.js";
import type { Card, Office } from "./office.js";
import { ScanField } from "./scan_field.js";
import { compare } from "./serials.js";
import { CAUSES, jobOf, type Task } from "./task.js";

const MARKS = { good: "✓", bad: "✗", note: "!" };
const SHOWN_SCANS = 4;

export class TaskView {
  readonly element: HTMLElement;
  private readonly title = h("h1", { id: "task" });
  private readonly hint = h("p", { class: "hint" });
  private readonly card = h("div", { class: "card-area" });
  private readonly label = h("label", { htmlFor: "scan" });
  private readonly field: ScanField;
  private readonly notice = h("div", { class: "notice", role: "alert", id: "notice" });
  private readonly buttons = h("div", { class: "buttons" });

  constructor(
    private readonly desk: Desk,
    private readonly office: Office,
  ) {
    this.field = new ScanField({
      onScan: (input) => this.desk.scan(input, Date.now()),
      onPaste: (text) => this.desk.paste(text),
    });
    this.element = h(
      "section",
      { class: "desk", "aria-labelledby": "task" },
      this.title,
      this.hint,
      this.card,
      this.label,
      this.field.element,
      this.notice,
      this.buttons,
    );
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  update(): void {
    const { task, notice } = this.desk;
    const card = this.office.cards.get(jobOf(task)?.act ?? "");
    const printer = this.office.status?.printers.find((one) => one.printer === jobOf(task)?.printer);
    const words = wordsOf(task, card, printer?.state === "busy");
    this.element.dataset["task"] = task.kind;
    this.element.classList.toggle("doubt", isDoubt(task));
    fillWith(this.title, words.title);
    fillWith(this.hint, words.hint);
    fillWith(this.label, t(words.label));
    fillWith(this.card, ...this.contentOf(task, card));
    this.notice.dataset["kind"] = notice?.kind ?? "";
    fillWith(
      this.notice,
      notice && h("span", { class: "mark", "aria-hidden": "true" }, MARKS[notice.kind]),
      notice && h("span", {}, notice.text),
      notice?.code && h("span", { class: "code" }, notice.code),
    );
    fillWith(this.buttons, ...this.buttonsOf(task));
    this.field.element.setAttribute("aria-busy", String(this.desk.busy));
    if (!document.activeElement || document.activeElement === document.body) this.field.focus();
  }

  // What a reader at the node read: it stands in the field, and is taken as if it had been typed.
  showRead(serial: string): void {
    this.field.show(serial);
    this.desk.scan(serial, Date.now());
  }

  private onKey(event: KeyboardEvent): void {
    const button = event.key === "Escape" ? "cancel" : event.key;
    const found = this.buttons.querySelector<HTMLButtonElement>(`button[data-key="${button}"]`);
    if (event.key === "F9") this.desk.nextPrinter();
    if (!found && event.key !== "F9") return;
    event.preventDefault();
    found?.click();
    this.field.focus();
  }

  private contentOf(task: Task, card: Card | undefined): (Node | false | undefined)[] {
    const job = jobOf(task);
    if (task.kind === "receive") return [this.receiving(task)];
    if (task.kind === "order") return [orderFacts(task)];
    const causes = task.kind === "spoil" || task.kind === "spoilBlankCause";
    return [job && cardFacts(job, card), causes && causeList()];
  }

  private receiving(task: Extract<Task, { kind: "receive" }>): Node {
    const { received, missing, unexpected } = compare(task.transfer.serials, task.scanned);
    const line = (key: Key, n: number) => h("li", {}, t(key, { n }));
    const last = task.scanned.slice(-SHOWN_SCANS).reverse();
    return h(
      "div",
      { class: "receiving" },
      h(
        "ul",
        { class: "sums" },
        line("receive.matching", received.length),
        line("receive.missing", missing.length),
        line("receive.unexpected", unexpected.length),
      ),
      last.length > 0 && h("p", { class: "serials" }, last.join("  ")),
    );
  }

  private buttonsOf(task: Task): Node[] {
    const button = (key: string, label: Key, onclick: () => void) =>
      h("button", { type: "button", "data-key": key, onclick }, h("kbd", {}, keyName(key)), t(label));
    const cancel = button("cancel", "button.cancel", () => this.desk.cancel());
    switch (task.kind) {
      case "print":
        return [
          button("F2", "button.spoilBlank", () => this.desk.begin({ kind: "spoilBlank" })),
          ...(this.office.transfers.length > 0
            ? [button("F8", "button.receive", () => this.beginReceiving())]
            : []),
        ];
      case "finish":
        return [
          button("F2", "button.spoil", () => this.onJob("spoil")),
          button("F4", "button.unused", () => this.onJob("unused")),
        ];
      case "working":
        return [];
      case "receive":
        return [button("F10", "button.received", () => this.finishReceiving()), cancel];
      default:
        return [cancel];
    }
  }

  // Of what the desk shows now: buttons may be older than the facts.
  private onJob(kind: "spoil" | "unused"): void {
    const { task } = this.desk;
    if (task.kind === "finish") this.desk.begin({ kind, job: task.job });
  }

  private beginReceiving(): void {
    const transfer = this.office.transfers[0];
    if (transfer) this.desk.begin({ kind: "receive", transfer, scanned: [] });
  }

  private finishReceiving(): void {
    const { task } = this.desk;
    if (task.kind !== "receive") return;
    if (task.scanned.length === 0) return void this.desk.do({ do: "say", key: "receive.nothing" });
    void this.desk.do({ do: "receive", transfer: task.transfer, scanned: task.scanned });
  }
}

function keyName(key: string): string {
  return key === "cancel" ? "Esc" : key;
}

export function isDoubt(task: Task): boolean {
  return jobOf(task)?.state === "doubt";
}

interface Words {
  title: string;
  hint: string;
  label: Key;
}

function doubtHint(job: Job, busy: boolean): string {
  if (busy) return t("doubt.printerBusy");
  return job.printerSaidCompleted ? t("doubt.printerSaysDone") : t("doubt.hint");
}

function finishWords(job: Job, card: Card | undefined, busy: boolean): Words {
  const name = card?.name || t("card.noName");
  if (job.state === "doubt") {
    return { title: t("doubt.title", { name }), hint: doubtHint(job, busy), label: "label.card" };
  }
  if (job.state === "failed") {
    return { title: t("failed.title"), hint: t("failed.hint", { name }), label: "label.card" };
  }
  return { title: t("finish.title"), hint: t("finish.hint"), label: "label.card" };
}

function wordsOf(task: Task, card: Card | undefined, busy: boolean): Words {
  switch (task.kind) {
    case "print":
      return { title: t("print.title"), hint: t("print.hint"), label: "label.blank" };
    case "working":
      return { title: t("working.title"), hint: t("working.hint"), label: "label.wait" };
    case "finish":
      return finishWords(task.job, card, busy);
    case "tail":
      return { title: t("tail.title"), hint: t("tail.hint"), label: "label.tail" };
    case "spoil":
    case "spoilBlankCause":
      return { title: t("cause.title"), hint: t("cause.choose"), label: "label.cause" };
    case "unused":
      return {
        title: t("unused.title"),
        hint: t("unused.hint", { blank: task.job.blank }),
        label: "label.blank",
      };
    case "spoilBlank":
      return { title: t("spoilBlank.title"), hint: t("spoilBlank.hint"), label: "label.blank" };
    case "receive": {
      const { transfer, quantity } = task.transfer;
      return {
        title: t("receive.title", { transfer, quantity: count(quantity) }),
        hint: t("receive.hint"),
        label: "label.receive",
      };
    }
    case "order":
      return { title: orderTitle(task), hint: t("order.hint"), label: "label.order" };
  }
}

function orderTitle(task: Extract<Task, { kind: "order" }>): string {
  return named("order.", String(task.action.kind)) ?? t("order.other");
}

function orderFacts({ action }: Extract<Task, { kind: "order" }>): Node {
  return factList([
    ["fact.prr", action.prr],
    ["fact.blank", action.blank],
    ["fact.case", action.caseId],
  ]);
}

function factList(facts: [Key, string][]): Node {
  return h(
    "dl",
    {},
    ...facts.filter(([, value]) => value).flatMap(([key, value]) => [
      h("dt", {}, t(key)),
      h("dd", {}, value),
    ]),
  );
}

function cardFacts(job: Job, card: Card | undefined): Node {
  const gone = card && !card.held;
  return h(
    "div",
    { class: "whose" },
    card?.url ? h("img", { src: card.url, alt: t("card.photo") }) : h("div", { class: "no-photo" }),
    h(
      "div",
      {},
      h("p", { class: "name" }, gone ? t("card.withdrawn") : (card?.name ?? "…")),
      factList([
        ["fact.village", card?.village ?? ""],
        ["fact.blank", job.blank],
        ["fact.printer", job.printer],
        ["fact.stage", named("stage.", job.state) ?? job.state],
      ]),
    ),
  );
}

function causeList(): Node {
  const rows = CAUSES.map((cause) =>
    h("li", {}, h("kbd", {}, String(cause)), named("cause.", String(cause)) ?? ""),
  );
  return h("ul", { class: "causes" }, ...rows);
}
