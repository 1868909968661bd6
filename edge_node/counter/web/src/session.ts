// Who works at this screen: the token of the session, its person and the person's role, for as long as the
// window is open. Nothing else knows the token.
//
//   const session = Session.stored();
//   session?.headers()
import { Role } from "../gen/keping/log/v1/office_pb.js";

const STORED_AS = "keping.session";

export class Session {
  constructor(
    readonly token: string,
    readonly operatorId: string,
    readonly role: Role = Role.UNSPECIFIED,
  ) {}

  static stored(): Session | undefined {
    const text = sessionStorage.getItem(STORED_AS);
    if (!text) return undefined;
    const { token, operatorId, role } = JSON.parse(text) as Session;
    return new Session(token, operatorId, role);
  }

  static forget(): void {
    sessionStorage.removeItem(STORED_AS);
  }

  store(): void {
    const { token, operatorId, role } = this;
    sessionStorage.setItem(STORED_AS, JSON.stringify({ token, operatorId, role }));
  }

  headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}
