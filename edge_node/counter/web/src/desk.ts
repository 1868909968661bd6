// The desk: one task at a time, chosen by what the printer waits for or by the person, and the
// commands that end it.
//
//   const desk = new Desk(rpc, session, office, onChange);
//   desk.scan("04A1B2C3D4E5F6", Date.now());
//   desk.begin({ kind: "spoil", job });
import type { ScanProblem } from "../gen/keping/edge/v1/scan_pb.js";
import type { SpoilCause } from "../gen/keping/log/v1/event_pb.js";
import { counterName } from "./counter_name.js";
import { count, language, t, type Key, type Values } from "./messages.js";
import type { Office } from "./office.js";
import { problemOf, refusal, type Problem, type Rpc } from "./rpc.js";
import type { Session } from "./session.js";
import { baseTask, cardOfAnotherPrinter, fieldOf, interpret, jobOf, type Step, type Task } from "./task.js";

// A scanner that reads one label twice does so within this.
const DOUBLE_READ_MILLISECONDS = 400;

export interface Notice {
  kind: "good" | "bad" | "note";
  text: string;
  code: string;
  // Says nothing any more once the printer is done.
  whileWorking?: boolean;
}

export class Desk {
  notice: Notice | undefined;
  busy = false;

  private chosen: Task | undefined;
  private chosenPrinter = "";
  private lastScan = { input: "", at: 0 };
  // One after the other: a quick scanner is ahead of the node's answers.
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly rpc: Rpc,
    private readonly session: Session,
    private readonly office: Office,
    private readonly changed: () => void,
  ) {}

  get operatorId(): string {
    return this.session.operatorId;
  }

  get printer(): string {
    const printers = this.office.status?.printers ?? [];
    const known = printers.some((one) => one.printer === this.chosenPrinter);
    return known ? this.chosenPrinter : (printers[0]?.printer ?? "");
  }

  get task(): Task {
    return this.chosen ?? baseTask(this.office.openJobs, this.printer);
  }

  // What a person chose ends when somebody else settled it.
  onOfficeChanged(): void {
    if (this.notice?.whileWorking && this.task.kind === "finish") this.notice = undefined;
    const { chosen } = this;
    if (!chosen) return;
    const job = jobOf(chosen);
    const settled =
      (job && !this.office.openJobs.some((one) => one.act === job.act)) ||
      (chosen.kind === "receive" &&
        !this.office.transfers.some((one) => one.transfer === chosen.transfer.transfer)) ||
      (chosen.kind === "order" &&
        !this.office.actions.some((one) => one.action === chosen.action.action));
    if (settled) this.chosen = undefined;
  }

  choosePrinter(printer: string): void {
    this.chosenPrinter = printer;
    this.cancel();
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

  cancel(): void {
    this.chosen = undefined;
    this.notice = undefined;
    this.changed();
  }

  scan(input: string, now: number): void {
    const again = input !== "" && input === this.lastScan.input;
    const double = again && now - this.lastScan.at < DOUBLE_READ_MILLISECONDS;
    this.lastScan = { input, at: now };
    if (double) this.reading = this.reading.then(() => this.say("note", "scan.double"));
    else if (!this.busy) this.reading = this.reading.then(() => this.take(input));
  }

  // A list of a delivery may be pasted; a card or a blank is in somebody's hand and is scanned.
  paste(text: string): void {
    if (this.task.kind !== "receive") return this.say("bad", "scan.pasted");
    this.reading = this.reading.then(() => this.take(text));
  }

  // What a reader could not take for a serial, or the node not for what the field wants.
  refuse({ code, indonesian, english }: ScanProblem): void {
    this.complain({ code, sentence: language() === "id" ? indonesian : english });
    this.changed();
  }

  note(key: Key): void {
    this.say("note", key);
  }

  private async take(input: string): Promise<void> {
    const field = fieldOf(this.task);
    if (field === undefined || input.trim() === "") return this.do(interpret(this.task, input));
    try {
      const counter = counterName();
      const { text, problem } = await this.rpc.scan.readScan({ typed: input, field, counter });
      if (problem) return this.refuse(problem);
      // Meanwhile the printer may have finished, or somebody else have settled the job.
      if (fieldOf(this.task) !== field) return this.take(input);
      const other = cardOfAnotherPrinter(this.office.openJobs, this.task, text);
      return await this.do(other ? { do: "go", to: other } : interpret(this.task, text));
    } catch (error) {
      this.complain(problemOf(error));
      this.changed();
    }
  }

  async do(step: Step): Promise<void> {
    switch (step.do) {
      case "nothing":
        return;
      case "say":
        return this.say("bad", step.key, step.values);
      case "go":
        return this.begin(step.to);
      default:
        return this.command(step);
    }
  }

  private say(kind: Notice["kind"], key: Key, values: Values = {}): void {
    this.notice = { kind, text: t(key, values), code: "" };
    this.changed();
  }

  private complain({ code, sentence }: Problem): void {
    this.notice = { kind: "bad", text: sentence, code };
  }

  private async command(step: Step): Promise<void> {
    this.busy = true;
    this.notice = undefined;
    this.changed();
    try {
      await this.send(step);
      await this.office.refresh();
    } catch (error) {
      this.complain(problemOf(error));
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  private async send(step: Step): Promise<void> {
    const { counter } = this.rpc;
    const { operatorId } = this.session;
    switch (step.do) {
      case "print": {
        const answer = await counter.print({ operatorId, printer: this.printer, blank: step.blank });
        if (answer.refusal) return this.complain(refusal(answer.refusal.code, answer.refusal.sentence));
        this.done("done.printing", { printer: this.printer });
        if (this.notice) this.notice.whileWorking = true;
        return;
      }
      case "verify": {
        const { job, serial, tail } = step;
        const village = this.office.cards.get(job.act)?.village ?? "";
        const answer = await counter.verifyCard({ operatorId, act: job.act, blank: serial, nikTail: tail });
        if (!answer.onOtherBlank) return this.done("done.good", { village });
        this.done("done.goodOnOther", { blank: job.blank });
        if (this.notice) this.notice.kind = "note";
        return;
      }
      case "spoil":
        await counter.spoilCard({ operatorId, act: step.job.act, cause: step.cause as SpoilCause });
        return this.done("done.spoiled", { blank: step.job.blank });
      case "release":
        await counter.releaseJob({ operatorId, act: step.job.act });
        return this.done("done.unused", { blank: step.job.blank });
      case "spoilBlank":
        await counter.spoilBlank({ operatorId, blank: step.serial, cause: step.cause as SpoilCause });
        return this.done("done.spoiled", { blank: step.serial });
      case "receive": {
        const scanned = step.scanned.join(",");
        const answer = await counter.receiveTransfer({
          operatorId,
          transfer: step.transfer.transfer,
          scanned,
        });
        return this.done("done.received", {
          received: count(answer.received),
          missing: count(answer.missing),
          unexpected: count(answer.unexpected),
        });
      }
      case "acknowledge":
        await counter.acknowledgeAction({ operatorId, action: step.action.action });
        return this.done("done.order");
      default:
        return;
    }
  }

  private done(key: Key, values: Values = {}): void {
    this.chosen = undefined;
    this.notice = { kind: "good", text: t(key, values), code: "" };
  }
}
