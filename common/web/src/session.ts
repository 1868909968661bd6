// Who works at this browser: the person and the role, for words and for what is hidden. The session itself
// is a cookie that no script can read (common/http/session_cookie.h).
//
//   const session = Session.stored();
//   session?.may([Role.ADMINISTRATOR])
import { Role } from "../gen/keping/log/v1/office_pb.js";

const STORED_AS = "keping.person";

// Sent with every call: what makes the node look at the cookie.
export const BY_COOKIE = { "keping-session": "cookie" };

export class Session {
  constructor(
    readonly person: string,
    readonly role: Role,
  ) {}

  static stored(): Session | undefined {
    const text = localStorage.getItem(STORED_AS);
    if (!text) return undefined;
    const { person, role } = JSON.parse(text) as { person: string; role: Role };
    return new Session(person, role);
  }

  static forget(): void {
    localStorage.removeItem(STORED_AS);
  }

  // Somebody else signed in, or out, in another window of this browser: its cookie is this one's too.
  static onOther(changed: () => void): void {
    addEventListener("storage", (event) => {
      if (event.key === STORED_AS || event.key === null) changed();
    });
  }

  store(): void {
    localStorage.setItem(STORED_AS, JSON.stringify({ person: this.person, role: this.role }));
  }

  may(roles: readonly Role[]): boolean {
    return roles.includes(this.role);
  }
}
