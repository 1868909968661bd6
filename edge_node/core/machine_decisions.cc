#include "edge_node/core/machine_decisions.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "edge_node/core/batch_decisions.h"
#include "edge_node/core/duty_decisions.h"
#include "edge_node/core/print_checks.h"

namespace keping::edge {
namespace {

using domain::AdoptionBasis;
using domain::ConsumableStep;

absl::Status CheckInService(const EdgeCore& core, const domain::PrinterId& printer) {
  if (core.machines().InService(printer)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("K-161: printer ", printer.value(),
                   " is not in service at this office. Adopt it first; the printers of the "
                   "configuration are commissioned with the first print."));
}

absl::Status CheckInstall(const EdgeCore& core, const MoveConsumable& move) {
  KEPING_RETURN_IF_ERROR(CheckInConfig(core, move.printer));
  const Machine* machine = core.machines().Find(move.printer);
  if (machine != nullptr && machine->installed.contains(move.kind)) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-164: ", machine->installed.at(move.kind).id.value(), " is in ",
                     move.printer.value(), " still. Record its removal first."));
  }
  if (core.machines().FindConsumable(move.consumable) != nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-164: ", move.consumable.value(),
                     " was installed before. Want a new one, under a number of its own."));
  }
  if (move.panels > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "K-164: got no panels, want what the box promises, such as 500.");
}

absl::Status CheckRemoval(const EdgeCore& core, const MoveConsumable& move) {
  const Machine* machine = core.machines().Find(move.printer);
  const bool there = machine != nullptr && machine->installed.contains(move.kind) &&
                     machine->installed.at(move.kind).id == move.consumable;
  if (there) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "K-164: ", move.consumable.value(), " is not in ", move.printer.value(), ", by the books."));
}

absl::Status CheckDestruction(const EdgeCore& core, const MoveConsumable& move) {
  const UsedConsumable* used = core.machines().FindConsumable(move.consumable);
  if (used == nullptr || used->state != ConsumableState::kRemoved || used->kind != move.kind) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-164: ", move.consumable.value(),
                     " is no used one that waits for its destruction, by the books."));
  }
  return core.CheckSecond(OfficeAct::kDestroyConsumable, move.operator_id, move.second);
}

absl::Status CheckMove(const EdgeCore& core, const MoveConsumable& move) {
  const bool destroys = move.step == ConsumableStep::kDestroyed;
  KEPING_RETURN_IF_ERROR(core.CheckMay(
      move.operator_id, destroys ? OfficeAct::kDestroyConsumable : OfficeAct::kMoveConsumable));
  if (move.kind == domain::ConsumableKind::kCleaningCard ||
      move.step == ConsumableStep::kReceived || move.step > ConsumableStep::kDestroyed) {
    return absl::InvalidArgumentError(
        "K-164: want a ribbon or a film that is installed, removed or destroyed.");
  }
  if (move.step == ConsumableStep::kInstalled) return CheckInstall(core, move);
  if (move.step == ConsumableStep::kRemoved) return CheckRemoval(core, move);
  return CheckDestruction(core, move);
}

absl::Status CheckRelease(const EdgeCore& core, const ReleasePrinter& release) {
  KEPING_RETURN_IF_ERROR(core.CheckMay(release.operator_id, OfficeAct::kReleasePrinter));
  KEPING_RETURN_IF_ERROR(CheckInService(core, release.printer));
  if (core.journal().OpenJobAt(release.printer) == nullptr &&
      core.batches().OpenAt(release.printer) == nullptr) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat("K-163: printer ", release.printer.value(),
                   " holds a card that nobody has answered for. Settle its jobs first."));
}

absl::Status CheckSlip(const EdgeCore& core, const AdoptPrinter& adopt) {
  if (adopt.slip.printer != adopt.printer) {
    return absl::FailedPreconditionError(absl::StrCat("K-162: the slip is for printer ",
                                                      adopt.slip.printer.value(), ", not for ",
                                                      adopt.printer.value(), "."));
  }
  if (!core.machines().SlipUsed(adopt.slip.event)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "K-162: a printer came by this slip before. Want the one that it left with last.");
}

