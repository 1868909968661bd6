// Before everything else: who works here. Signing in, and the own password that replaces one that
// somebody else made.
//
//   new Gate({ signIn: …, changePassword: … }, (session) => showDesk(session)).show();
import { fillWith, h } from "./dom.js";
import { language, setLanguage, t, type Key } from "./messages.js";
import { problemOf, type Problem } from "./problem.js";

interface Field {
  input: HTMLInputElement;
  label: Key;
}

export function passwordField(id: string, label: Key): Field {
  return { label, input: h("input", { id, type: "password", autocomplete: "off", required: true }) };
}

// One form of the gate. `enter` may throw what the node answered, or return what is wrong with what was
// typed: it is told, and the last field is there to be typed again.
export function showForm(
  title: Key,
  hint: Key,
  fields: Field[],
  enter: () => Promise<Key | void>,
  again: () => void,
): void {
  const notice = h("div", { class: "notice", role: "alert", id: "notice" });
  const last = fields[fields.length - 1]?.input;
  const tell = ({ code, sentence }: Problem) => {
    notice.dataset["kind"] = "bad";
    fillWith(notice, h("span", { class: "mark" }, "✗"), h("span", {}, sentence),
      code !== "" && h("span", { class: "code" }, code));
    last?.select();
  };
  const submit = async () => {
    try {
      const wrong = await enter();
      if (wrong) tell({ code: "", sentence: t(wrong) });
    } catch (error) {
      tell(problemOf(error));
    }
  };
  const form = h(
    "form",
    {
      class: "gate",
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        void submit();
      },
    },
    h("h1", {}, t(title)),
    ...fields.map(({ input, label }) => h("p", {}, h("label", { htmlFor: input.id }, t(label)), input)),
    h("p", { class: "hint" }, t(hint)),
    notice,
    h("div", { class: "buttons" },
      h("button", { type: "submit" }, t("gate.enter")),
      h("button", {
        type: "button",
        id: "language",
        onclick: () => {
          setLanguage(language() === "id" ? "en" : "id");
          again();
        },
      }, t("header.otherLanguage"))),
  );
  document.body.replaceChildren(form);
  (fields.find(({ input }) => !input.value)?.input ?? last)?.focus();
}

export interface GateCalls<Session> {
  signIn(person: string, password: string): Promise<{ session: Session; mustChange: boolean }>;
  changePassword(session: Session, oldPassword: string, newPassword: string): Promise<void>;
}

export class Gate<Session> {
  constructor(
    private readonly calls: GateCalls<Session>,
    private readonly opened: (session: Session) => void,
  ) {}

  show(person = ""): void {
    const operator = h("input", { id: "operator", autocomplete: "off", required: true, value: person });
    const password = passwordField("password", "gate.password");
    const enter = async () => {
      const { session, mustChange } = await this.calls.signIn(operator.value.trim(), password.input.value);
      if (mustChange) return this.showNewPassword(session, password.input.value);
      this.opened(session);
    };
    showForm("gate.title", "gate.hint", [{ input: operator, label: "gate.operator" }, password], enter,
      () => this.show(operator.value));
  }

  private showNewPassword(session: Session, oldPassword: string): void {
    const first = passwordField("new-password", "gate.newPassword");
    const second = passwordField("new-password-again", "gate.newPasswordAgain");
    const enter = async (): Promise<Key | void> => {
      if (first.input.value !== second.input.value) return "gate.notTheSame";
      await this.calls.changePassword(session, oldPassword, first.input.value);
      this.opened(session);
    };
    showForm("gate.newTitle", "gate.newHint", [first, second], enter,
      () => this.showNewPassword(session, oldPassword));
  }
}
