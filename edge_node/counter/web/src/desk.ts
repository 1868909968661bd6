// The desk: one task at a time, chosen by what the printer waits for or by the person, and the
// commands that end it.
//
//   const desk = new Desk(rpc, session, office, onChange);
//   desk.scan("04A1B2C3D4E5F6", Date.now());
//   desk.begin({ kind: "spoil", job });
import type { GetBatchResponse, HistoryEntry } from "../gen/keping/edge/v1/press_pb.js";
import { ScanField } from "../gen/keping/edge/v1/scan_pb.js";
import type { ReadScanResponse, ScanProblem } from "../gen/keping/edge/v1/scan_pb.js";
import type { SpoilCause } from "../gen/keping/log/v1/event_pb.js";
import type { Told } from "./acts/act.js";
import { ACTS } from "./acts/index.js";
import { counterName } from "./counter_name.js";
import { saveFile } from "../common/dom.js";
import { askedAnew, blankForm, namedIn, question, questionsOf, stepBack, textsOf, type Form } from "./forms.js";
import type { Work } from "./menu.js";
import { count, language, t, type Key, type Values } from "../common/messages.js";
import type { Office } from "./office.js";
import { isUnknown, problemOf, refusal, type Problem } from "../common/problem.js";
import { type Rpc } from "./rpc.js";
import { sorted } from "./serials.js";
import type { Session } from "../common/session.js";
import { saying, type Word } from "./words.js";
import {
  baseTask,
  before,
  cardOfAnotherJob,
  chosenFor,
  closed,
  fieldOf,
  gatheredBy,
  interpret,
  outOf,
  renewed,
  wantsPeople,
  withoutLast,
  type Purpose,
  type Step,
  type Task,
} from "./task.js";

// A scanner that reads one label twice does so within this.
const DOUBLE_READ_MILLISECONDS = 400;

const ANOTHER_JOBS_CARD = "K-122";
// What is wrong with the blank that was scanned: its number is said too, since it may have been misread.
const ABOUT_THE_BLANK = ["K-110", "K-111", "K-123", "K-152"];

export interface Notice {
  kind: "good" | "bad" | "note";
  // In the language that the screen has now.
  text: () => string;
  code: string;
  // Says nothing any more once the printer is done.
  whileWorking?: boolean;
}

export class Desk {
  notice: Notice | undefined;
  busy = false;

