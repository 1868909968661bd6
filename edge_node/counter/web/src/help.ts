// F1: what is on the screen now, what to scan next, and what to do when something is wrong. The words are
// three lines of one message for each task and each act, so that the compiler and a test find what is
// missing.
//
//   const help = new Help(() => view.focus());
//   help.show(desk.task);
import { h } from "../common/dom.js";
import { t } from "../common/messages.js";
import type { Task } from "./task.js";

const HEADS = ["help.what", "help.next", "help.wrong"] as const;

function helpOf(task: Task): string[] {
  const act = task.kind === "form" ? task.form.act : task.kind === "told" ? task.act : undefined;
  return (act ? t(`help.act.${act}`) : t(`help.task.${task.kind as Exclude<Task["kind"], "form">}`)).split("\n");
}

export class Help {
  readonly element = h("dialog", { class: "help", "aria-labelledby": "help-title" });

  // `closed`: the scan field takes the focus back.
  constructor(closed: () => void) {
    this.element.addEventListener("close", closed);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
  }

  get open(): boolean {
    return this.element.open;
  }

  close(): void {
    this.element.close();
  }

  show(task: Task): void {
    const lines = helpOf(task);
    const close = h("button", { type: "button", onclick: () => this.element.close() },
      h("kbd", {}, "Esc"), t("help.close"));
    this.element.replaceChildren(
      h("h2", { id: "help-title" }, t("help.title")),
      h("dl", {}, ...HEADS.flatMap((head, i) => [h("dt", {}, t(head)), h("dd", {}, lines[i])])),
      h("div", { class: "buttons" }, close),
    );
    this.element.showModal();
    close.focus();
  }

  // Esc closes a dialog by itself. A scan that comes meanwhile is not lost: it closes the help, and its
  // characters go on into the field.
  private onKey(event: KeyboardEvent): void {
    const { key } = event;
    event.stopPropagation();
    if (key === "F1") event.preventDefault();
    const scans = key.length === 1 && key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (key === "F1" || scans) this.element.close();
  }
}
