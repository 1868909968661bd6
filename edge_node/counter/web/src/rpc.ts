// The node's API, by clients generated from the protos, and its errors as people read them.
//
//   const rpc = new Rpc(session);
//   await rpc.counter.print({ … });
import { Code, ConnectError, createClient, type Client, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { CounterService } from "../gen/keping/edge/v1/edge_pb.js";
import { PeopleService } from "../gen/keping/edge/v1/people_pb.js";
import { PressService } from "../gen/keping/edge/v1/press_pb.js";
import { ScanService } from "../gen/keping/edge/v1/scan_pb.js";
import { ScreenService } from "../gen/keping/edge/v1/screen_pb.js";
import { named, t } from "./messages.js";
import type { Session } from "./session.js";

const CALL_MILLISECONDS = 20_000;

export class Rpc {
  readonly counter: Client<typeof CounterService>;
  readonly people: Client<typeof PeopleService>;
  readonly press: Client<typeof PressService>;
  readonly scan: Client<typeof ScanService>;
  readonly scanStreams: Client<typeof ScanService>;
  readonly screen: Client<typeof ScreenService>;

  constructor(session: Session) {
    const identify: Interceptor = (next) => (request) => {
      for (const [name, value] of Object.entries(session.headers())) request.header.set(name, value);
      return next(request);
    };
    const base = { baseUrl: location.origin, interceptors: [identify] };
    const calls = createConnectTransport({ ...base, defaultTimeoutMs: CALL_MILLISECONDS });
    this.counter = createClient(CounterService, calls);
    this.people = createClient(PeopleService, calls);
    this.press = createClient(PressService, calls);
    this.scan = createClient(ScanService, calls);
    // Streams go on as long as the screen is open.
    const streams = createConnectTransport(base);
    this.screen = createClient(ScreenService, streams);
    this.scanStreams = createClient(ScanService, streams);
  }
}

// A refusal or an error: the code that people read out on the phone, and one plain sentence.
export interface Problem {
  code: string;
  sentence: string;
}

// The sentence of a code in the screen's language; what the node said when it is a new code.
export function refusal(code: string, said: string): Problem {
  return { code, sentence: named("refusal.", code) ?? said };
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
      return { code: "", sentence: t("problem.other", { said: failure.rawMessage }) };
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
