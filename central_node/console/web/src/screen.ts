// One screen of the console. A new one is a module in screens/ and a line in screens/index.ts.
import type { GetDistrictResponse } from "../gen/keping/central/v1/central_pb.js";
import type { Role } from "../gen/keping/log/v1/office_pb.js";
import type { Key } from "../common/messages.js";
import type { Live } from "./live.js";
import type { Rpc } from "./rpc.js";
import type { Session } from "../common/session.js";

export interface Context {
  rpc: Rpc;
  session: Session;
  live: Live;
  facts: GetDistrictResponse;
}

export interface Screen {
  // In addresses: "#/cases".
  id: string;
  title: Key;
  // Below which entry of the navigation; absent: it is one.
  under?: string;
  // Everybody, when absent.
  roles?: readonly Role[];
  // Fills `place`. Returns what follows the live picture, if anything does. May throw what the centre
  // answered.
  show: (context: Context, place: HTMLElement, address: Address) => Promise<(() => void) | void>;
}

// "#/case/duplicate_print-1f2e?page=2"
export class Address {
  constructor(
    readonly screen: string,
    readonly subject = "",
    readonly query = new URLSearchParams(),
  ) {}

  static parse(hash: string): Address {
    const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
    const [screen = "", ...subject] = path.split("/");
    return new Address(screen, decodeURIComponent(subject.join("/")), new URLSearchParams(query));
  }

  get(name: string): string {
    return this.query.get(name) ?? "";
  }
}

export function linkTo(screen: string, subject = "", query: Record<string, string> = {}): string {
  const filled = Object.entries(query).filter(([, value]) => value !== "");
  const tail = filled.length > 0 ? `?${new URLSearchParams(filled).toString()}` : "";
  return `#/${screen}${subject && `/${encodeURIComponent(subject)}`}${tail}`;
}
