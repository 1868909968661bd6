#include "central_node/core/judge_print.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "central_node/core/judge_job.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/stale_prints.h"
#include "common/domain/application_version.h"

namespace keping::central {
namespace {

using domain::CaseKind;

constexpr int64_t kClockDifference = int64_t{24} * 60 * 60 * 1'000'000;

// The time during which an entry of the roster held: from its fact to the next one of the person.
bool HeldAt(const RosterFact& entry, const std::vector<RosterFact>& all, int64_t wall) {
  if (entry.fact.wall_micros > wall + kClockDifference) return false;
  return std::none_of(all.begin(), all.end(), [&](const RosterFact& next) {
    return next.fact.seq > entry.fact.seq && next.fact.wall_micros + kClockDifference < wall;
  });
}

// A district that keeps no roster of the node says nothing about its people.
bool Certified(const NodeRow& node, const IntentFact& intent) {
  if (node.roster.empty()) return true;
  const auto person = node.roster.find(intent.operator_id);
  if (person == node.roster.end()) return false;
  const std::vector<RosterFact>& all = person->second;
  // Nobody prints before the roster has come: a clock that says so is wrong.
  const auto first = std::min_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.fact.wall_micros < b.fact.wall_micros;
  });
  const int64_t at = std::max(intent.fact.wall_micros, first->fact.wall_micros);
  return std::any_of(all.begin(), all.end(), [&](const RosterFact& entry) {
    return entry.active && entry.certified.contains(intent.application_version) &&
           HeldAt(entry, all, at);
  });
}

bool NewEnough(const NodeRow& node, const IntentFact& intent) {
  return std::none_of(
      node.requirements.begin(), node.requirements.end(), [&](const RequirementFact& one) {
        const bool held = one.fact.wall_micros + kClockDifference < intent.fact.wall_micros;
        return held && domain::IsOlder(intent.application_version, one.version);
      });
}

// The facts that left it in doubt, when its office has had the time to answer.
std::optional<Anomaly> LongDoubt(const Settings& settings, const Resident& resident,
                                 const JobFacts& job, const JobVerdict& verdict) {
  const auto node = resident.nodes.find(verdict.node);
  if (verdict.state != JobState::kInDoubt || node == resident.nodes.end()) return std::nullopt;
  const IntentFact& intent = *verdict.intent;
  if (ClosedDaysSince(settings, node->second, intent.fact) < resident.centre.policy.doubt_days) {
    return std::nullopt;
  }
  Anomaly anomaly{.kind = CaseKind::kDoubtUnresolved, .evidence = {intent.fact.id}};
  for (const OutcomeFact& outcome : job.outcomes) {
    const bool doubted =
        outcome.kind == OutcomeKind::kDoubted || outcome.kind == OutcomeKind::kAborted;
    if (doubted) anomaly.evidence.insert(outcome.fact.id);
  }
  return anomaly;
}

}  // namespace

std::vector<Anomaly> JudgePrint(const Settings& settings, const Resident& resident,
                                const JobFacts& job) {
  std::vector<Anomaly> anomalies;
  const JobVerdict verdict = JudgeJob(job);
  if (verdict.intent == nullptr) return anomalies;
  const IntentFact& intent = *verdict.intent;
  const auto node = resident.nodes.find(intent.fact.node);
  if (verdict.state == JobState::kGood && node != resident.nodes.end()) {
    if (!Certified(node->second, intent) || !NewEnough(node->second, intent)) {
      anomalies.push_back({.kind = CaseKind::kUntrainedPrint, .evidence = {intent.fact.id}});
    }
    if (intent.stale.has_value()) {
      anomalies.push_back({.kind = CaseKind::kBeyondStaleness,
                           .evidence = {intent.fact.id},
                           .settled = IsWithinBudget(*intent.stale, resident.centre.staleness)});
    }
  }
  if (auto doubt = LongDoubt(settings, resident, job, verdict)) {
    anomalies.push_back(*std::move(doubt));
  }
  return anomalies;
}

}  // namespace keping::central
