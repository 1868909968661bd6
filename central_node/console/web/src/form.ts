// Forms that enter or decide something, with a second person where two are wanted.
//
//   form({ title: "dispatch.title", fields: [select("node", …)], submit: "dispatch.send", second: true,
//          run: async (text, options) => { await rpc.district.dispatchBlanks({ … }, options); return …; } })
import { h } from "../common/dom.js";
import { t, type Key } from "../common/messages.js";
import { isLoggedOut } from "../common/problem.js";
import { daysOf } from "./days.js";
import { button, fillNotice, showProblem, type Part } from "./parts.js";
import type { Context } from "./screen.js";

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface Field {
  name: string;
  label: Key;
  input: Input;
  hint?: Key;
  // What is wrong with what was typed; it is not sent then.
  wrong?: (typed: string) => Key | undefined;
}

let made = 0;

const id = (name: string) => `${name}-${++made}`;

export function text(name: string, label: Key, value = "", hint?: Key): Field {
  const input = h("input", { id: id(name), value, autocomplete: "off", spellcheck: false });
  return { name, label, input, ...(hint ? { hint } : {}) };
}

// Names a person; the characters of common/base/strong_id.cc.
export function personCode(name: string, label: Key): Field {
  const wrong = (typed: string): Key | undefined =>
    /^[A-Za-z0-9._:/-]{1,64}$/.test(typed) ? undefined : "form.personCode";
  return { ...required(text(name, label)), wrong };
}

export function number(name: string, label: Key, value = "", min = 1): Field {
  return { name, label, input: h("input", { id: id(name), type: "number", min: String(min), value }) };
}

export function day(name: string, label: Key, value = ""): Field {
  return { name, label, input: h("input", { id: id(name), type: "date", value }) };
}

export function longText(name: string, label: Key, value = "", hint?: Key): Field {
  const input = h("textarea", { id: id(name), value, rows: 3, spellcheck: false });
  return { name, label, input, ...(hint ? { hint } : {}) };
}

export function select(name: string, label: Key, options: [string, string][], chosen = ""): Field {
  const input = h("select", { id: id(name) }, ...options.map(([value, words]) =>
    h("option", { value, defaultSelected: value === chosen }, words)));
  return { name, label, input };
}

export function tick(name: string, label: Key): Field {
  return { name, label, input: h("input", { id: id(name), type: "checkbox" }) };
}

// Several ticks under one name, for `inside` of a form; read by an Entered of their fields.
export function ticks(legend: Key, fields: Field[]): HTMLElement {
  return h("fieldset", { class: "ticks" }, h("legend", {}, t(legend)),
    ...fields.map(({ input, label }) => h("label", {}, input, " ", t(label))));
}

export function required(field: Field): Field {
  field.input.required = true;
  return field;
}

// Whether it is asked now; a text that is hidden is none.
export function show(field: Field, shown: boolean): void {
  const row = field.input.closest("p");
  if (row) row.hidden = !shown;
  if (!shown && field.input instanceof HTMLInputElement) field.input.value = "";
}

// Of the enum's names: every number but the unspecified one.
export function numbersOf(values: Record<string, string | number>): number[] {
  return Object.values(values).filter((value): value is number => typeof value === "number" && value > 0);
}

// What was entered, by the names of the fields.
export class Entered {
  constructor(private readonly fields: Field[]) {}

  // Of the first field that is wrong.
  wrong(): Key | undefined {
    for (const { input, wrong } of this.fields) {
      const key = wrong?.(input.value.trim());
      if (key === undefined) continue;
      input.focus();
      return key;
    }
    return undefined;
  }
  text(name: string): string {
    return this.fields.find((one) => one.name === name)?.input.value.trim() ?? "";
  }
  number(name: string): number {
    return Number(this.text(name));
  }
  big(name: string): bigint {
    return BigInt(this.text(name) || "0");
  }
  day(name: string): number {
    return daysOf(this.text(name));
  }
  ticked(name: string): boolean {
    const input = this.fields.find((one) => one.name === name)?.input;
    return input instanceof HTMLInputElement && input.checked;
  }
}

export interface FormOptions {
  fields: Field[];
  submit: Key;
  // What stands below the fields.
  inside?: Part[];
  // Two persons: the other one is named, and gives the own password.
  second?: boolean;
  // What was done, in words. May throw what the centre answered.
  run: (entered: Entered, confirmed: { headers?: Record<string, string> }) => Promise<Part>;
  // It was done: the fields are empty again, and what shows its effect is read anew.
  done?: () => void;
}

function row({ input, label, hint }: Field): HTMLElement {
  if (hint) input.setAttribute("aria-describedby", `${input.id}-hint`);
  return h("p", {}, h("label", { htmlFor: input.id }, t(label)), input,
    hint && h("small", { id: `${input.id}-hint` }, t(hint)));
}

export function form(context: Context, options: FormOptions): HTMLFormElement {
  const second = options.second ? secondFields() : [];
  const fields = [...options.fields, ...second];
  const entered = new Entered(fields);
  const notice = h("div", { class: "notice", role: "alert" });
  const send = h("button", { type: "submit" }, t(options.submit));
  const run = async () => {
    const wrong = entered.wrong();
    if (wrong) return fillNotice(notice, "bad", t(wrong));
    send.disabled = true;
    fillNotice(notice, "");
    try {
      const confirmed = options.second
        ? await context.rpc.confirmed(entered.text("second"), entered.text("second-password"))
        : {};
      fillNotice(notice, "good", await options.run(entered, confirmed));
      if (options.done) element.reset();
      options.done?.();
    } catch (error) {
      showProblem(notice, error);
      // What was typed stays to be read until the person goes to the gate.
      if (isLoggedOut(error)) notice.append(button("form.signInAgain", () => location.reload()));
    } finally {
      send.disabled = false;
      // A password stands on the screen for one act.
      for (const { input } of second) if (input.type === "password") input.value = "";
    }
  };
  const element = h("form", {
    class: "entry",
    // What was answered is about what was sent.
    oninput: () => fillNotice(notice, ""),
    onsubmit: (event: SubmitEvent) => {
      event.preventDefault();
      void run();
    },
  }, ...options.fields.map(row), ...(options.inside ?? []), second.length > 0 && h("fieldset", { class: "second" },
    h("legend", {}, t("second.title")), ...second.map(row)),
    notice, h("p", { class: "buttons" }, send));
  return element;
}

function secondFields(): Field[] {
  const password: Field = {
    name: "second-password",
    label: "second.password",
    input: h("input", { id: id("second-password"), type: "password", autocomplete: "off", required: true }),
  };
  return [{ ...personCode("second", "second.officer"), hint: "second.hint" }, password];
}
