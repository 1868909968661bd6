// What the card reader at the node reads for this counter: it arrives as if it had been typed.
//
//   const stream = new ReaderStream(rpc, { onSerial, onProblem });
//   stream.follow("loket-1");
import { Code, ConnectError } from "@connectrpc/connect";
import type { ScanProblem } from "../gen/keping/edge/v1/scan_pb.js";
import type { Rpc } from "./rpc.js";

const RETRY_MILLISECONDS = 2000;
// Another screen has this counter, the reader types, or there is none: asking again changes nothing.
const FINAL = [Code.Aborted, Code.NotFound, Code.FailedPrecondition, Code.Unauthenticated];

export interface ReaderEvents {
  onSerial: (serial: string) => void;
  onProblem: (problem: ScanProblem) => void;
  // Another screen has opened for this counter.
  onTaken: () => void;
}

export class ReaderStream {
  private following = new AbortController();

  constructor(
    private readonly rpc: Rpc,
    private readonly events: ReaderEvents,
  ) {}

  // Leaves the reader that it followed; "" follows none.
  follow(counter: string): void {
    this.following.abort();
    this.following = new AbortController();
    if (counter) void this.listen(counter, this.following.signal);
  }

  private async listen(counter: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const { serial, problem } of this.rpc.scanStreams.watchScans({ counter }, { signal })) {
          if (serial) this.events.onSerial(serial);
          if (problem) this.events.onProblem(problem);
        }
      } catch (error) {
        const { code } = ConnectError.from(error);
        if (signal.aborted) return;
        if (code === Code.Aborted) this.events.onTaken();
        if (FINAL.includes(code)) return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }
}
