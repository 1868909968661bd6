// The district as it is now, from the live stream: the whole picture, then what changed. It comes back
// by itself after the centre or the line was away.
//
//   const live = new Live(rpc, () => screen.update(), () => location.reload());
//   void live.start();
import { keepOpen } from "../common/stream.js";
import type {
  CasesPicture,
  DaysPicture,
  NationalPicture,
  OfficePicture,
  WatchDistrictResponse,
} from "../gen/keping/central/v1/watch_pb.js";
import type { Rpc } from "./rpc.js";

export class Live {
  // In the order of their ids.
  offices: OfficePicture[] = [];
  cases: CasesPicture | undefined;
  national: NationalPicture | undefined;
  days: DaysPicture | undefined;
  // The centre answers; it did not, or does not any more. Neither: nobody knows yet.
  reached = false;
  lost = false;

  constructor(
    private readonly rpc: Rpc,
    private readonly changed: () => void,
    private readonly loggedOut: () => void,
  ) {}

  async start(): Promise<void> {
    await keepOpen((signal) => this.rpc.watch.watchDistrict({}, { signal }), (message) => {
      this.take(message);
      this.reached = true;
      this.lost = false;
      this.changed();
    }, () => {
      this.reached = false;
      this.lost = true;
      this.changed();
    });
    this.loggedOut();
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
