// What the desk says in large type about a task: what to do now, a hint, and what the scan field takes.
import type { Job } from "../gen/keping/edge/v1/edge_pb.js";
import { BatchEnd } from "../gen/keping/log/v1/office_pb.js";
import { ACTS } from "./acts/index.js";
import { question } from "./forms.js";
import { count, named, t, type Key } from "../common/messages.js";
import type { Card } from "./office.js";
import { blanksOf } from "./serials.js";
import { jobOf, runs, type Purpose, type Task } from "./task.js";
import { dateText } from "../common/time.js";
import { saying } from "./words.js";

export interface Words {
  title: string;
  hint: string;
  label: Key;
}

export interface Scene {
  card: Card | undefined;
  // The printer of the task's job works, or waits for people in the middle of it.
  busy: boolean;
  stopped: boolean;
  // The desk's printer may print nothing more today.
  spent: boolean;
  // Other cards of its batch came out too.
  others: boolean;
}

type Of<Kind extends Task["kind"]> = Extract<Task, { kind: Kind }>;

export function isDoubt(task: Task): boolean {
  return jobOf(task)?.state === "doubt";
}

export function orderTitle(task: Of<"order">): string {
  return named("order.", String(task.action.kind)) ?? t("order.other");
}

const words = (title: Key, hint: Key, label: Key): Words => ({ title: t(title), hint: t(hint), label });

function doubtHint(job: Job, busy: boolean): string {
  if (busy) return t("doubt.printerBusy");
  return job.printerSaidCompleted ? t("doubt.printerSaysDone") : t("doubt.hint");
}

function finishWords(job: Job, { card, busy }: Scene): Words {
  const name = card?.name || t("card.noName");
  const label = "label.card";
  if (job.reopened) return { title: t("reopened.title", { name }), hint: t("reopened.hint"), label };
  if (job.cancelAsked && job.state !== "completed") {
    return { title: t("cancelled.title"), hint: busy ? t("cancelling.busy") : t("failed.hint", { name }), label };
  }
  if (job.state === "doubt") return { title: t("doubt.title", { name }), hint: doubtHint(job, busy), label };
  if (job.state === "failed") {
    return { title: t("failed.title"), hint: t("failed.hint", { name }), label };
  }
  return words("finish.title", "finish.hint", label);
}

function workingWords({ blank, cancelAsked }: Job, { stopped }: Scene): Words {
  const label = "label.wait";
  if (cancelAsked) return words("cancelling.title", "cancelling.hint", label);
  if (stopped) return { title: t("stopped.title"), hint: t("stopped.hint", { blank }), label };
  return words("working.title", "working.hint", label);
}

function batchWords({ batch, out }: Of<"batch">): Words {
  const label = "label.card";
  if (runs(batch)) {
    const title = t("batch.title", { n: batch.jobs.length, all: batch.jobs.length + batch.waiting.length });
    return { title, hint: t(out.length > 0 ? "batch.hint" : "batch.waitHint"), label };
  }
  if (batch.end === BatchEnd.MISMATCH) return words("mismatch.title", "mismatch.hint", label);
  const title = named("batch.end.", String(batch.end)) ?? t("batch.ended");
  return { title, hint: t("batch.endHint", { n: out.length }), label };
}

function formWords({ form }: Of<"form">): Words {
  const { about } = form;
  const asked = question(form);
  const values = {
    printer: about["printer"] ?? "",
    consumable: about["consumable"] ?? "",
    kind: named("consumable.", about["kind"] ?? "") ?? "",
    work: named("maintenance.", about["kind"] ?? "") ?? "",
    pile: named("pile.", about["pile"] ?? "") ?? "",
  };
  return {
    title: t(ACTS[form.act].title, values),
    hint: asked ? t(asked.hint, values) : "",
    label: asked?.label ?? "label.wait",
  };
}

const PICK_TITLES: Record<Purpose, Key> = {
  card: "pick.title",
  spoil: "pick.spoil",
  unused: "pick.unused",
};

function upkeepWords({ room }: Of<"upkeep">): Words {
  const { day, number } = room.day;
  const today = dateText(day);
  return {
    title: t("upkeep.title", { printer: room.printer }),
    hint: number === 0n ? t("upkeep.noDay") : t("upkeep.hint", { today }),
    label: "label.choice",
  };
}

function moreWords(task: Of<"hopper" | "batch" | "pick" | "history" | "upkeep" | "menu" | "told" | "form">): Words {
  switch (task.kind) {
    case "hopper":
      return words("hopper.title", "hopper.hint", "label.blank");
    case "batch":
      return batchWords(task);
    case "pick":
      return words(PICK_TITLES[task.purpose], task.purpose === "card" ? "pick.hint" : "pick.jobHint", "label.pick");
    case "history": {
      const subject = task.story?.subject ?? "";
      const title = subject ? t("history.of", { subject }) : t("history.title");
      return { title, hint: t("history.hint"), label: "label.history" };
    }
    case "upkeep":
      return upkeepWords(task);
    case "menu":
      return words("menu.title", "menu.hint", "label.choice");
    case "told": {
      const { title, hint } = task.told;
      return { title: saying(title), hint: t(hint ?? "told.hint"), label: "label.told" };
    }
    case "form":
      return formWords(task);
  }
}

export function wordsOf(task: Task, scene: Scene): Words {
  switch (task.kind) {
    case "print":
      return scene.spent ? words("spent.title", "spent.hint", "label.blank")
        : words("print.title", "print.hint", "label.blank");
    case "working":
      return workingWords(task.job, scene);
    case "finish":
      return finishWords(task.job, scene);
    case "tail":
      return words("tail.title", scene.others ? "tail.batchHint" : "tail.hint", "label.tail");
    case "spoilSerial":
      return words("spoilSerial.title", "spoilSerial.hint", "label.card");
    case "spoil":
    case "spoilBlankCause":
      return words("cause.title", "cause.choose", "label.cause");
    case "unused":
      return {
        title: t("unused.title"),
        hint: t("unused.hint", { blank: task.job.blank }),
        label: "label.blank",
      };
    case "unusedSure":
      return { title: t("unused.sure", { blank: task.job.blank }), hint: t("unused.sureHint"), label: "label.choice" };
    case "spoilBlank":
      return words("spoilBlank.title", "spoilBlank.hint", "label.blank");
    case "receive": {
      const { transfer, boxes } = task.transfer;
      const title = t("receive.title", { transfer, quantity: count(blanksOf(task.transfer)) });
      const hint = boxes.length > 0 ? "receive.hintBoxes" : "receive.hint";
      return { title, hint: t(hint), label: "label.receive" };
    }
    case "order":
      return { title: orderTitle(task), hint: t("order.hint"), label: "label.order" };
    default:
      return moreWords(task);
  }
}
