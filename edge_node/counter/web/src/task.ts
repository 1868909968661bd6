// What the next scan means: the desk's state, and what an input makes of it. Pure, so that every
// case is a row of a test.
//
//   const base = baseTask(openJobs, printer, batches);   // what the printer waits for
//   interpret({ kind: "print" }, "04A1…")                // {do: "print", blank: "04A1…"}
import type { Action, Job, Transfer } from "../gen/keping/edge/v1/edge_pb.js";
import type { GetBatchResponse } from "../gen/keping/edge/v1/press_pb.js";
import { ScanField } from "../gen/keping/edge/v1/scan_pb.js";
import { BatchEnd } from "../gen/keping/log/v1/office_pb.js";
import type { Role } from "../gen/keping/log/v1/office_pb.js";
import type { Told } from "./acts/act.js";
import type { ActName } from "./acts/index.js";
import { answer, close, question, type Answered, type Form } from "./forms.js";
import { workOf, type Work } from "./menu.js";
import type { Key, Values } from "../common/messages.js";
import { CAUSES } from "./questions.js";
import { gathered } from "./serials.js";
import { upkeepOf, type CardStory, type Room } from "./upkeep.js";

// What a card of the batch is chosen for.
export type Purpose = "card" | "spoil" | "unused";

export type Task =
  | { kind: "print" }
  | { kind: "working"; job: Job }
  // The card is in the output tray, or a person must look: completed, doubt or failed.
  | { kind: "finish"; job: Job }
  | { kind: "tail"; job: Job; serial: string }
  // Which card is spoiled is said by its serial, where that can be read.
  | { kind: "spoilSerial"; job: Job }
  | { kind: "spoil"; job: Job; serial: string }
  | { kind: "unused"; job: Job }
  // The blank in hand is said to be empty, though the printer did not say that it failed.
  | { kind: "unusedSure"; job: Job }
  | { kind: "spoilBlank" }
  | { kind: "spoilBlankCause"; serial: string }
  | { kind: "receive"; transfer: Transfer; scanned: string[] }
  | { kind: "order"; action: Action }
  // The blanks that lie in the hopper, in their order.
  | { kind: "hopper"; blanks: string[] }
  // A batch feeds, or its cards want their scan: `out`, in the order of the hopper.
  | { kind: "batch"; batch: GetBatchResponse; out: Job[] }
  | { kind: "pick"; purpose: Purpose; batch: GetBatchResponse; out: Job[]; serial: string }
  | { kind: "history"; story: CardStory | undefined }
  | { kind: "upkeep"; room: Room }
  // Other work, for a person of this role.
  | { kind: "menu"; role: Role }
  // `act`: of an act that asked nothing, whose help nobody saw yet.
  | { kind: "told"; told: Told; act?: ActName }
  // `back`: where the person came from.
  | { kind: "form"; form: Form; back?: Task };

// What the desk then does.
export type Step =
  | { do: "print"; blank: string }
  | { do: "go"; to: Task; say?: Key; values?: Values }
  | { do: "verify"; job: Job; serial: string; tail: string }
  | { do: "spoil"; job: Job; serial: string; cause: number }
  | { do: "release"; job: Job }
  | { do: "spoilBlank"; serial: string; cause: number }
  | { do: "receive"; transfer: Transfer; scanned: string[] }
  | { do: "acknowledge"; action: Action }
  | { do: "openBatch"; blanks: string[] }
  | { do: "closeBatch"; batch: string }
  | { do: "readHistory"; subject: string }
  | { do: "readRoom" }
  | { do: "work"; work: Work }
  | { do: "submit"; form: Form }
  | { do: "say"; key: Key; values?: Values }
  | { do: "nothing" };

// What one hopper takes.
export const MAX_BATCH = 200;

const NOTHING: Step = { do: "nothing" };
const say = (key: Key, values?: Values): Step => ({ do: "say", key, ...(values && { values }) });
const go = (to: Task): Step => ({ do: "go", to });

export const atPrinter = (job: Job) => job.state === "intended" || job.state === "sent";
export const runs = (batch: GetBatchResponse) => batch.end === BatchEnd.UNSPECIFIED;

// The cards of a batch that came out and want their scan.
export function outOf(batch: GetBatchResponse): Job[] {
  return batch.jobs.filter((job) => batch.toScan.includes(job.act));
}

// How a card of the batch is called: by its place in the hopper.
export function numberOf(batch: GetBatchResponse, job: Job): number {
  return batch.jobs.findIndex((one) => one.act === job.act) + 1;
}

function batchTask(jobs: Job[], printer: string, batches: GetBatchResponse[]): Task | undefined {
  const batch = batches.find(
    (one) => one.printer === printer && (runs(one) || jobs.some((job) => job.batch === one.batch)),
  );
  if (!batch) return undefined;
  const out = outOf(batch);
  const several = out.length > 1 || (out.length === 1 && batch.end === BatchEnd.MISMATCH);
  return runs(batch) || several ? { kind: "batch", batch, out } : undefined;
}