absl::Status CheckAdoption(const EdgeCore& core, const AdoptPrinter& adopt) {
  KEPING_RETURN_IF_ERROR(core.CheckMay(adopt.operator_id, OfficeAct::kAdoptPrinter));
  KEPING_RETURN_IF_ERROR(CheckInConfig(core, adopt.printer));
  const Machine* machine = core.machines().Find(adopt.printer);
  if (machine != nullptr && machine->in_service) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-161: printer ", adopt.printer.value(), " is in service here already."));
  }
  if (adopt.basis == AdoptionBasis::kSlip) return CheckSlip(core, adopt);
  if (adopt.basis == AdoptionBasis::kCommissioned && machine != nullptr &&
      machine->was_in_service) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-161: printer ", adopt.printer.value(),
                     " is no new one: it worked here before. Adopt it with its slip, or without."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckInConfig(const EdgeCore& core, const domain::PrinterId& printer) {
  if (core.settings().cards_per_day.contains(printer)) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat("K-160: printer ", printer.value(),
                   " is not in this node's configuration. Add it there first."));
}

Decision Decide(const EdgeCore& core, const Scene& scene, const PrintTestCard& test) {
  absl::Status status = core.CheckMay(test.operator_id, OfficeAct::kPrintTestCard);
  if (status.ok()) status = CheckNotInHopper(core, test.blank);
  if (!status.ok()) return Decision::Failed(std::move(status));
  Decision decision;
  decision.refusal = CheckTest(core, scene, test.printer, test.blank);
  if (decision.refusal != domain::PrintRefusal::kNone) {
    decision.events.push_back(domain::PrintRefused{.refusal = decision.refusal,
                                                   .prr = {},
                                                   .blank = test.blank,
                                                   .printer = test.printer,
                                                   .operator_id = test.operator_id});
    return decision;
  }
  OpenDayIfDue(core, scene, test.act, test.operator_id, {}, decision);
  decision.events.push_back(domain::TestCardPrinted{.act = test.act,
                                                    .printer = test.printer,
                                                    .blank = test.blank,
                                                    .operator_id = test.operator_id});
  decision.actions.push_back(
      SubmitTest{.act = test.act, .printer = test.printer, .blank = test.blank});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const MaintainPrinter& maintain) {
  absl::Status status = core.CheckMay(maintain.operator_id, OfficeAct::kMaintainPrinter);
  if (status.ok()) status = CheckInConfig(core, maintain.printer);
  if (!status.ok()) return Decision::Failed(std::move(status));
  Decision decision;
  decision.events.push_back(domain::PrinterMaintained{.act = maintain.act,
                                                      .printer = maintain.printer,
                                                      .kind = maintain.kind,
                                                      .operator_id = maintain.operator_id});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const MoveConsumable& move) {
  if (absl::Status status = CheckMove(core, move); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  const bool destroyed = move.step == ConsumableStep::kDestroyed;
  Decision decision;
  decision.events.push_back(
      domain::ConsumableMoved{.act = move.act,
                              .kind = move.kind,
                              .step = move.step,
                              .consumable = move.consumable,
                              .quantity = 1,
                              .panels = destroyed ? 0 : move.panels,
                              .printer = destroyed ? domain::PrinterId() : move.printer,
                              .operator_id = move.operator_id,
                              .second = destroyed ? move.second : domain::OperatorId(),
                              .transfer = {}});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene& scene, const ReleasePrinter& release) {
  if (absl::Status status = CheckRelease(core, release); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  Decision decision;
  // The slip carries today's count, not yesterday's.
  OpenDayIfDue(core, scene, release.act, release.operator_id, {}, decision);
  const auto* opened =
      decision.events.empty() ? nullptr : std::get_if<domain::OfficeDayOpened>(&decision.events[0]);
  decision.events.push_back(domain::PrinterReleased{
      .act = release.act,
      .printer = release.printer,
      .day = opened == nullptr ? core.duty().date() : opened->date,
      .fed_today = opened == nullptr ? core.duty().FedToday(release.printer) : 0,
      .wear = core.machines().Find(release.printer)->wear,
      .operator_id = release.operator_id});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene& scene, const AdoptPrinter& adopt) {
  if (absl::Status status = CheckAdoption(core, adopt); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  Decision decision;
  // Its count, or that it has none left, holds for today and not for yesterday.
  OpenDayIfDue(core, scene, adopt.act, adopt.operator_id, adopt.printer, decision);
  domain::PrinterAdopted event{.act = adopt.act,
                               .printer = adopt.printer,
                               .basis = adopt.basis,
                               .from = {},
                               .slip = {},
                               .day = {},
                               .operator_id = adopt.operator_id};
  if (adopt.basis == AdoptionBasis::kSlip) {
    event.from = adopt.slip.from;
    event.slip = adopt.slip.event;
    event.day = adopt.slip.day;
    event.fed_today = adopt.slip.fed_today;
    event.wear = adopt.slip.wear;
  }
  decision.events.push_back(std::move(event));
  return decision;
}

}  // namespace keping::edge
