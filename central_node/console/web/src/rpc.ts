// The district API, by clients generated from the protos.
//
//   const rpc = new Rpc();
//   await rpc.district.getStatus({});
import { createClient, type Client } from "@connectrpc/connect";
import { transports } from "../common/transports.js";
import { DistrictService } from "../gen/keping/central/v1/central_pb.js";
import { DeliveryService } from "../gen/keping/central/v1/delivery_pb.js";
import { DeskService } from "../gen/keping/central/v1/desk_pb.js";
import { DistrictStockService } from "../gen/keping/central/v1/district_stock_pb.js";
import { EvidenceService } from "../gen/keping/central/v1/evidence_pb.js";
import { NodeEndService } from "../gen/keping/central/v1/node_end_pb.js";
import { PaperService } from "../gen/keping/central/v1/paper_pb.js";
import { PeopleService } from "../gen/keping/central/v1/people_pb.js";
import { PlanningService } from "../gen/keping/central/v1/planning_pb.js";
import { SignInService } from "../gen/keping/central/v1/sign_in_pb.js";
import { WatchService } from "../gen/keping/central/v1/watch_pb.js";
import { BY_COOKIE } from "../common/session.js";

export class Rpc {
  readonly delivery: Client<typeof DeliveryService>;
  readonly desk: Client<typeof DeskService>;
  readonly district: Client<typeof DistrictService>;
  readonly ends: Client<typeof NodeEndService>;
  readonly evidence: Client<typeof EvidenceService>;
  readonly papers: Client<typeof PaperService>;
  readonly people: Client<typeof PeopleService>;
  readonly planning: Client<typeof PlanningService>;
  readonly signIn: Client<typeof SignInService>;
  readonly stock: Client<typeof DistrictStockService>;
  readonly watch: Client<typeof WatchService>;

  constructor() {
    const { calls, streams } = transports(() => BY_COOKIE);
    this.delivery = createClient(DeliveryService, calls);
    this.desk = createClient(DeskService, calls);
    this.district = createClient(DistrictService, calls);
    this.ends = createClient(NodeEndService, calls);
    this.evidence = createClient(EvidenceService, calls);
    this.papers = createClient(PaperService, calls);
    this.people = createClient(PeopleService, calls);
    this.planning = createClient(PlanningService, calls);
    this.signIn = createClient(SignInService, calls);
    this.stock = createClient(DistrictStockService, calls);
    this.watch = createClient(WatchService, streams);
  }

  // The second person's word for the act that follows.
  async confirmed(officer: string, password: string): Promise<{ headers: Record<string, string> }> {
    const { confirmation } = await this.signIn.confirmSecond({ officer, password });
    return { headers: { "keping-second": confirmation } };
  }
}
