// Before the desk: who works here. Signing in, the own password that replaces one that somebody else
// made, and the password that a locked screen wants.
import { fillWith, h } from "./dom.js";
import { language, setLanguage, t, type Key } from "./messages.js";
import { problemOf, Rpc } from "./rpc.js";
import { Session } from "./session.js";

type Opened = (session: Session) => void;

interface Field {
  input: HTMLInputElement;
  label: Key;
}

function passwordField(id: string, label: Key): Field {
  return { label, input: h("input", { id, type: "password", autocomplete: "off", required: true }) };
}

// One form of the gate. `enter` may throw what the node answered: it is told, and the last field is
// there to be typed again.
function showForm(title: Key, hint: Key, fields: Field[], enter: () => Promise<void>, again: () => void): void {
  const notice = h("div", { class: "notice", role: "alert", id: "notice" });
  const last = fields[fields.length - 1]?.input;
  const submit = async () => {
    try {
      await enter();
    } catch (error) {
      const { code, sentence } = problemOf(error);
      notice.dataset["kind"] = "bad";
      fillWith(notice, h("span", { class: "mark" }, "✗"), h("span", {}, sentence),
        h("span", { class: "code" }, code));
      last?.select();
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

export function showGate(opened: Opened, person = ""): void {
  const operator = h("input", { id: "operator", autocomplete: "off", required: true, value: person });
  const password = passwordField("password", "gate.password");
  const enter = async () => {
    const name = operator.value.trim();
    const answer = await new Rpc(new Session("", name)).people.signIn({
      person: name,
      password: password.input.value,
    });
    const session = new Session(answer.token, name);
    if (answer.mustChangePassword) return showNewPassword(opened, session, password.input.value);
    session.store();
    opened(session);
  };
  showForm("gate.title", "gate.hint", [{ input: operator, label: "gate.operator" }, password], enter,
    () => showGate(opened, operator.value));
}

// The screen was left for a while: the session is still there.
export function showLock(opened: Opened, session: Session): void {
  const password = passwordField("password", "gate.password");
  const enter = async () => {
    const { token } = session;
    await new Rpc(session).people.unlockScreen({ token, password: password.input.value });
    opened(session);
  };
  showForm("gate.locked", "gate.lockedHint", [password], enter, () => showLock(opened, session));
}

function showNewPassword(opened: Opened, session: Session, oldPassword: string): void {
  const first = passwordField("new-password", "gate.newPassword");
  const second = passwordField("new-password-again", "gate.newPasswordAgain");
  const enter = async () => {
    const same = first.input.value === second.input.value;
    second.input.setCustomValidity(same ? "" : t("gate.notTheSame"));
    if (!second.input.reportValidity()) return;
    const { token, operatorId } = session;
    const newPassword = first.input.value;
    await new Rpc(session).people.changePassword({ operatorId, oldPassword, newPassword, token });
    session.store();
    opened(session);
  };
  second.input.addEventListener("input", () => second.input.setCustomValidity(""));
  showForm("gate.newTitle", "gate.newHint", [first, second], enter,
    () => showNewPassword(opened, session, oldPassword));
}