// One question back, where a task asked two; undefined where it is left.
export function before(task: Task): Task | undefined {
  if (task.kind === "spoilBlankCause") return { kind: "spoilBlank" };
  if (task.kind === "unusedSure") return { kind: "unused", job: task.job };
  return undefined;
}

// What the printer waits for. A job whose printer works is not for people yet; one whose answer was
// set aside waits beside the desk.
export function baseTask(openJobs: Job[], printer: string, batches: GetBatchResponse[] = []): Task {
  const jobs = openJobs.filter((one) => one.printer === printer && !one.reopened);
  const batch = batchTask(jobs, printer, batches);
  if (batch) return batch;
  const job = jobs.find((one) => !atPrinter(one)) ?? jobs[0];
  if (!job) return { kind: "print" };
  return atPrinter(job) ? { kind: "working", job } : { kind: "finish", job };
}

// The job that a task is about; a task whose job is settled is over.
export function jobOf(task: Task): Job | undefined {
  return "job" in task ? task.job : undefined;
}

// The printer is done; people are not.
export function wantsPeople(task: Task): boolean {
  return task.kind === "finish" || (task.kind === "batch" && !runs(task.batch));
}

// A task that a person chose, with its jobs as they are now; undefined when somebody settled them.
export function renewed(task: Task, openJobs: Job[]): Task | undefined {
  const open = (job: Job) => openJobs.find((one) => one.act === job.act);
  if ("job" in task) {
    const job = open(task.job);
    return job && { ...task, job };
  }
  if (task.kind !== "pick") return task;
  const out = task.out.flatMap((job) => open(job) ?? []);
  return out.length > 0 ? { ...task, out } : undefined;
}

// What the field takes now; undefined where it takes keys and digits, which no reader types.
export function fieldOf(task: Task): ScanField | undefined {
  switch (task.kind) {
    case "print":
    case "working":
    case "finish":
    case "unused":
    case "spoilBlank":
    case "spoilSerial":
    case "batch":
    // One at a time: a set of serials has no order.
    case "hopper":
      return ScanField.BLANK;
    case "receive":
      return ScanField.BLANKS;
    case "form":
      return question(task.form)?.field;
    default:
      return undefined;
  }
}

function causeOf(input: string): number | undefined {
  return CAUSES.find((cause) => String(cause) === input);
}

function scanOf(transfer: Transfer, scanned: string[], input: string): Step {
  const all = gathered(scanned, input);
  return all ? go({ kind: "receive", transfer, scanned: all }) : say("receive.twice");
}

// The order is that of the hopper, so nothing that lies in it already is passed over in silence.
function intoHopper(blanks: string[], blank: string): Step {
  if (blanks.includes(blank)) return say("hopper.twice", { blank });
  if (blanks.length >= MAX_BATCH) return say("hopper.full", { n: MAX_BATCH });
  return go({ kind: "hopper", blanks: [...blanks, blank] });
}

// Serials find their own card. Another blank's serial is on a card whose owner a person must name,
// unless only one card came out.
function scanInBatch({ batch, out }: Extract<Task, { kind: "batch" }>, serial: string): Step {
  const job = out.find((one) => one.blank === serial) ?? (out.length === 1 ? out[0] : undefined);
  if (batch.jobs.some((one) => one.blank === serial && one.state === "good")) return say("batch.already", { serial });
  if (job) return go({ kind: "tail", job, serial });
  if (out.length === 0) return say("batch.noneOut");
  return go({ kind: "pick", purpose: "card", batch, out, serial });
}

// The other cards of the same batch that came out: the serial may lie on one of them.
export function othersOut(
  task: Extract<Task, { kind: "tail" }>,
  batches: GetBatchResponse[],
): Extract<Task, { kind: "pick" }> | undefined {
  const batch = batches.find((one) => one.batch === task.job.batch);
  const out = batch ? outOf(batch).filter(({ act }) => act !== task.job.act) : [];
  if (!batch || out.length === 0) return undefined;
  return { kind: "pick", purpose: "card", batch, out, serial: task.serial };
}

export function chosenFor(purpose: Purpose, job: Job, serial: string): Task {
  if (purpose === "card") return { kind: "tail", job, serial };
  return purpose === "spoil" ? { kind: "spoilSerial", job } : { kind: "unused", job };
}

// A card that came out is no empty blank, and has the same number: a scan alone says which only where the
// printer failed before it.
function unusedOf(job: Job, serial: string): Step {
  if (serial !== job.blank) return say("unused.otherBlank", { blank: job.blank });
  const failed = job.state === "failed" && !job.printerSaidCompleted && !job.cancelAsked;
  return failed ? { do: "release", job } : go({ kind: "unusedSure", job });
}

// A card on another blank than the one that was scanned for it is told at once: the wrong thing may have
// been scanned.
function tailOf(job: Job, serial: string): Step {
  const to: Task = { kind: "tail", job, serial };
  if (job.blank === "" || serial === job.blank) return go(to);
  return { do: "go", to, say: "tail.other", values: { serial, blank: job.blank } };
}

function pickOf({ batch, out, purpose, serial }: Extract<Task, { kind: "pick" }>, input: string): Step {
  const job = out.find((one) => String(numberOf(batch, one)) === input);
  return job ? go(chosenFor(purpose, job, serial)) : say("pick.choose");
}

