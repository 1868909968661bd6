// What the next scan means: the desk's state, and what an input makes of it. Pure, so that every
// case is a row of a test.
//
//   const base = baseTask(openJobs, printer);     // what the printer waits for
//   interpret({ kind: "print" }, "04A1…")         // {do: "print", blank: "04A1…"}
import type { Action, Job, Transfer } from "../gen/keping/edge/v1/edge_pb.js";
import { ScanField } from "../gen/keping/edge/v1/scan_pb.js";
import type { Key, Values } from "./messages.js";
import { expand } from "./serials.js";

export type Task =
  | { kind: "print" }
  | { kind: "working"; job: Job }
  // The card is in the output tray, or a person must look: completed, doubt or failed.
  | { kind: "finish"; job: Job }
  | { kind: "tail"; job: Job; serial: string }
  | { kind: "spoil"; job: Job }
  | { kind: "unused"; job: Job }
  | { kind: "spoilBlank" }
  | { kind: "spoilBlankCause"; serial: string }
  | { kind: "receive"; transfer: Transfer; scanned: string[] }
  | { kind: "order"; action: Action };

// What the desk then does.
export type Step =
  | { do: "print"; blank: string }
  | { do: "go"; to: Task; say?: Key; values?: Values }
  | { do: "verify"; job: Job; serial: string; tail: string }
  | { do: "spoil"; job: Job; cause: number }
  | { do: "release"; job: Job }
  | { do: "spoilBlank"; serial: string; cause: number }
  | { do: "receive"; transfer: Transfer; scanned: string[] }
  | { do: "acknowledge"; action: Action }
  | { do: "say"; key: Key; values?: Values }
  | { do: "nothing" };

// The numbers of SpoilCause, as the keys 1 to 5 choose them.
export const CAUSES = [1, 2, 3, 4, 5];

// What the printer waits for. A job whose printer works is not for people yet.
export function baseTask(openJobs: Job[], printer: string): Task {
  const job = openJobs.find((one) => one.printer === printer);
  if (!job) return { kind: "print" };
  if (job.state === "intended" || job.state === "sent") return { kind: "working", job };
  return { kind: "finish", job };
}

// The job that a task is about; a task whose job is settled is over.
export function jobOf(task: Task): Job | undefined {
  return "job" in task ? task.job : undefined;
}

// What the field takes now; undefined where it takes keys and digits, which no reader types.
export function fieldOf(task: Task): ScanField | undefined {
  switch (task.kind) {
    case "print":
    case "working":
    case "finish":
    case "unused":
    case "spoilBlank":
      return ScanField.BLANK;
    case "receive":
      return ScanField.BLANKS;
    default:
      return undefined;
  }
}

function causeOf(input: string): number | undefined {
  return CAUSES.find((cause) => String(cause) === input);
}

function scanOf(transfer: Transfer, scanned: string[], input: string): Step {
  const known = new Set(scanned);
  const fresh = expand(input).filter((serial) => !known.has(serial));
  if (fresh.length === 0) return { do: "say", key: "receive.twice" };
  return { do: "go", to: { kind: "receive", transfer, scanned: [...scanned, ...fresh] } };
}

// Where the field takes serials, `raw` is what the node made of them. An empty input is the Enter key
// alone: it confirms, and never prints.
export function interpret(task: Task, raw: string): Step {
  const input = raw.trim();
  const confirmed = input === "";
  switch (task.kind) {
    case "print":
      return confirmed ? { do: "nothing" } : { do: "print", blank: input };
    case "working":
      return confirmed ? { do: "nothing" } : { do: "say", key: "scan.wait" };
    case "finish":
      if (confirmed) return { do: "nothing" };
      return { do: "go", to: { kind: "tail", job: task.job, serial: input } };
    case "tail":
      if (!/^\d{4}$/.test(input)) return { do: "say", key: "tail.four" };
      return { do: "verify", job: task.job, serial: task.serial, tail: input };
    case "spoil": {
      const cause = causeOf(input);
      return cause ? { do: "spoil", job: task.job, cause } : { do: "say", key: "cause.choose" };
    }
    case "unused":
      if (confirmed) return { do: "nothing" };
      return input === task.job.blank
        ? { do: "release", job: task.job }
        : { do: "say", key: "unused.otherBlank", values: { blank: task.job.blank } };
    case "spoilBlank":
      if (confirmed) return { do: "nothing" };
      return { do: "go", to: { kind: "spoilBlankCause", serial: input } };
    case "spoilBlankCause": {
      const cause = causeOf(input);
      return cause
        ? { do: "spoilBlank", serial: task.serial, cause }
        : { do: "say", key: "cause.choose" };
    }
    case "receive":
      return confirmed ? { do: "nothing" } : scanOf(task.transfer, task.scanned, input);
    case "order":
      return confirmed
        ? { do: "acknowledge", action: task.action }
        : { do: "say", key: "order.enterOnly" };
  }
}

// A card scanned while the desk waits for something else: if it is the card of another printer that
// waits for people, it is meant for that one.
export function cardOfAnotherPrinter(openJobs: Job[], task: Task, serial: string): Task | undefined {
  if (task.kind !== "print" && task.kind !== "working" && task.kind !== "finish") return undefined;
  const job = openJobs.find((one) => one.blank === serial && one.act !== jobOf(task)?.act);
  if (!job || job.state === "intended" || job.state === "sent") return undefined;
  return { kind: "tail", job, serial };
}
