// Before the desk: who works here, and the password that a locked screen wants.
import { Gate, passwordField, showForm } from "../common/gate.js";
import { Rpc } from "./rpc.js";
import { Session } from "./session.js";

type Opened = (session: Session) => void;

export function showGate(opened: Opened, person = ""): void {
  new Gate<Session>(
    {
      signIn: async (name, password) => {
        const { people } = new Rpc(new Session("", name));
        const { token, role, mustChangePassword } = await people.signIn({ person: name, password });
        return { session: new Session(token, name, role), mustChange: mustChangePassword };
      },
      changePassword: async (session, oldPassword, newPassword) => {
        const { token, operatorId } = session;
        await new Rpc(session).people.changePassword({ operatorId, oldPassword, newPassword, token });
      },
    },
    (session) => {
      session.store();
      opened(session);
    },
  ).show(person);
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
