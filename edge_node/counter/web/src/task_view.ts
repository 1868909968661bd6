// The desk as it looks: what to do now in large type, the card in question, the answer to the last
// scan, and the other ways on. The scan field between them is never made anew.
import { cardFacts, causeList, factList } from "./card_parts.js";
import type { Desk } from "./desk.js";
import { fillWith, h } from "../common/dom.js";
import { blankForm } from "./forms.js";
import { Help } from "./help.js";
import { t, type Key } from "../common/messages.js";
import type { Card, Office } from "./office.js";
import { chooseFile, formParts, gatheredSums, lastScans, menuParts, toldParts } from "./form_parts.js";
import { batchParts, cardsOut, hopper, story, upkeep } from "./press_parts.js";
import { ScanField } from "./scan_field.js";
import { listed } from "./serials.js";
import { atPrinter, jobOf, othersOut, runs, withoutLast, type Task } from "./task.js";
import { isDoubt, wordsOf } from "./task_words.js";
import { correctable } from "./upkeep.js";

const MARKS = { good: "✓", bad: "✗", note: "!" };

type Of<Kind extends Task["kind"]> = Extract<Task, { kind: Kind }>;

export class TaskView {
  readonly element: HTMLElement;
  private readonly title = h("h1", { id: "task" });
  private readonly hint = h("p", { class: "hint" });
  private readonly card = h("div", { class: "card-area" });
  private readonly label = h("label", { htmlFor: "scan" });
  private readonly field: ScanField;
  private readonly notice = h("div", { class: "notice", role: "alert", id: "notice" });
  private readonly buttons = h("div", { class: "buttons" });
  private readonly help = new Help(() => this.field.focus());

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
      this.help.element,
    );
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  update(): void {
    const { task } = this.desk;
    // An answer is seen when the field takes the next scan, so that no scan made on it is lost.
    const notice = this.desk.busy ? undefined : this.desk.notice;
    const card = this.office.cards.get(jobOf(task)?.act ?? "");
    const printer = this.office.status?.printers.find((one) => one.printer === jobOf(task)?.printer);
    const others = task.kind === "tail" && othersOut(task, this.office.batches) !== undefined;
    const words = wordsOf(task, { card, busy: printer?.state === "busy", stopped: printer?.state === "stopped", others,
      spent: this.office.status !== undefined && this.office.leftToday(this.desk.printer) === 0 });
    // Help for what is no longer on the screen misleads.
    if (this.help.open && this.element.dataset["task"] !== task.kind) this.help.close();
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
      notice && h("span", {}, notice.text()),
      notice?.code && h("span", { class: "code" }, notice.code),
    );
    fillWith(this.buttons, ...this.buttonsOf(task), this.helpButton);
    const { question } = this.desk;
    this.field.ask(question?.name ?? "", question?.secret ?? false);
    this.field.element.setAttribute("aria-busy", String(this.desk.busy));
    if (!document.activeElement || document.activeElement === document.body) this.field.focus();
  }

  // What a reader at the node read: it stands in the field, and is taken as if it had been typed.
  showRead(serial: string): void {
    this.help.close();
    // A card that lies on the reader is no password.
    if (this.desk.question?.secret) return;
    this.field.show(serial);
    this.desk.scan(serial, Date.now());
  }

  private onKey(event: KeyboardEvent): void {
    const { key } = event;
    if (key === "PageDown" || key === "PageUp") return this.scroll(event);
    const found = this.buttons.querySelector<HTMLButtonElement>(
      `button[data-key="${key === "Escape" ? "cancel" : key}"]`,
    );
    if (key === "F9") this.desk.nextPrinter();
    if (!found && key !== "F9") return;
    event.preventDefault();
    // A key that is held down is one press: the next question was not read yet.
    if (event.repeat) return;
    found?.click();
    if (!this.help.open) this.field.focus();
  }

  // What is longer than the desk, for those without a mouse.
  private scroll(event: KeyboardEvent): void {
    const long = this.card.querySelector(".scrolls");
    if (!long) return;
    event.preventDefault();
    long.scrollBy({ top: (event.key === "PageDown" ? 0.8 : -0.8) * long.clientHeight });
  }

  private contentOf(task: Task, card: Card | undefined): (Node | false | undefined)[] {
    const { office, desk } = this;
    switch (task.kind) {
      case "receive":
        return [receiving(task)];
      case "order":
        return [orderFacts(task)];
      case "hopper":
        return [hopper(task.blanks, office.leftToday(desk.printer))];
      case "batch":
        return [batchParts(task, office)];
      case "pick":
        return [cardsOut(task.batch, task.out, office)];
      case "history":
        return [task.story && story(task.story.entries, office.facts?.utcOffsetMinutes ?? 0)];
      case "upkeep":
        return [upkeep(task)];
      case "menu":
        return [menuParts(task)];
      case "told":
        return [toldParts(task.told)];
      case "form":
        return [formParts(task.form)];
      default: {
        const job = jobOf(task);
        const causes = task.kind === "spoil" || task.kind === "spoilBlankCause";
        const spoiled = task.kind === "spoilBlankCause" && factList([["fact.blank", task.serial]]);
        return [job && cardFacts(job, card), spoiled, causes && causeList()];
      }
    }
  }

  private button(key: string, label: Key, onclick: () => void): Node {
    const name = key === "cancel" ? "Esc" : key;
    return h("button", { type: "button", "data-key": key, onclick }, h("kbd", {}, name), t(label));
  }

  private get helpButton(): Node {
    return this.button("F1", "button.help", () => this.help.show(this.desk.task));
  }

  private get cancelButton(): Node {
    return this.button("cancel", "button.cancel", () => this.desk.cancel());
  }

  private get doneButton(): Node {
    return this.button("cancel", "button.done", () => this.desk.cancel());
  }

  private buttonsOf(task: Task): (Node | false | undefined)[] {
    const close = () => this.desk.close();
    switch (task.kind) {
      case "print":
        return [
          this.button("F2", "button.spoilBlank", () => this.desk.begin({ kind: "spoilBlank" })),
          this.button("F3", "button.batch", () => this.desk.begin({ kind: "hopper", blanks: [] })),
          ...this.waysOut(),
          this.office.transfers.length > 0 &&
            this.button("F8", "button.receive", () => this.beginReceiving()),
        ];
      case "finish":
        return [
          this.button("F2", "button.spoil", () => this.onJob("spoil")),
          this.button("F4", "button.unused", () => this.onJob("unused")),
          ...this.waysOut(),
          task === this.desk.chosenTask && this.cancelButton,
        ];
      case "working":
        return [
          !task.job.cancelAsked && this.button("F4", "button.cancelJob", () => this.cancelJob()),
          ...this.waysOut(),
        ];
      case "receive":
        return this.gatheringButtons(task, this.button("F10", "button.received", close));
      case "hopper":
        return this.gatheringButtons(task, this.button("F10", "button.openBatch", close));
      case "batch":
        return this.batchButtons(task);
      case "tail":
        return [this.otherPersonButton(task), this.cancelButton];
      case "history":
        return [this.correctButton(task), this.cancelButton];
      case "form":
        return this.formButtons(task);
      case "told":
        return this.toldButtons(task);
      default:
        return [this.cancelButton];
    }
  }

  // What can be looked at whatever the printer does.
  private waysOut(): Node[] {
    return [
      this.button("F6", "button.history", () => this.desk.begin({ kind: "history", story: undefined })),
      this.button("F7", "button.upkeep", () => void this.desk.do({ do: "readRoom" })),
      this.button("F12", "button.menu", () => this.desk.beginMenu()),
    ];
  }

  private formButtons(task: Of<"form">): (Node | false)[] {
    const { question } = this.desk;
    if (question?.scans) return this.gatheringButtons(task, this.button("F10", "button.scanned", () => this.desk.close()));
    const choose = () => chooseFile((file) => this.desk.give(file));
    return [question?.file === true && this.button("F10", "button.chooseFile", choose), this.cancelButton];
  }

  private gatheringButtons(task: Task, closing: Node): (Node | false)[] {
    return [
      closing,
      withoutLast(task) !== undefined && this.button("F4", "button.lastOut", () => this.desk.takeBack()),
      this.cancelButton,
    ];
  }

  private toldButtons({ told: { page, file, next } }: Of<"told">): (Node | undefined | false)[] {
    return [
      page !== undefined && this.button("F10", "button.printPage", () => window.print()),
      next && this.button("F10", next.label, () => this.desk.beginForm(next.form)),
      file && this.button("F8", "button.saveFile", () => void this.desk.save(file)),
      this.doneButton,
    ];
  }

  private batchButtons({ batch, out }: Of<"batch">): (Node | false)[] {
    const under = batch.jobs.find(atPrinter);
    return [
      out.length > 0 && this.button("F2", "button.spoil", () => this.onBatch("spoil")),
      out.length > 0 && this.button("F4", "button.unused", () => this.onBatch("unused")),
      runs(batch) && this.button("F8", "button.closeBatch", () => this.closeBatch()),
      !runs(batch) && under !== undefined && !under.cancelAsked &&
        this.button("F8", "button.cancelJob", () => this.desk.beginCancelling(under.act)),
      ...this.waysOut(),
    ];
  }

  private otherPersonButton(task: Of<"tail">): Node | undefined {
    const pick = othersOut(task, this.office.batches);
    return pick && this.button("F4", "button.otherPerson", () => this.desk.begin(pick));
  }

  private correctButton({ story: told }: Of<"history">): Node | undefined {
    const subject = correctable(told?.entries ?? []);
    if (subject === undefined) return undefined;
    return this.button("F4", "button.correct", () =>
      this.desk.beginForm(blankForm("correct", { subject, about: told?.subject ?? "" })));
  }

  // The following act on what the desk shows now: buttons may be older than the facts.

  private onJob(kind: "spoil" | "unused"): void {
    const { task } = this.desk;
    if (task.kind !== "finish") return;
    const { job } = task;
    if (kind === "unused") this.desk.begin({ kind, job });
    else this.desk.begin(job.blank ? { kind, job, serial: "" } : { kind: "spoilSerial", job });
  }

  private onBatch(purpose: "spoil" | "unused"): void {
    const { task } = this.desk;
    if (task.kind === "batch") this.desk.beginForCard(purpose, task.batch);
  }

  private cancelJob(): void {
    const { task } = this.desk;
    if (task.kind === "working") this.desk.beginCancelling(task.job.act);
  }

  private closeBatch(): void {
    const { task } = this.desk;
    if (task.kind === "batch") void this.desk.do({ do: "closeBatch", batch: task.batch.batch });
  }

  private beginReceiving(): void {
    const transfer = this.office.transfers[0];
    if (transfer) this.desk.begin({ kind: "receive", transfer, scanned: [] });
  }
}

function receiving({ transfer, scanned }: Of<"receive">): Node {
  return h("div", { class: "receiving" }, gatheredSums(scanned, listed(transfer)), lastScans(scanned));
}

function orderFacts({ action }: Of<"order">): Node {
  return factList([
    ["fact.prr", action.prr],
    ["fact.blank", action.blank],
    ["fact.case", action.caseId],
  ]);
}
