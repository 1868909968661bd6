#include "edge_node/core/print_checks.h"

#include <algorithm>
#include <vector>

#include "common/domain/application_version.h"
#include "edge_node/core/duty_decisions.h"

namespace keping::edge {
namespace {

using domain::PrintRefusal;

PrintRefusal CheckRecord(const EdgeCore& core, const Scene& scene, const domain::PrrId& prr) {
  const domain::PrrItem* item = core.catalogue().FindPrr(prr);
  if (item == nullptr) return PrintRefusal::kPrrUnknown;
  if (item->withdrawn) return PrintRefusal::kPrrWithdrawn;
  if (!core.LeaseHeld(*item)) return PrintRefusal::kLeaseNotHeld;
  if (core.TooStale(scene.now, item->record_class) &&
      core.staleness().Next(core.contact().proven_seq, item->record_class).empty()) {
    return PrintRefusal::kTooStale;
  }
  if (core.AlreadyPrinted(prr)) return PrintRefusal::kAlreadyPrinted;
  if (!core.catalogue().HasRecord(prr)) return PrintRefusal::kPictureMissing;
  return core.catalogue().faults().contains(prr) ? PrintRefusal::kRecordFaulty
                                                 : PrintRefusal::kNone;
}

// A printer waits until its card was answered for; within a batch, until the printer completed it.
bool PrinterFree(const EdgeCore& core, const Print& print) {
  const Batch* batch = core.batches().OpenAt(print.printer);
  if (batch != nullptr && batch->opened.act != print.batch) return false;
  const std::vector<const Job*> jobs = core.journal().OpenJobsAt(print.printer);
  return std::all_of(jobs.begin(), jobs.end(), [&](const Job* job) {
    return !print.batch.empty() && job->intent.batch == print.batch &&
           job->stage == JobStage::kCompleted;
  });
}

// Before the first office day every printer of the config is about to be commissioned.
bool InService(const EdgeCore& core, const domain::PrinterId& printer) {
  return core.duty().day() == 0 || core.machines().InService(printer);
}

PrintRefusal CheckBlankAndPrinter(const EdgeCore& core, const Scene& scene, const Print& print) {
  if (!core.tray().Available(print.blank)) {
    return core.tray().UseOf(print.blank) == nullptr ? PrintRefusal::kBlankNotInTray
                                                     : PrintRefusal::kBlankUsed;
  }
  const auto limit = core.settings().cards_per_day.find(print.printer);
  if (limit == core.settings().cards_per_day.end() ||
      scene.conditions.printers_not_ready.contains(print.printer) ||
      !InService(core, print.printer) || !PrinterFree(core, print)) {
    return PrintRefusal::kPrinterNotReady;
  }
  const uint32_t left = DayDue(core, scene)
                            ? core.duty().LeftNextDay(scene.now, print.printer, limit->second)
                            : core.duty().LeftToday(print.printer, limit->second);
  return left > 0 ? PrintRefusal::kNone : PrintRefusal::kDutyUsedUp;
}

}  // namespace

// The order of these checks is the precedence of PrintRefusal.
PrintRefusal CheckPrint(const EdgeCore& core, const Scene& scene, const Print& print,
                        const domain::PrrId& prr) {
  const domain::OperatorItem* person = core.catalogue().FindOperator(print.operator_id);
  if (person == nullptr) return PrintRefusal::kNotLoggedIn;
  if (!MayDo(person->role, OfficeAct::kPrint)) return PrintRefusal::kRoleForbids;
  if (core.settings().require_shift && core.shifts().OpenOf(print.operator_id) == nullptr) {
    return PrintRefusal::kNoShift;
  }
  const domain::ApplicationVersion& version = core.settings().application_version;
  if (!core.Certified(*person)) return PrintRefusal::kNotTrained;
  if (domain::IsOlder(version, core.catalogue().required_application())) {
    return PrintRefusal::kApplicationTooOld;
  }
  if (core.locked()) return PrintRefusal::kNodeLocked;
  const PrintRefusal record = CheckRecord(core, scene, prr);
  if (record != PrintRefusal::kNone) return record;
  const PrintRefusal blank = CheckBlankAndPrinter(core, scene, print);
  if (blank != PrintRefusal::kNone) return blank;
  return scene.conditions.disk_nearly_full ? PrintRefusal::kDiskNearlyFull : PrintRefusal::kNone;
}

PrintRefusal CheckTest(const EdgeCore& core, const Scene& scene, const domain::PrinterId& printer,
                       const domain::BlankSerial& blank) {
  if (core.locked()) return PrintRefusal::kNodeLocked;
  const PrintRefusal refusal = CheckBlankAndPrinter(
      core, scene, {.act = {}, .operator_id = {}, .printer = printer, .blank = blank, .prr = {}});
  if (refusal != PrintRefusal::kNone) return refusal;
  return scene.conditions.disk_nearly_full ? PrintRefusal::kDiskNearlyFull : PrintRefusal::kNone;
}

domain::PrintIntended MakeIntent(const EdgeCore& core, const Scene& scene, const Print& print,
                                 const domain::PrrId& prr) {
  const domain::PrrItem* item = core.catalogue().FindPrr(prr);
  const Job* earlier = core.journal().LatestOf(prr);
  const uint32_t limit = core.settings().cards_per_day.at(print.printer);
  domain::ActId stale;
  if (core.TooStale(scene.now, item->record_class)) {
    stale = core.staleness().Next(core.contact().proven_seq, item->record_class);
  }
  return {.act = print.act,
          .prr = prr,
          .prr_version = item->prr_version,
          .blank = print.blank,
          .attempt = earlier == nullptr ? 1 : earlier->intent.attempt + 1,
          .printer = print.printer,
          .operator_id = print.operator_id,
          .lease_epoch = core.EpochOf(*item),
          .control_position = core.catalogue().position(),
          .control_state = core.catalogue().state(),
          .proven_seq = core.contact().proven_seq,
          .application_version = core.settings().application_version,
          .offline = scene.conditions.offline,
          .batch = print.batch,
          .override_act =
              DayDue(core, scene) ? domain::ActId() : core.duty().OverrideFor(print.printer, limit),
          .stale_override = stale};
}

}  // namespace keping::edge
