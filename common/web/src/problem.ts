// Errors of the API as people read them: a code for the phone, and one plain sentence.
//
//   const { code, sentence } = problemOf(error);
import { Code, ConnectError } from "@connectrpc/connect";
import { named, t } from "./messages.js";

// A refusal or an error: the code that people read out on the phone, and one plain sentence.
export interface Problem {
  code: string;
  sentence: string;
}

// The sentence of a code in the screen's language; what the node said when it is a new code.
export function refusal(code: string, said: string): Problem {
  return { code, sentence: named("refusal.", code) ?? said };
}

// What a node says of a field has no code: who typed it sees which character it is.
function plainly(said: string): string {
  const [, n] = /character (\d+) is not one of A-Z/.exec(said) ?? [];
  if (n) return t("problem.character", { n });
  const [, at] = /blank serial: position (\d+) is wrong/.exec(said) ?? [];
  return at ? t("problem.serial", { n: at }) : t("problem.other", { said });
}

export function problemOf(error: unknown): Problem {
  const failure = ConnectError.from(error);
  const coded = /^(K-\d{3}): (.*)$/s.exec(failure.rawMessage);
  if (coded) return refusal(coded[1] ?? "", coded[2] ?? "");
  switch (failure.code) {
    case Code.Unauthenticated:
      return refusal("K-186", failure.rawMessage);
    case Code.Unknown: // the browser could not reach the node
    case Code.Unavailable:
    case Code.DeadlineExceeded:
    case Code.Canceled:
      return refusal("K-221", failure.rawMessage);
    default:
      return { code: "", sentence: plainly(failure.rawMessage) };
  }
}

// The node knows nothing under that name.
export function isUnknown(error: unknown): boolean {
  const { code } = ConnectError.from(error);
  return code === Code.NotFound || code === Code.InvalidArgument;
}

export function isLoggedOut(error: unknown): boolean {
  return ConnectError.from(error).code === Code.Unauthenticated;
}
