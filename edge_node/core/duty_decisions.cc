#include "edge_node/core/duty_decisions.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "edge_node/core/machine_decisions.h"

namespace keping::edge {
namespace {

absl::Status CheckGrant(const EdgeCore& core, const GrantOverride& grant) {
  KEPING_RETURN_IF_ERROR(core.CheckMay(grant.operator_id, OfficeAct::kOverride));
  if (grant.prints == 0 || grant.prints > kMaxOverride) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-166: got ", grant.prints, " prints, want 1 to ", kMaxOverride, "."));
  }
  if (grant.kind == domain::OverrideKind::kDuty) return CheckInConfig(core, grant.printer);
  if (grant.printer.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "K-166: got a printer for an override of the missing contact, which holds for all of them.");
}

}  // namespace

std::optional<domain::OfficeDayOpened> DayDue(const EdgeCore& core, const Scene& scene) {
  return core.duty().DayToOpen(scene.now,
                               absl::ToCivilDay(scene.now.wall, core.settings().time_zone));
}

void OpenDayIfDue(const EdgeCore& core, const Scene& scene, const domain::ActId& act,
                  const domain::OperatorId& operator_id, const domain::PrinterId& except,
                  Decision& decision) {
  const auto day = DayDue(core, scene);
  if (!day) return;
  decision.events.push_back(*day);
  if (day->basis != domain::OfficeDayBasis::kFirst) return;
  int number = 0;
  for (const auto& [printer, limit] : core.settings().cards_per_day) {
    ++number;
    if (printer == except) continue;
    decision.events.push_back(
        domain::PrinterAdopted{.act = domain::ActId::Of(absl::StrCat(act.value(), "-", number)),
                               .printer = printer,
                               .basis = domain::AdoptionBasis::kCommissioned,
                               .from = {},
                               .slip = {},
                               .day = {},
                               .operator_id = operator_id});
  }
}

Decision Decide(const EdgeCore& core, const Scene& scene, const GrantOverride& grant) {
  if (absl::Status status = CheckGrant(core, grant); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  Decision decision;
  // For the day on which it is granted, and not for the one before.
  OpenDayIfDue(core, scene, grant.act, grant.operator_id, {}, decision);
  decision.events.push_back(domain::OverrideGranted{.act = grant.act,
                                                    .kind = grant.kind,
                                                    .printer = grant.printer,
                                                    .prints = grant.prints,
                                                    .reason = grant.reason,
                                                    .operator_id = grant.operator_id});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const CorrectOfficeDay& correct) {
  absl::Status status = core.CheckMay(correct.operator_id, OfficeAct::kCorrectOfficeDay);
  if (status.ok()) {
    status = core.CheckSecond(OfficeAct::kCorrectOfficeDay, correct.operator_id, correct.second);
  }
  if (!status.ok()) return Decision::Failed(std::move(status));
  if (core.duty().day() == 0 || correct.day == core.duty().date()) {
    return Decision::Failed(absl::FailedPreconditionError(
        core.duty().day() == 0
            ? std::string("K-167: no office day is open yet: the first print opens one.")
            : absl::StrCat("K-167: the open office day has that date already: ",
                           absl::FormatCivilTime(correct.day), ".")));
  }
  Decision decision;
  decision.events.push_back(domain::OfficeDayCorrected{.act = correct.act,
                                                       .day = correct.day,
                                                       .operator_id = correct.operator_id,
                                                       .second = correct.second});
  return decision;
}

}  // namespace keping::edge
