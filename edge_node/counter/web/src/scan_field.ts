// The one field that a scanner types into. It has the focus whenever nothing else needs it: a scan
// must never be lost because somebody clicked elsewhere.
//
//   const field = new ScanField({ onScan: (input) => …, onPaste: (text) => … });
//   field.element; field.focus();
import { h } from "../common/dom.js";

export interface ScanEvents {
  onScan: (input: string) => void;
  // A paste never lands in the field: what it means differs from a scan.
  onPaste: (text: string) => void;
}

export class ScanField {
  readonly element: HTMLInputElement;
  private asked = "";
  private secret = false;

  constructor({ onScan, onPaste }: ScanEvents) {
    this.element = h("input", {
      class: "scan",
      id: "scan",
      type: "text",
      autocomplete: "off",
      spellcheck: false,
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        // A key that is held down is one press: the next question was not read yet.
        if (event.repeat) return;
        const input = this.element.value;
        this.element.value = "";
        this.element.placeholder = "";
        onScan(input);
      },
      onpaste: (event: ClipboardEvent) => {
        event.preventDefault();
        onPaste(event.clipboardData?.getData("text") ?? "");
      },
    });
    // What is typed while a button has the focus goes to the field; Tab, Enter and Space are the
    // keyboard's way to the buttons themselves.
    document.addEventListener("keydown", (event) => {
      const plain = event.key.length === 1 && event.key !== " ";
      if (!plain || event.ctrlKey || event.altKey || event.metaKey || this.otherInput()) return;
      this.focus();
    });
    document.addEventListener("click", () => {
      if (!this.otherInput()) this.focus();
    });
    window.addEventListener("focus", () => this.focus());
  }

  // What came from elsewhere; what is being typed stays.
  show(text: string): void {
    this.element.placeholder = text;
  }

  // A password is typed unseen; another question must not find what was begun for the one before.
  ask(question: string, secret: boolean): void {
    if (question !== this.asked) this.element.value = secret || this.secret ? "" : this.element.value;
    this.asked = question;
    this.secret = secret;
    const type = secret ? "password" : "text";
    if (this.element.type !== type) this.element.type = type;
  }

  focus(): void {
    if (this.element.isConnected && document.activeElement !== this.element) this.element.focus();
  }

  private otherInput(): boolean {
    const active = document.activeElement;
    return active instanceof HTMLInputElement && active !== this.element;
  }
}
