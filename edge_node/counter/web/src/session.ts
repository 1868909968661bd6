// Who works at this screen: the token of the session and its person, for as long as the window is
// open. Nothing else knows the token.
//
//   const session = Session.stored();
//   session?.headers()
const STORED_AS = "keping.session";

export class Session {
  constructor(
    readonly token: string,
    readonly operatorId: string,
  ) {}

  static stored(): Session | undefined {
    const text = sessionStorage.getItem(STORED_AS);
    if (!text) return undefined;
    const { token, operatorId } = JSON.parse(text) as { token: string; operatorId: string };
    return new Session(token, operatorId);
  }

  static forget(): void {
    sessionStorage.removeItem(STORED_AS);
  }

  store(): void {
    sessionStorage.setItem(
      STORED_AS,
      JSON.stringify({ token: this.token, operatorId: this.operatorId }),
    );
  }

  headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}
