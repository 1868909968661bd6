// Before the desk: who works here. A link "…/#key=TOKEN" fills in the key.
import { fillWith, h } from "./dom.js";
import { language, setLanguage, t, type Key } from "./messages.js";
import { problemOf, Rpc } from "./rpc.js";
import { Session } from "./session.js";

function keyOfLink(): string {
  const key = new URLSearchParams(location.hash.slice(1)).get("key") ?? "";
  // Not left in the address, which others can read and the browser keeps.
  if (key) history.replaceState(null, "", location.pathname);
  return key;
}

export function showGate(opened: (session: Session) => void, key = keyOfLink()): void {
  const token = h("input", { id: "token", type: "password", autocomplete: "off", required: true });
  const operator = h("input", { id: "operator", autocomplete: "off", required: true });
  token.value = key;
  const notice = h("div", { class: "notice", role: "alert", id: "notice" });

  const enter = async () => {
    const session = new Session(token.value.trim(), operator.value.trim());
    try {
      await new Rpc(session).screen.getOffice({});
      session.store();
      opened(session);
    } catch (error) {
      const { code, sentence } = problemOf(error);
      notice.dataset["kind"] = "bad";
      fillWith(notice, h("span", { class: "mark" }, "✗"), h("span", {}, sentence),
        h("span", { class: "code" }, code));
      token.select();
    }
  };
  const line = (label: Key, input: HTMLInputElement) =>
    h("p", {}, h("label", { htmlFor: input.id }, t(label)), input);
  const form = h(
    "form",
    {
      class: "gate",
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        void enter();
      },
    },
    h("h1", {}, t("gate.title")),
    line("gate.key", token),
    line("gate.operator", operator),
    h("p", { class: "hint" }, t("gate.hint")),
    notice,
    h("div", { class: "buttons" },
      h("button", { type: "submit" }, t("gate.enter")),
      h("button", {
        type: "button",
        id: "language",
        onclick: () => {
          setLanguage(language() === "id" ? "en" : "id");
          showGate(opened, token.value);
        },
      }, t("header.otherLanguage"))),
  );
  document.body.replaceChildren(form);
  (key ? operator : token).focus();
}
