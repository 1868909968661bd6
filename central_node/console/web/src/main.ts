// The console's page: the gate, then the screens.
import { fillWith, h } from "../common/dom.js";
import { Gate } from "../common/gate.js";
import { language, setLanguage } from "../common/messages.js";
import { isLoggedOut, problemOf } from "../common/problem.js";
import { Live } from "./live.js";
import { Rpc } from "./rpc.js";
import type { Context } from "./screen.js";
import { Session } from "../common/session.js";
import { Shell } from "./shell.js";

const RETRY_MILLISECONDS = 2000;

const rpc = new Rpc();

function begin(session: Session): void {
  session.store();
  void open(session);
}

function showGate(officer = ""): void {
  new Gate<Session>(
    {
      signIn: async (name, password) => {
        const { role, mustChangePassword } = await rpc.signIn.signIn({ officer: name, password });
        return { session: new Session(name, role), mustChange: mustChangePassword };
      },
      changePassword: async ({ person: officer }, oldPassword, newPassword) => {
        await rpc.signIn.changePassword({ officer, oldPassword, newPassword });
      },
    },
    begin,
  ).show(officer);
}

async function open(session: Session): Promise<void> {
  const leave = () => {
    Session.forget();
    void rpc.signIn.signOut({}).catch(() => undefined).finally(() => location.reload());
  };
  const facts = await factsOf(session);
  if (!facts) return;
  const live: Live = new Live(rpc, () => shell.update(), leave);
  const context: Context = { rpc, session, live, facts };
  const shell: Shell = new Shell(context, leave);
  shell.start();
  void live.start();
}

// Nothing when the session is over; waits for a centre that cannot be reached.
async function factsOf(session: Session): Promise<Context["facts"] | undefined> {
  for (;;) {
    try {
      return await rpc.district.getDistrict({});
    } catch (error) {
      if (isLoggedOut(error) || problemOf(error).code === "K-178") {
        Session.forget();
        showGate(session.person);
        return undefined;
      }
      const notice = h("p", { class: "banner", role: "alert" });
      fillWith(notice, `⚠ ${problemOf(error).sentence}`);
      document.body.replaceChildren(notice);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }
}

setLanguage(language());
Session.onOther(() => location.reload());
const stored = Session.stored();
if (stored) void open(stored);
else showGate();