  private chosen: Task | undefined;
  // Whose scans Esc would throw away: the person was told.
  private warned: Task | undefined;
  private chosenPrinter = "";
  private lastScan = { input: "", at: 0 };
  // What the node refused so far.
  private refusals = 0;
  // Since which something else was printed.
  private readonly pastBatches = new Set<string>();
  // One after the other: a quick scanner is ahead of the node's answers.
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly rpc: Rpc,
    private readonly session: Session,
    private readonly office: Office,
    private readonly changed: () => void,
  ) {}

  get operatorId(): string {
    return this.session.person;
  }

  get printer(): string {
    const printers = this.office.status?.printers ?? [];
    const known = printers.some((one) => one.printer === this.chosenPrinter);
    return known ? this.chosenPrinter : (printers[0]?.printer ?? "");
  }

  get task(): Task {
    return this.chosen ?? baseTask(this.office.openJobs, this.printer, this.office.batches);
  }

  // What a person chose, and not what the printer waits for.
  get chosenTask(): Task | undefined {
    return this.chosen;
  }

  // What was left in the hopper of that batch was told, and work has gone on.
  isPast(batch: GetBatchResponse): boolean {
    return this.pastBatches.has(batch.batch);
  }

  // The question that a form asks now; undefined without a form.
  get question() {
    return this.task.kind === "form" ? question(this.task.form) : undefined;
  }

  // What a person chose ends when somebody else settled it.
  onOfficeChanged(): void {
    if (this.notice?.whileWorking && wantsPeople(this.task)) this.notice = undefined;
    if (!this.chosen) return;
    this.chosen = renewed(this.chosen, this.office.openJobs);
    const { chosen } = this;
    const settled =
      !chosen ||
      (chosen.kind === "receive" &&
        !this.office.transfers.some((one) => one.transfer === chosen.transfer.transfer)) ||
      (chosen.kind === "order" &&
        !this.office.actions.some((one) => one.action === chosen.action.action));
    if (settled) this.chosen = undefined;
  }

  choosePrinter(printer: string): void {
    this.chosenPrinter = printer;
    const { kind } = this.task;
    this.cancel();
    if (kind === "upkeep") void this.do({ do: "readRoom" });
  }

  nextPrinter(): void {
    const names = (this.office.status?.printers ?? []).map((one) => one.printer);
    const next = names[(names.indexOf(this.printer) + 1) % names.length];
    if (next) this.choosePrinter(next);
  }

  begin(task: Task): void {
    this.chosen = task;
    this.notice = undefined;
    this.changed();
  }

  // Scans that were made for nothing are thrown away by the second Esc only.
  cancel(): void {
    const { chosen } = this;
    const n = gatheredBy(this.task).length;
    if (n > 0 && chosen !== this.warned) {
      this.warned = chosen;
      return this.say("note", "scan.leave", { n });
    }
    const earlier = chosen?.kind === "form" ? stepBack(chosen.form) : undefined;
    if (chosen?.kind === "form") this.chosen = earlier ? { ...chosen, form: earlier } : chosen.back;
    else this.chosen = chosen && before(chosen);
    this.notice = undefined;
    this.changed();
  }

  // F10: what was scanned for the task is all of it, also what the node still reads.
  close(): void {
    this.reading = this.reading.then(() => this.do(closed(this.task)));
  }

  takeBack(): void {
    this.reading = this.reading.then(() => {
      const task = withoutLast(this.task);
      if (task) this.begin(task);
    });
  }

  // The file that a form asked for.
  give(file: File): void {
    const { task } = this;
    if (task.kind === "form") this.begin({ ...task, form: { ...task.form, file } });
    this.scan(file.name, Date.now());
  }

  beginMenu(): void {
    this.begin({ kind: "menu", role: this.session.role });
  }

  scan(input: string, now: number): void {
    const secret = (this.question?.secret || this.question?.personal) ?? false;
    const again = input !== "" && input === this.lastScan.input;
    const double = again && now - this.lastScan.at < DOUBLE_READ_MILLISECONDS;
    this.lastScan = { input: secret ? "" : input, at: now };
    if (double) this.reading = this.reading.then(() => this.say("note", "scan.double"));
    else if (!this.busy || input !== "") {
      const { refusals } = this;
      this.reading = this.reading.then(() => this.takeInTurn(input, refusals));
    }
  }

  // What becomes of a card of the batch: of which one, a person says unless there is only one.
  beginForCard(purpose: Purpose, batch: GetBatchResponse): void {
    const out = outOf(batch);
    const [only] = out;
    if (!only) return this.say("bad", "batch.noneOut");
    this.begin(
      out.length === 1 ? chosenFor(purpose, only, "") : { kind: "pick", purpose, batch, out, serial: "" },
    );
  }

  beginForm(form: Form): void {
    const { task } = this;
    if (!question(form)) return void this.do({ do: "submit", form });
    this.begin({ kind: "form", form, ...(task === this.chosen && { back: task }) });
  }

  beginCancelling(subject: string): void {
    this.beginForm(blankForm("cancel", { subject }));
  }

  // A list of a delivery or the line of a slip may be pasted; a card or a blank is in somebody's hand
  // and is scanned.
  paste(text: string): void {
    if (this.task.kind !== "receive" && !this.question?.pasted) return this.say("bad", "scan.pasted");
    this.reading = this.reading.then(() => this.take(text));
  }

  // What a reader could not take for a serial, or the node not for what the field wants.
  refuse({ code, indonesian, english }: ScanProblem): void {
    this.notice = { kind: "bad", text: () => (language() === "id" ? indonesian : english), code };
    this.changed();
  }

  note(key: Key): void {
    this.say("note", key);
  }

  // A quick scanner is ahead of the node's answers. What was scanned before a refusal could be read is void:
  // the refusal stays on the screen.
  private async takeInTurn(input: string, refusals: number): Promise<void> {
    if (!this.busy && refusals === this.refusals) await this.take(input);
  }

  private async take(input: string): Promise<void> {
    if (this.question?.name === "second" && input.trim() === this.operatorId) return this.say("bad", "second.self");
    const field = fieldOf(this.task);
    if (field === undefined || input.trim() === "") return this.do(interpret(this.task, input));
    try {
      const { text, problem } = await this.readScan(input, field);
      if (problem) return this.refuse(problem);
      // Meanwhile the printer may have finished, or somebody else have settled the job.
      if (fieldOf(this.task) !== field) return this.take(input);
      const other = cardOfAnotherJob(this.office.openJobs, this.task, text);
      return await this.do(other ? { do: "go", to: other } : interpret(this.task, text));
    } catch (error) {
      this.complain(problemOf(error));
      this.changed();
    }
  }

  private readScan(typed: string, field: ScanField): Promise<ReadScanResponse> {
    return this.rpc.scan.readScan({ typed, field, counter: counterName() });
  }

  async do(step: Step): Promise<void> {
    switch (step.do) {
      case "nothing":
        return;
      case "say":
        this.say("bad", step.key, step.values);
        if (this.notice && this.task.kind === "working") this.notice.whileWorking = true;
        return;
      case "go":
        this.begin(step.to);
        return step.say && this.say("note", step.say, step.values);
      default:
        return this.command(step);
    }
  }

  private say(kind: Notice["kind"], key: Key, values: Values = {}): void {
    this.notice = { kind, text: () => t(key, values), code: "" };
    this.changed();
  }

  private complain({ code, sentence }: Problem, about = ""): void {
    this.refusals += 1;
    this.notice = { kind: "bad", text: () => about + refusal(code, sentence).sentence, code };
  }

  private refused({ code, sentence }: Problem, blank: string): void {
    this.complain({ code, sentence }, ABOUT_THE_BLANK.includes(code) ? `${blank}: ` : "");
  }

  private async command(step: Step): Promise<void> {
    this.busy = true;
    this.notice = undefined;
    this.changed();
    try {
      await this.send(step);
      await this.office.refresh();
    } catch (error) {
      const problem = problemOf(error);
      // The card is to be scanned again, not its digits.
      if (step.do === "verify" && problem.code === ANOTHER_JOBS_CARD) this.chosen = undefined;
      // So is the blank, and not its cause.
      if (step.do === "spoilBlank") this.chosen = this.chosen && before(this.chosen);
      const named = step.do === "submit" ? namedIn(step.form, String(error)) : [];
      this.complain(problem, named.map((serial) => `${serial}: `).join(""));
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  private async send(step: Step): Promise<void> {
    const { counter } = this.rpc;
    const { operatorId } = this;
    switch (step.do) {
      case "print": {
        const answer = await counter.print({ operatorId, printer: this.printer, blank: step.blank });
        if (answer.refusal) return this.refused(answer.refusal, step.blank);
        for (const { batch } of this.office.batches) this.pastBatches.add(batch);
        this.done("done.printing", { printer: this.printer });
        if (this.notice) this.notice.whileWorking = true;
        return;
      }
      case "verify": {
        const { job, serial, tail } = step;
        const village = this.office.cards.get(job.act)?.village ?? "";
        const answer = await counter.verifyCard({ operatorId, act: job.act, blank: serial, nikTail: tail });
        // In a batch that was shifted, each card is held to the blank that is left for it.
        const asHeld = serial === job.blank && job.batch !== "";
        if (!answer.onOtherBlank || asHeld) return this.done("done.good", { village });
        this.done(job.batch ? "done.swapped" : "done.goodOnOther", { blank: job.blank, serial, village });
        if (this.notice) this.notice.kind = "note";
        return;
      }
      case "spoil": {
        const { job, serial } = step;
        const cause = step.cause as SpoilCause;
        await counter.spoilCard({ operatorId, act: job.act, cause, blank: serial });
        return this.done("done.spoiled", { blank: serial || job.blank });
      }
      case "release":
        await counter.releaseJob({ operatorId, act: step.job.act });
        return this.done("done.unused", { blank: step.job.blank });
      case "spoilBlank":
        await counter.spoilBlank({ operatorId, blank: step.serial, cause: step.cause as SpoilCause });
        return this.done("done.blankSpoiled", { blank: step.serial });
      case "receive": {
        const { boxes, serials } = sorted(step.transfer, step.scanned);
        const answer = await counter.receiveTransfer({
          operatorId,
          transfer: step.transfer.transfer,
          scanned: serials.join(","),
          boxes,
          noBoxes: boxes.length === 0,
        });
        return this.done("done.received", {
          received: count(answer.received + BigInt(answer.boxes)),
          missing: count(answer.missing + BigInt(answer.missingBoxes)),
          unexpected: count(answer.unexpected + BigInt(answer.unexpectedBoxes)),
        });
      }
      case "acknowledge":
        await counter.acknowledgeAction({ operatorId, action: step.action.action });
        return this.done("done.order");
      default:
        return this.sendMore(step);
    }
  }

  private async sendMore(step: Step): Promise<void> {
    const { press } = this.rpc;
    const { operatorId } = this;
    switch (step.do) {
      case "openBatch":
        return this.openBatch(step.blanks);
      case "closeBatch":
        await press.closeBatch({ batch: step.batch, operatorId });
        return this.done("done.batchClosed");
      case "readHistory":
        return this.readHistory(step.subject);
      case "readRoom":
        return this.readRoom();
      case "work":
        return this.beginWork(step.work);
      case "submit":
        return this.submit(step.form);
      default:
        return;
    }
  }

  private async openBatch(blanks: string[]): Promise<void> {
    const { operatorId } = this;
    try {
      const answer = await this.rpc.press.openBatch({ operatorId, printer: this.printer, blanks });
      if (answer.refusal) return this.complain(refusal(answer.refusal.code, answer.refusal.sentence));
      this.done("done.batchOpened", { n: blanks.length, printer: this.printer });
      if (this.notice) this.notice.whileWorking = true;
    } catch (error) {
      // Which of so many blanks it is, only the node's own sentence says.
      const blank = blanks.find((one) => String(error).includes(one));
      this.complain(problemOf(error), blank && `${blank}: `);
    }
  }

  // A person scans a blank or a card; the ids of records stand on the screen.
  private async readHistory(typed: string): Promise<void> {
    const { text, problem } = await this.readScan(typed, ScanField.BLANK);
    // What is no serial may be the id of a record; a NIK is neither, and goes no further.
    if (problem && /^\d{16}$/.test(typed)) return this.refuse(problem);
    const subject = text || typed;
    this.chosen = { kind: "history", story: { subject, entries: await this.historyOf(subject) } };
  }

  private async historyOf(subject: string): Promise<HistoryEntry[]> {
    const names = [
      { case: "blank", value: subject },
      { case: "prr", value: subject },
      { case: "act", value: subject },
    ] as const;
    let unknown: unknown;
    for (const of of names) {
      try {
        return (await this.rpc.press.getCardHistory({ of })).entries;
      } catch (error) {
        if (!isUnknown(error)) throw error;
        if (!unknown || problemOf(error).code) unknown = error;
      }
    }
    throw unknown;
  }

  private async readRoom(): Promise<void> {
    const [machines, day] = await Promise.all([
      this.rpc.press.listPrinters({}),
      this.rpc.press.getOfficeDay({}),
    ]);
    this.chosen = { kind: "upkeep", room: { printer: this.printer, role: this.session.role, machines, day } };
  }

  // What is chosen from is read first: it may have changed since the last time.
  private async beginWork({ act, about }: Work): Promise<void> {
    const back = this.task;
    const found = (await ACTS[act].read?.(this.rpc, this.operatorId)) ?? { items: [] };
    if ("none" in found) {
      this.notice = { kind: "note", text: () => t(found.none), code: "" };
      return;
    }
    const form = blankForm(act, { ...about, ...found.about }, found.items);
    if (question(form)) this.chosen = { kind: "form", form, back };
    else await this.submit(form);
  }

  private async submit(form: Form): Promise<void> {
    const act = ACTS[form.act];
    const { operatorId } = this;
    const sending = { rpc: this.rpc, operatorId, language: language(), form, text: textsOf(form) };
    const { say, values, odd, refusal: refused, told, again } = await act.send(sending).catch((error) => {
      const anew = askedAnew(form, problemOf(error).code);
      if (anew && this.chosen?.kind === "form") this.chosen = { ...this.chosen, form: anew };
      throw error;
    });
    if (refused) return this.complain(refusal(refused.code, refused.sentence));
    this.chosen = undefined;
    if (say) this.done(say, values);
    if (this.notice && odd) this.notice.kind = "note";
    if (this.notice && form.act === "cancel") this.notice.whileWorking = true;
    if (again) this.chosen = { kind: "form", form: again };
    else if (told) this.chosen = { kind: "told", told, ...(questionsOf(form).length === 0 && { act: form.act }) };
    else if (act.then === "card") await this.answerAnew(form.about["subject"] ?? "");
    else if (act.then === "room") await this.readRoom();
  }

  async save({ name, read }: NonNullable<Told["file"]>): Promise<void> {
    try {
      saveFile(name, await read());
      this.say("good", "done.saved", { name });
    } catch (error) {
      this.complain(problemOf(error));
      this.changed();
    }
  }

  // The card is looked at again at once; a blank spoiled outside a job has no card.
  private async answerAnew(act: string): Promise<void> {
    const { jobs } = await this.rpc.counter.listJobs({ openOnly: true });
    const job = jobs.find((one) => one.act === act);
    if (job) this.chosen = { kind: "finish", job };
    else this.done("done.correctedBlank");
  }

  private done(key: Key, values: Record<string, Word> = {}): void {
    this.chosen = undefined;
    this.notice = { kind: "good", text: () => saying({ key, values }), code: "" };
  }
}
