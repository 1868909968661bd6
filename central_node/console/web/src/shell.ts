// What stands around every screen: who and how the centre is, the navigation, and the way to a screen by
// its address.
import { fillWith, h } from "../common/dom.js";
import { language, named, setLanguage, t } from "../common/messages.js";
import { isLoggedOut, refusal } from "../common/problem.js";
import { showProblem } from "./parts.js";
import { Address, linkTo, type Context, type Screen } from "./screen.js";
import { screens } from "./screens/index.js";

export class Shell {
  private readonly header = h("header", {});
  private readonly banner = h("div", { class: "banner", role: "alert", id: "banner", hidden: true });
  private readonly nav = h("nav", { "aria-label": t("nav.label") });
  private readonly place = h("main", { id: "main", tabIndex: -1 });
  private readonly skip = h("a", { class: "skip", href: "#main" });
  private follow: (() => void) | undefined;
  private shown = 0;

  constructor(
    private readonly context: Context,
    private readonly leave: () => void,
  ) {}

  start(): void {
    this.skip.onclick = (event) => {
      event.preventDefault();
      this.place.focus();
    };
    document.body.replaceChildren(this.skip, this.header, this.banner, this.nav, this.place);
    addEventListener("hashchange", () => void this.go(true));
    this.update();
    void this.go(false);
  }

  // The live picture changed.
  update(): void {
    const { live, facts, session } = this.context;
    fillWith(
      this.header,
      h("strong", { class: "office" }, "Keping · ", t("header.district", { district: facts.district })),
      facts.specimen ? h("span", { class: "specimen" }, t("header.specimen")) : "",
      h("span", { id: "link" }, live.reached ? `● ${t("header.live")}` : live.lost && `○ ${t("header.notLive")}`),
      h("span", { class: "operator" }, `${session.person} · ${named("role.", String(session.role)) ?? ""}`),
      h("button", { type: "button", id: "leave", onclick: this.leave }, t("header.leave")),
      h("button", { type: "button", id: "language", onclick: () => this.switchLanguage() },
        t("header.otherLanguage")),
    );
    this.banner.hidden = !live.lost;
    fillWith(this.banner, live.lost && h("span", {}, "⚠ ", refusal("K-221", "").sentence),
      live.lost && h("span", { class: "code" }, "K-221"));
    this.follow?.();
  }

  private switchLanguage(): void {
    setLanguage(language() === "id" ? "en" : "id");
    this.update();
    void this.go(false).then(() => this.header.querySelector<HTMLElement>("#language")?.focus());
  }

  private mayOpen(screen: Screen): boolean {
    return screen.roles === undefined || this.context.session.may(screen.roles);
  }

  private fillNav(current: Screen): void {
    fillWith(this.skip, t("nav.skip"));
    fillWith(this.nav, h("ul", {}, ...screens
      .filter((one) => one.under === undefined && this.mayOpen(one))
      .map((one) => h("li", {}, h("a", {
        href: linkTo(one.id),
        ...(one.id === (current.under ?? current.id) ? { "aria-current": "page" } : {}),
      }, t(one.title))))));
  }

  // `moved`: a person went there, and hears its heading.
  private async go(moved: boolean): Promise<void> {
    const address = Address.parse(location.hash);
    const screen = screens.find((one) => one.id === address.screen && this.mayOpen(one)) ?? screens[0];
    if (!screen) return;
    const turn = ++this.shown;
    this.follow = undefined;
    this.fillNav(screen);
    document.title = `${t(screen.title)} · Keping`;
    const body = h("div", { class: "screen", id: screen.id, "aria-busy": "true" });
    const heading = h("h1", { tabIndex: -1 }, t(screen.title));
    this.place.replaceChildren(heading, body);
    if (moved) heading.focus();
    try {
      const follow = await screen.show(this.context, body, address);
      if (turn === this.shown && follow) this.follow = follow;
    } catch (error) {
      if (isLoggedOut(error)) return this.leave();
      const notice = h("div", { class: "notice", role: "alert" });
      showProblem(notice, error);
      body.append(notice);
    }
    body.removeAttribute("aria-busy");
  }
}