function filled(task: Extract<Task, { kind: "form" }>, answered: Answered): Step {
  if ("wrong" in answered) return say(answered.wrong);
  if (answered.complete) return { do: "submit", form: answered.form };
  return go({ ...task, form: answered.form });
}

function spoiledSerial(job: Job, input: string): Step {
  if (input === "" && job.blank === "") return say("spoilSerial.needed");
  return go({ kind: "spoil", job, serial: input });
}

// Where the field takes serials, `raw` is what the node made of them. An empty input is the Enter key
// alone: it confirms, and never prints.
export function interpret(task: Task, raw: string): Step {
  const input = raw.trim();
  const confirmed = input === "";
  switch (task.kind) {
    case "print":
      return confirmed ? NOTHING : { do: "print", blank: input };
    case "working":
      return confirmed ? NOTHING : say("scan.wait");
    case "finish":
      return confirmed ? NOTHING : tailOf(task.job, input);
    case "tail":
      if (!/^\d{4}$/.test(input)) return say("tail.four");
      return { do: "verify", job: task.job, serial: task.serial, tail: input };
    case "spoilSerial":
      return spoiledSerial(task.job, input);
    case "spoil": {
      const { job, serial } = task;
      const cause = causeOf(input);
      return cause ? { do: "spoil", job, serial, cause } : say("cause.choose");
    }
    case "unused":
      if (confirmed) return NOTHING;
      return unusedOf(task.job, input);
    case "unusedSure":
      return input === "1" ? { do: "release", job: task.job } : say("unused.sureWrong");
    case "spoilBlank":
      return confirmed ? NOTHING : go({ kind: "spoilBlankCause", serial: input });
    case "spoilBlankCause": {
      const cause = causeOf(input);
      return cause ? { do: "spoilBlank", serial: task.serial, cause } : say("cause.choose");
    }
    case "receive":
      return confirmed ? NOTHING : scanOf(task.transfer, task.scanned, input);
    case "order":
      return confirmed ? { do: "acknowledge", action: task.action } : say("order.enterOnly");
    default:
      return interpretMore(task, raw);
  }
}

type More = Extract<Task, { kind: "hopper" | "batch" | "pick" | "history" | "upkeep" | "menu" | "told" | "form" }>;

function interpretMore(task: More, raw: string): Step {
  const input = raw.trim();
  // A question of a form may be answered by Enter alone.
  if (task.kind === "form") {
    const gathers = question(task.form)?.scans !== undefined;
    return gathers && input === "" ? NOTHING : filled(task, answer(task.form, raw));
  }
  if (input === "") return NOTHING;
  switch (task.kind) {
    case "hopper":
      return intoHopper(task.blanks, input);
    case "batch":
      return scanInBatch(task, input);
    case "pick":
      return pickOf(task, input);
    case "history":
      return { do: "readHistory", subject: input };
    case "upkeep": {
      const form = upkeepOf(task.room, input);
      if (form?.act === "destroy" && form.items.length === 0) return say("destroy.none");
      return form ? go({ kind: "form", form, back: task }) : say("form.choose");
    }
    case "menu": {
      const work = workOf(task, input);
      return work ? { do: "work", work } : say("form.choose");
    }
    case "told":
      return say("told.escape");
  }
}

// What F10 makes of the scans that a task gathered.
export function closed(task: Task): Step {
  switch (task.kind) {
    case "receive":
      if (task.scanned.length === 0) return say("receive.nothing");
      return { do: "receive", transfer: task.transfer, scanned: task.scanned };
    case "hopper":
      return task.blanks.length > 0 ? { do: "openBatch", blanks: task.blanks } : say("receive.nothing");
    case "form":
      return filled(task, close(task.form));
    default:
      return NOTHING;
  }
}

// What a task gathered and nobody closed yet.
export function gatheredBy(task: Task): string[] {
  if (task.kind === "receive") return task.scanned;
  if (task.kind === "hopper") return task.blanks;
  return task.kind === "form" ? task.form.scanned : [];
}

// Without the last of them; undefined where there is none.
export function withoutLast(task: Task): Task | undefined {
  if (gatheredBy(task).length === 0) return undefined;
  if (task.kind === "receive") return { ...task, scanned: task.scanned.slice(0, -1) };
  if (task.kind === "hopper") return { ...task, blanks: task.blanks.slice(0, -1) };
  if (task.kind !== "form") return undefined;
  return { ...task, form: { ...task.form, scanned: task.form.scanned.slice(0, -1) } };
}

const ASKS_FOR_CARDS = ["print", "working", "finish", "batch"];

// A card scanned while the desk waits for something else: if it is the card of another job that
// waits for people, it is meant for that one.
export function cardOfAnotherJob(openJobs: Job[], task: Task, serial: string): Task | undefined {
  if (!ASKS_FOR_CARDS.includes(task.kind)) return undefined;
  const job = openJobs.find((one) => one.blank === serial && one.act !== jobOf(task)?.act);
  if (!job || atPrinter(job)) return undefined;
  return { kind: "tail", job, serial };
}
