// A form that is complete becomes a command, and a sentence that says what it did.
//
//   const outcome = await submit(rpc, "op-susut", form);
import type { Rpc } from "./rpc.js";
import type { Refusal } from "../gen/keping/edge/v1/edge_pb.js";
import {
  ConsumableStep,
  type AdoptionBasis,
  type ConsumableKind,
  type CorrectionReason,
  type MaintenanceKind,
  type OverrideKind,
  type OverrideReason,
  type RecordClass,
} from "../gen/keping/log/v1/office_pb.js";
import type { Form } from "./forms.js";
import { count, type Key, type Values } from "../common/messages.js";

export interface Outcome {
  say: Key;
  values?: Values;
  refusal?: Refusal | undefined;
  // The page that goes with a printer which leaves.
  page?: string;
}

const DUTY = "1";

// Of a form's texts; one that was not asked for is empty.
type Texts = (name: string) => string;

// The second person proves it: good for one call.
async function confirmed(rpc: Rpc, text: Texts): Promise<{ headers: Record<string, string> }> {
  const { confirmation } = await rpc.people.confirmSecond({
    person: text("second"),
    password: text("password"),
  });
  return { headers: { "keping-second": confirmation } };
}

async function moveConsumable(rpc: Rpc, operatorId: string, form: Form, text: Texts): Promise<Outcome> {
  const kind = Number(text("kind")) as ConsumableKind;
  const { printer, panels } = { printer: text("printer"), panels: Number(text("panels")) };
  const step = form.act === "install" ? ConsumableStep.INSTALLED : ConsumableStep.REMOVED;
  const consumable = text("consumable");
  const { capacity, gave } = await rpc.press.moveConsumable({ kind, step, consumable, panels, printer, operatorId });
  if (form.act === "install") return { say: "done.installed", values: { consumable, printer } };
  return { say: "done.removed", values: { consumable, gave: count(gave), capacity: count(capacity) } };
}

async function destroy(rpc: Rpc, operatorId: string, form: Form, text: Texts): Promise<Outcome> {
  const item = form.items[Number(text("item")) - 1];
  const consumable = item?.consumable ?? "";
  const options = await confirmed(rpc, text);
  await rpc.press.moveConsumable(
    {
      kind: item?.kind ?? 0,
      step: ConsumableStep.DESTROYED,
      consumable,
      operatorId,
      second: text("second"),
    },
    options,
  );
  return { say: "done.destroyed", values: { consumable } };
}

async function grant({ press }: Rpc, operatorId: string, text: Texts): Promise<Outcome> {
  const { left } = await press.grantOverride({
    kind: Number(text("kind")) as OverrideKind,
    printer: text("kind") === DUTY ? text("printer") : "",
    prints: Number(text("prints")),
    reason: Number(text("reason")) as OverrideReason,
    recordClass: Number(text("class")) as RecordClass,
    operatorId,
  });
  return { say: "done.granted", values: { left: count(left) } };
}

export async function submit(rpc: Rpc, operatorId: string, form: Form): Promise<Outcome> {
  const { press } = rpc;
  const text: Texts = (name) => form.answers[name] ?? form.about[name] ?? "";
  const printer = text("printer");
  switch (form.act) {
    case "cancel":
      await press.cancelJob({ act: text("subject"), operatorId });
      return { say: "done.cancelAsked" };
    case "correct": {
      const options = await confirmed(rpc, text);
      const reason = Number(text("reason")) as CorrectionReason;
      const { subject, second } = { subject: text("subject"), second: text("second") };
      await press.correctAnswer({ subject, reason, operatorId, second }, options);
      return { say: "done.corrected" };
    }
    case "test": {
      const blank = text("blank");
      const { refusal } = await press.printTestCard({ operatorId, printer, blank });
      return { say: "done.test", values: { blank }, refusal };
    }
    case "maintain":
      await press.maintainPrinter({ printer, kind: Number(text("kind")) as MaintenanceKind, operatorId });
      return { say: "done.maintained", values: { printer } };
    case "install":
    case "remove":
      return moveConsumable(rpc, operatorId, form, text);
    case "destroy":
      return destroy(rpc, operatorId, form, text);
    case "release": {
      const { page } = await press.releasePrinter({ printer, operatorId });
      return { say: "done.released", values: { printer }, page };
    }
    case "adopt": {
      const basis = Number(text("basis")) as AdoptionBasis;
      const { leftToday } = await press.adoptPrinter({ printer, basis, slip: text("slip"), operatorId });
      return { say: "done.adopted", values: { printer, left: count(leftToday) } };
    }
    case "grant":
      return grant(rpc, operatorId, text);
    case "day": {
      const options = await confirmed(rpc, text);
      await press.correctOfficeDay({ day: Number(text("day")), operatorId, second: text("second") }, options);
      return { say: "done.day" };
    }
  }
}
