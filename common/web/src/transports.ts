// How the clients that are generated from the protos reach the node that served the page.
//
//   const { calls, streams } = transports(() => session.headers());
//   createClient(CounterService, calls).print({ … });
import type { Interceptor, Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";

const CALL_MILLISECONDS = 20_000;

export interface Transports {
  calls: Transport;
  // They go on as long as the screen is open.
  streams: Transport;
}

export function transports(headers: () => Record<string, string>): Transports {
  const identify: Interceptor = (next) => (request) => {
    for (const [name, value] of Object.entries(headers())) request.header.set(name, value);
    return next(request);
  };
  const base = { baseUrl: location.origin, interceptors: [identify] };
  return {
    calls: createConnectTransport({ ...base, defaultTimeoutMs: CALL_MILLISECONDS }),
    streams: createConnectTransport(base),
  };
}
