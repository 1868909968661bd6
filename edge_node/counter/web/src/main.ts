// The counter's page: the gate, then the desk with its panels.
import { counterName, setCounterName } from "./counter_name.js";
import { Desk } from "./desk.js";
import { fillWith, h } from "../common/dom.js";
import { showGate, showLock } from "./gate.js";
import { Header } from "./header.js";
import { language, setLanguage, t } from "../common/messages.js";
import { Office } from "./office.js";
import { panels } from "./panels/index.js";
import type { Context, Panel } from "./panels/panel.js";
import { ReaderStream } from "./reader_stream.js";
import { isLoggedOut, problemOf } from "../common/problem.js";
import { Rpc } from "./rpc.js";
import { Session } from "../common/session.js";
import { TaskView } from "./task_view.js";

class PanelBox {
  readonly element: HTMLElement;
  private readonly title = h("h2", {});
  private readonly body = h("div", {});

  constructor(private readonly panel: Panel) {
    this.title.id = `${panel.id}-title`;
    this.element = h("section", { class: "panel", id: panel.id, "aria-labelledby": this.title.id },
      this.title, this.body);
    // The ones below scroll when the desk needs their room.
    if (panel.place === "below") this.element.tabIndex = 0;
  }

  update(context: Context): void {
    this.element.hidden = !(this.panel.shown?.(context) ?? true);
    fillWith(this.title, t(this.panel.title));
    fillWith(this.body, ...this.panel.content(context));
  }
}

const rpc = new Rpc();

function showDesk(session: Session): void {
  const leave = () => {
    Session.forget();
    void rpc.people.signOut({}).catch(() => undefined).finally(() => location.reload());
  };
  // The session is over, or its screen locked: the page begins again, and finds out.
  const office: Office = new Office(rpc, () => changed(), () => location.reload());
  const desk: Desk = new Desk(rpc, session, office, () => changed());
  const view = new TaskView(desk, office);
  const reader = new ReaderStream(rpc, {
    onSerial: (serial) => view.showRead(serial),
    onProblem: (problem) => desk.refuse(problem),
    onTaken: () => desk.note("scan.taken"),
  });
  const header = new Header(desk, office, leave, () => changed(), (counter) => {
    setCounterName(counter);
    reader.follow(counter);
    changed();
  });
  const boxes = panels.map((panel) => ({ panel, box: new PanelBox(panel) }));
  const at = (place: Panel["place"]) =>
    boxes.filter(({ panel }) => panel.place === place).map(({ box }) => box.element);

  function changed(): void {
    desk.onOfficeChanged();
    main.dataset["reached"] = String(office.reached);
    header.update();
    view.update();
    for (const { box } of boxes) box.update({ office, desk });
  }

  const main = h("main", {},
    h("div", { class: "left" }, view.element, h("div", { class: "below" }, ...at("below"))),
    h("aside", {}, ...at("side")));
  document.body.replaceChildren(header.element, header.banner, main);
  changed();
  reader.follow(counterName());
  void office.start();
}

// The desk of a session that is still good; of a node that cannot be reached nobody knows.
async function resume(session: Session): Promise<void> {
  try {
    await rpc.screen.getOffice({});
  } catch (error) {
    const { code } = problemOf(error);
    if (code === "K-187") return showLock(rpc, showDesk, session);
    if (isLoggedOut(error) || code === "K-178") {
      Session.forget();
      return showGate(rpc, showDesk, session.person);
    }
  }
  showDesk(session);
}

setLanguage(language());
Session.onOther(() => location.reload());
const stored = Session.stored();
if (stored) void resume(stored);
else showGate(rpc, showDesk);
