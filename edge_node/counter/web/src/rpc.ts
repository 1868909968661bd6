// The node's API, by clients generated from the protos.
//
//   const rpc = new Rpc();
//   await rpc.counter.print({ … });
import { createClient, type Client } from "@connectrpc/connect";
import { transports } from "../common/transports.js";
import { CounterService } from "../gen/keping/edge/v1/edge_pb.js";
import { HandoverService } from "../gen/keping/edge/v1/handover_pb.js";
import { PaperService } from "../gen/keping/edge/v1/paper_pb.js";
import { PeopleService } from "../gen/keping/edge/v1/people_pb.js";
import { PressService } from "../gen/keping/edge/v1/press_pb.js";
import { ScanService } from "../gen/keping/edge/v1/scan_pb.js";
import { ScreenService } from "../gen/keping/edge/v1/screen_pb.js";
import { StickService } from "../gen/keping/edge/v1/stick_pb.js";
import { StockService } from "../gen/keping/edge/v1/stock_pb.js";
import { BY_COOKIE } from "../common/session.js";

export class Rpc {
  readonly counter: Client<typeof CounterService>;
  readonly handover: Client<typeof HandoverService>;
  readonly paper: Client<typeof PaperService>;
  readonly people: Client<typeof PeopleService>;
  readonly press: Client<typeof PressService>;
  readonly scan: Client<typeof ScanService>;
  readonly scanStreams: Client<typeof ScanService>;
  readonly screen: Client<typeof ScreenService>;
  readonly stick: Client<typeof StickService>;
  readonly stock: Client<typeof StockService>;

  constructor() {
    const { calls, streams } = transports(() => BY_COOKIE);
    this.counter = createClient(CounterService, calls);
    this.handover = createClient(HandoverService, calls);
    this.paper = createClient(PaperService, calls);
    this.people = createClient(PeopleService, calls);
    this.press = createClient(PressService, calls);
    this.scan = createClient(ScanService, calls);
    this.screen = createClient(ScreenService, streams);
    this.stick = createClient(StickService, calls);
    this.stock = createClient(StockService, calls);
    this.scanStreams = createClient(ScanService, streams);
  }
}
