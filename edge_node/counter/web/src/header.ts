// The line above all: which office, who, how the link is, and the language.
import { counterName } from "./counter_name.js";
import type { Desk } from "./desk.js";
import { fillWith, h } from "../common/dom.js";
import { count, language, setLanguage, t } from "../common/messages.js";
import type { Office } from "./office.js";
import { refusal } from "../common/problem.js";

export class Header {
  readonly element = h("header", {});
  readonly banner = h("div", { class: "banner", role: "alert", id: "banner" });

  constructor(
    private readonly desk: Desk,
    private readonly office: Office,
    private readonly leave: () => void,
    private readonly languageChanged: () => void,
    private readonly chooseCounter: (counter: string) => void,
  ) {}

  update(): void {
    const { facts, status, reached } = this.office;
    const connected = status?.connected ?? false;
    fillWith(
      this.element,
      h("strong", { class: "office" }, "Keping · ", facts?.officeName ?? ""),
      facts?.specimen ? h("span", { class: "specimen" }, t("header.specimen")) : "",
      h("span", { id: "link", "data-link": reached && !connected ? "none" : "" }, reached && this.link()),
      ...this.reader(),
      h("span", { class: "operator" }, t("header.operator", { operator: this.desk.operatorId })),
      h("button", { type: "button", onclick: this.leave }, t("header.leave")),
      h("button", { type: "button", id: "language", onclick: () => this.switchLanguage() },
        t("header.otherLanguage")),
    );
    this.updateBanner(reached, status?.lockReason ?? "");
  }

  private link(): string {
    const { status } = this.office;
    if (status?.connected) return `● ${t("header.connected")}`;
    const days = status?.autonomy?.days ?? 0;
    return `○ ${t("header.offline")}${days > 0 ? t("header.printOn", { days: count(days) }) : ""}`;
  }

  // Which counter this is, where the configuration knows readers, and what is wrong with its reader.
  private reader(): (Node | false)[] {
    const { readers } = this.office;
    if (readers.length === 0) return [];
    const chosen = counterName();
    const option = (counter: string, label: string) =>
      h("option", { value: counter, defaultSelected: counter === chosen }, label);
    const problem = readers.find((one) => one.counter === chosen)?.problem;
    const sentence = problem && (language() === "id" ? problem.indonesian : problem.english);
    return [
      h("label", { class: "counter" }, t("header.counter"),
        h("select",
          { id: "counter", onchange: (event) => this.chooseCounter((event.target as HTMLSelectElement).value) },
          option("", "–"), ...readers.map(({ counter }) => option(counter, counter)))),
      problem !== undefined && h("span", { id: "reader" }, `⚠ ${sentence} (${problem.code})`),
    ];
  }

  private updateBanner(reached: boolean, lockReason: string): void {
    const code = !reached ? "K-221" : lockReason ? "K-103" : "";
    this.banner.hidden = code === "";
    fillWith(
      this.banner,
      code !== "" && h("span", {}, "⚠ ", refusal(code, lockReason).sentence),
      code !== "" && h("span", { class: "code" }, code),
    );
  }

  private switchLanguage(): void {
    setLanguage(language() === "id" ? "en" : "id");
    this.languageChanged();
  }
}
