// What the node says about this office, kept fresh: the live status, and, when it shows that
// something happened, the lists that changed with it.
//
//   const office = new Office(rpc, onChange, onLoggedOut);
//   office.start();
import type {
  Action,
  GetStatusResponse,
  Job,
  FaultyPrr,
  QueuedPrr,
  Transfer,
} from "../gen/keping/edge/v1/edge_pb.js";
import type { GetBatchResponse } from "../gen/keping/edge/v1/press_pb.js";
import type { Reader } from "../gen/keping/edge/v1/scan_pb.js";
import type { GetCardResponse, GetOfficeResponse, GetPlanResponse } from "../gen/keping/edge/v1/screen_pb.js";
import { isUnknown } from "../common/problem.js";
import { keepOpen } from "../common/stream.js";
import { type Rpc } from "./rpc.js";

const REFRESH_PAUSE_MILLISECONDS = 400;
const NEXT_CARDS = 4;
const MAX_JOBS = 1000;
// What changes without an entry of the log, such as the duty of a new day.
const OLD_MILLISECONDS = 60_000;

export interface Card {
  act: string;
  held: boolean;
  name: string;
  village: string;
  // Of the photo; empty without one.
  url: string;
}

export class Office {
  facts: GetOfficeResponse | undefined;
  status: GetStatusResponse | undefined;
  plan: GetPlanResponse | undefined;
  // First begun first.
  openJobs: Job[] = [];
  // The latest batch, and those whose cards are not all answered for.
  batches: GetBatchResponse[] = [];
  next: QueuedPrr[] = [];
  faulty: FaultyPrr[] = [];
  transfers: Transfer[] = [];
  actions: Action[] = [];
  readers: Reader[] = [];
  cards = new Map<string, Card>();
  // The node answers.
  reached = false;

  private seen = "";
  private readAt = 0;
  private refreshing: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly rpc: Rpc,
    private readonly changed: () => void,
    private readonly loggedOut: () => void,
  ) {}

  // Cards that the printer may still print today.
  leftToday(printer: string): number {
    return this.plan?.duties.find((one) => one.printer === printer)?.leftToday ?? 0;
  }

  async start(): Promise<void> {
    await keepOpen((signal) => this.rpc.screen.watchStatus({}, { signal }), async ({ status }) => {
      if (!status) return;
      this.status = status;
      await this.onStatus(status);
    }, () => {
      this.reached = false;
      this.changed();
    });
    this.loggedOut();
  }

  // After a command of this screen: its effect is shown before the stream tells of it.
  async refresh(): Promise<void> {
    if (this.refreshing) {
      this.again = true;
      return this.refreshing;
    }
    this.refreshing = this.read().finally(() => {
      this.refreshing = undefined;
      if (!this.again) return;
      this.again = false;
      setTimeout(() => void this.refresh().catch(() => undefined), REFRESH_PAUSE_MILLISECONDS);
    });
    return this.refreshing;
  }

  private async onStatus(status: GetStatusResponse): Promise<void> {
    const first = !this.reached;
    this.reached = true;
    // Another incarnation is another history; the other two count up with all that can change.
    const now = `${status.incarnation} ${status.logEntries} ${status.feedPosition}`;
    const news = now !== this.seen || Date.now() - this.readAt > OLD_MILLISECONDS;
    this.seen = now;
    if (first || news) await this.refresh();
    this.changed();
  }

  private async read(): Promise<void> {
    const { counter, scan, screen } = this.rpc;
    const [facts, plan, jobs, queue, transfers, actions, readers] = await Promise.all([
      this.facts ?? screen.getOffice({}),
      screen.getPlan({}),
      counter.listJobs({ openOnly: true, limit: MAX_JOBS }),
      counter.listQueue({ limit: NEXT_CARDS }),
      counter.listTransfers({}),
      counter.listActions({}),
      scan.listReaders({}),
    ]);
    this.readAt = Date.now();
    this.facts = facts;
    this.plan = plan;
    this.openJobs = jobs.jobs.reverse();
    this.next = queue.prrs;
    this.faulty = queue.faulty;
    this.transfers = transfers.transfers.filter((one) => !one.received);
    this.actions = actions.actions.filter((one) => !one.acknowledged);
    this.readers = readers.readers;
    await this.readBatches();
    await this.readCards();
    this.changed();
  }

  private async readBatches(): Promise<void> {
    const names = new Set(["", ...this.openJobs.map((job) => job.batch)]);
    const batches: GetBatchResponse[] = [];
    for (const batch of names) {
      if (batches.some((one) => one.batch === batch)) continue;
      try {
        batches.push(await this.rpc.press.getBatch({ batch }));
      } catch (error) {
        // No batch was ever begun here.
        if (!isUnknown(error)) throw error;
      }
    }
    this.batches = batches;
  }

  // Whose cards the open jobs are, and of no others: settled ones are forgotten.
  private async readCards(): Promise<void> {
    const open = new Set(this.openJobs.map((job) => job.act));
    for (const [act, card] of this.cards) {
      if (open.has(act)) continue;
      if (card.url) URL.revokeObjectURL(card.url);
      this.cards.delete(act);
    }
    for (const { act } of this.openJobs) {
      if (this.cards.has(act)) continue;
      // Settled at another counter a moment ago: then there is nothing to show.
      const answer = await this.rpc.screen.getCard({ act }).catch(() => undefined);
      if (answer) this.cards.set(act, cardOf(act, answer));
    }
  }
}

function cardOf(act: string, answer: GetCardResponse): Card {
  const photo = new Blob([new Uint8Array(answer.photo)], { type: "image/png" });
  return {
    act,
    held: answer.held,
    name: answer.name,
    village: answer.villageName,
    url: answer.photo.length > 0 ? URL.createObjectURL(photo) : "",
  };
}
