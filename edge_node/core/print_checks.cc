#include "edge_node/core/print_checks.h"

#include "common/domain/application_version.h"

namespace keping::edge {
namespace {

using domain::PrintRefusal;

PrintRefusal CheckRecord(const EdgeCore& core, const Scene& scene, const domain::PrrId& prr) {
  const domain::PrrItem* item = core.catalogue().FindPrr(prr);
  if (item == nullptr) return PrintRefusal::kPrrUnknown;
  if (item->withdrawn) return PrintRefusal::kPrrWithdrawn;
  if (!core.LeaseHeld(*item)) return PrintRefusal::kLeaseNotHeld;
  if (core.TooStale(scene.now)) return PrintRefusal::kTooStale;
  if (core.AlreadyPrinted(prr)) return PrintRefusal::kAlreadyPrinted;
  return core.catalogue().HasRecord(prr) ? PrintRefusal::kNone : PrintRefusal::kPictureMissing;
}

PrintRefusal CheckBlankAndPrinter(const EdgeCore& core, const Scene& scene, const Print& print,
                                  bool new_day) {
  if (!core.tray().Available(print.blank)) {
    return core.tray().UseOf(print.blank) == nullptr ? PrintRefusal::kBlankNotInTray
                                                     : PrintRefusal::kBlankUsed;
  }
  const auto limit = core.settings().cards_per_day.find(print.printer);
  if (limit == core.settings().cards_per_day.end() ||
      scene.conditions.printers_not_ready.contains(print.printer) ||
      core.journal().OpenJobAt(print.printer) != nullptr) {
    return PrintRefusal::kPrinterNotReady;
  }
  const uint32_t fed = new_day ? 0 : core.duty().FedToday(print.printer);
  return fed < limit->second ? PrintRefusal::kNone : PrintRefusal::kDutyUsedUp;
}

}  // namespace

// The order of these checks is the precedence of PrintRefusal.
PrintRefusal CheckPrint(const EdgeCore& core, const Scene& scene, const Print& print,
                        const domain::PrrId& prr, bool new_day) {
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
  const PrintRefusal blank = CheckBlankAndPrinter(core, scene, print, new_day);
  if (blank != PrintRefusal::kNone) return blank;
  return scene.conditions.disk_nearly_full ? PrintRefusal::kDiskNearlyFull : PrintRefusal::kNone;
}

domain::PrintIntended MakeIntent(const EdgeCore& core, const Scene& scene, const Print& print,
                                 const domain::PrrId& prr) {
  const domain::PrrItem* item = core.catalogue().FindPrr(prr);
  const Job* earlier = core.journal().LatestOf(prr);
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
          .offline = scene.conditions.offline};
}

}  // namespace keping::edge
