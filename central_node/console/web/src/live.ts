// The district as it is now, from the live stream: the whole picture, then what changed. It comes back
// by itself after the centre or the line was away.
//
//   const live = new Live(rpc, () => screen.update(), () => location.reload());
//   void live.start();
import { isLoggedOut } from "../common/problem.js";
import type {
  CasesPicture,
  DaysPicture,
  NationalPicture,
  OfficePicture,
  WatchDistrictResponse,
} from "../gen/keping/central/v1/watch_pb.js";
import type { Rpc } from "./rpc.js";

const RETRY_MILLISECONDS = [500, 1000, 2000, 5000];
// The centre says something at least every 15 seconds.
const SILENCE_MILLISECONDS = 40_000;

export class Live {
  // In the order of their ids.
  offices: OfficePicture[] = [];
  cases: CasesPicture | undefined;
  national: NationalPicture | undefined;
  days: DaysPicture | undefined;
  // The centre answers; it did not, or does not any more. Neither: nobody knows yet.
  reached = false;
  lost = false;

  private failures = 0;

  constructor(
    private readonly rpc: Rpc,
    private readonly changed: () => void,
    private readonly loggedOut: () => void,
  ) {}

  async start(): Promise<void> {
    for (;;) {
      try {
        await this.watch();
      } catch (error) {
        if (isLoggedOut(error)) return this.loggedOut();
      }
      this.reached = false;
      this.lost = true;
      this.changed();
      const pause = RETRY_MILLISECONDS[Math.min(this.failures++, RETRY_MILLISECONDS.length - 1)];
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  private async watch(): Promise<void> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MILLISECONDS);
    try {
      for await (const message of this.rpc.watch.watchDistrict({}, { signal: silence.signal })) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MILLISECONDS);
        this.take(message);
        this.reached = true;
        this.lost = false;
        this.failures = 0;
        this.changed();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  private take({ whole, picture }: WatchDistrictResponse): void {
    const offices = new Map((whole ? [] : this.offices).map((one) => [one.node, one]));
    for (const one of picture?.offices ?? []) offices.set(one.node, one);
    this.offices = [...offices.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
    if (whole || picture?.cases) this.cases = picture?.cases;
    if (whole || picture?.national) this.national = picture?.national;
    if (whole || picture?.days) this.days = picture?.days;
  }
}
