#include "edge_node/core/edge_core.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "edge_node/core/answer_decisions.h"
#include "edge_node/core/batch_decisions.h"
#include "edge_node/core/box_decisions.h"
#include "edge_node/core/correction_decisions.h"
#include "edge_node/core/duty_decisions.h"
#include "edge_node/core/feed_decisions.h"
#include "edge_node/core/grant_decisions.h"
#include "edge_node/core/handover_decisions.h"
#include "edge_node/core/inventory_decisions.h"
#include "edge_node/core/late_entry_decisions.h"
#include "edge_node/core/machine_decisions.h"
#include "edge_node/core/people_decisions.h"
#include "edge_node/core/print_decisions.h"
#include "edge_node/core/stock_decisions.h"

namespace keping::edge {

EdgeCore::EdgeCore(EdgeSettings settings) : settings_(std::move(settings)) {}

Decision EdgeCore::Step(const time::Moment& now, const Conditions& conditions,
                        const Input& input) const {
  const Scene scene{now, conditions};
  return std::visit([&](const auto& one) { return Decide(*this, scene, one); }, input);
}

// ---- Rules.

domain::StalenessRule EdgeCore::StalenessRuleOf(domain::RecordClass record_class) const {
  return domain::StalenessOf(catalogue_.policy().staleness, record_class);
}

uint32_t EdgeCore::OverridesLeft(domain::RecordClass record_class) const {
  const uint32_t budget = StalenessRuleOf(record_class).override_prints;
  const uint32_t granted = staleness_.Granted(contact_.proven_seq, record_class);
  return budget > granted ? budget - granted : 0;
}

EdgeCore::StalenessLimit EdgeCore::LimitOf(domain::RecordClass record_class) const {
  const uint32_t days = StalenessRuleOf(record_class).limit_days;
  if (days == 0) return {settings_.staleness_limit, settings_.staleness_office_days};
  return {absl::Hours(24) * days, days};
}

bool EdgeCore::TooStale(const time::Moment& now, domain::RecordClass record_class) const {
  // A node that never had a receipt is as fresh as its feed: it cannot print without one anyway.
  if (contact_.received_at == absl::InfinitePast()) return false;
  const StalenessLimit limit = LimitOf(record_class);
  return AgeOfContact(now) > limit.age || OfficeDaysSinceContact() > limit.office_days;
}

std::optional<uint64_t> EdgeCore::DaysUntilTooStale(const time::Moment& now) const {
  if (contact_.received_at == absl::InfinitePast()) return std::nullopt;
  uint64_t most = 0;
  for (const domain::RecordClass record_class : domain::kRecordClasses) {
    if (TooStale(now, record_class)) continue;
    const StalenessLimit limit = LimitOf(record_class);
    const auto by_time = static_cast<uint64_t>((limit.age - AgeOfContact(now)) / absl::Hours(24));
    most = std::max(most, std::min(by_time, limit.office_days - OfficeDaysSinceContact()));
  }
  return most;
}

absl::Duration EdgeCore::AgeOfContact(const time::Moment& now) const {
  // A clock that is set back makes no contact younger than the machine ran since.
  const absl::Duration ran = running_time_.At(now) - contact_.running_at;
  return std::max(now.wall - contact_.received_at, ran);
}

uint64_t EdgeCore::OfficeDaysSinceContact() const {
  const auto first_after =
      std::upper_bound(day_opened_at_seq_.begin(), day_opened_at_seq_.end(), contact_.proven_seq);
  return static_cast<uint64_t>(day_opened_at_seq_.end() - first_after);
}

bool EdgeCore::LeaseHeld(const domain::PrrItem& item) const {
  const domain::LeaseEpoch epoch = EpochOf(item);
  const bool holder = item.lease_holder == settings_.node || epoch > item.lease_epoch;
  return holder && !released_.contains({item.prr, epoch});
}

domain::LeaseEpoch EdgeCore::EpochOf(const domain::PrrItem& item) const {
  return std::max(item.lease_epoch, grants_.ForcedLease(item.prr).value_or(domain::LeaseEpoch()));
}

bool EdgeCore::Certified(const domain::OperatorItem& person) const {
  const domain::ApplicationVersion& version = settings_.application_version;
  const std::string key = domain::OperatorFeedKey(person.operator_id);
  return person.CertifiedOn(version) ||
         grants_.Certified(person.operator_id, version, catalogue_.VersionOf(key));
}

bool EdgeCore::AlreadyPrinted(const domain::PrrId& prr) const { return journal_.Holds(prr); }

absl::Status EdgeCore::FindOpenJob(const domain::ActId& act, const Job** job) const {
  *job = journal_.Find(act);
  if (*job == nullptr) {
    return absl::NotFoundError(absl::StrCat("K-124: there is no job ", act.value(), " here."));
  }
  if (!(*job)->open()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-125: job ", act.value(), " is already settled as ", JobStageName((*job)->stage), "."));
  }
  return absl::OkStatus();
}

absl::Status EdgeCore::CheckOperator(const domain::OperatorId& operator_id) const {
  if (catalogue_.FindOperator(operator_id) != nullptr) return absl::OkStatus();
  return absl::PermissionDeniedError(
      absl::StrCat("K-101: operator ", operator_id.value(), " is not on this office's roster."));
}

absl::Status EdgeCore::CheckMay(const domain::OperatorId& operator_id, OfficeAct act) const {
  if (absl::Status status = CheckOperator(operator_id); !status.ok()) return status;
  const domain::Role role = catalogue_.FindOperator(operator_id)->role;
  if (MayDo(role, act)) return absl::OkStatus();
  return absl::PermissionDeniedError(absl::StrCat("K-172: the role ", RoleName(role), " may not ",
                                                  RuleOf(act).name,
                                                  ". Ask a person whose role may."));
}

absl::Status EdgeCore::CheckSecond(OfficeAct act, const domain::OperatorId& first,
                                   const domain::OperatorId& second) const {
  if (second.empty() || second == first) {
    return absl::PermissionDeniedError(
        absl::StrCat("K-173: to ", RuleOf(act).name, " takes two different people, got ",
                     second.empty() ? "one" : first.value() + " twice", "."));
  }
  if (absl::Status status = CheckOperator(second); !status.ok()) return status;
  const domain::Role role = catalogue_.FindOperator(second)->role;
  if (MayBeSecond(role, act)) return absl::OkStatus();
  return absl::PermissionDeniedError(absl::StrCat("K-173: the role ", RoleName(role),
                                                  " may not be the second person to ",
                                                  RuleOf(act).name, "."));
}

std::vector<domain::PrrId> EdgeCore::Plan(size_t limit) const {
  std::vector<domain::PrrId> plan;
  for (const auto& [enrolled_at, prr] : printable_) {
    if (plan.size() == limit) break;
    plan.push_back(prr);
  }
  return plan;
}

}  // namespace keping::edge
