#include "edge_node/core/duty_decisions.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "edge_node/core/machine_decisions.h"

namespace keping::edge {
namespace {

const char* ClassWords(domain::RecordClass record_class) {
  return record_class == domain::RecordClass::kReplacement ? "cards in place of another"
                                                           : "first cards";
}

// That the budget is of; a printer's duty has none.
uint32_t PolicyVersion(const EdgeCore& core, const GrantOverride& grant) {
  return grant.kind == domain::OverrideKind::kStaleness ? core.catalogue().policy().version : 0;
}

// Of one outage; the next contact ends it, and the budget is whole again.
absl::Status CheckBudget(const EdgeCore& core, const GrantOverride& grant) {
  const uint32_t left = core.OverridesLeft(grant.record_class);
  if (grant.prints <= left) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "K-316: got ", grant.prints, " prints without contact for ", ClassWords(grant.record_class),
      ", want at most ", left, ": of the ",
      core.StalenessRuleOf(grant.record_class).override_prints,
      " that the district allows in one outage the rest is used. Connect, or bring a stick to the "
      "district office: contact makes it whole again."));
}

absl::Status CheckGrant(const EdgeCore& core, const GrantOverride& grant) {
  KEPING_RETURN_IF_ERROR(core.CheckMay(grant.operator_id, OfficeAct::kOverride));
  if (grant.prints == 0 || grant.prints > kMaxOverride) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-166: got ", grant.prints, " prints, want 1 to ", kMaxOverride, "."));
  }
  if (grant.kind == domain::OverrideKind::kDuty) return CheckInConfig(core, grant.printer);
  if (!grant.printer.empty()) {
    return absl::InvalidArgumentError(
        "K-166: got a printer for an override of the missing contact, which holds for all of "
        "them.");
  }
  return CheckBudget(core, grant);
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
                                                    .operator_id = grant.operator_id,
                                                    .record_class = grant.record_class,
                                                    .policy_version = PolicyVersion(core, grant)});
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
