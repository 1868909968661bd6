// Before the desk: who works here, and the password that a locked screen wants.
import { Gate, passwordField, showForm } from "../common/gate.js";
import { Session } from "../common/session.js";
import type { Rpc } from "./rpc.js";

type Opened = (session: Session) => void;

export function showGate({ people }: Rpc, opened: Opened, person = ""): void {
  new Gate<Session>(
    {
      signIn: async (name, password) => {
        const { role, mustChangePassword } = await people.signIn({ person: name, password });
        return { session: new Session(name, role), mustChange: mustChangePassword };
      },
      changePassword: async ({ person: operatorId }, oldPassword, newPassword) => {
        await people.changePassword({ operatorId, oldPassword, newPassword });
      },
    },
    (session) => {
      session.store();
      opened(session);
    },
  ).show(person);
}

// The screen was left for a while: the session is still there.
export function showLock(rpc: Rpc, opened: Opened, session: Session): void {
  const password = passwordField("password", "gate.password");
  const enter = async () => {
    await rpc.people.unlockScreen({ password: password.input.value });
    opened(session);
  };
  showForm("gate.locked", "gate.lockedHint", [password], enter, () => showLock(rpc, opened, session));
}
