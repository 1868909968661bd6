#include "central_node/core/retention.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "central_node/core/card_steps.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/joined_names.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/known_positions.h"
#include "central_node/core/lease.h"
#include "central_node/core/node_end.h"
#include "central_node/core/passing_days.h"

namespace keping::central {
namespace {

// By which an office's clock may differ from the centre's: some hours wrong across a midnight.
constexpr int kDaysOfTolerance = 1;

// The days of an office that works no more go by with those of the others.
bool DaysPassed(const Resident& resident, const domain::NodeId& office, absl::CivilDay since,
                size_t wanted) {
  const auto node = resident.nodes.find(office);
  if (node != resident.nodes.end() && !IsClosed(node->second)) {
    return ClosedDaysSince(node->second, since) >= wanted;
  }
  return std::any_of(resident.nodes.begin(), resident.nodes.end(),
                     [&](const auto& one) { return ClosedDaysSince(one.second, since) >= wanted; });
}

class Look {
 public:
  Look(const Settings& settings, const domain::PrrId& prr, const Rows& rows,
       const Resident& resident)
      : settings_(settings),
        prr_(prr),
        row_(rows.prrs.at(prr)),
        rows_(rows),
        resident_(resident),
        verdict_(JudgePrr(row_.facts, rows.jobs, KnownTo(row_.facts, resident))) {}

  bool Due() const {
    const bool withdrawn = verdict_.state == PrrState::kWithdrawn;
    if (!withdrawn && verdict_.state != PrrState::kPrinted) return false;
    if (!JobsAreAnswered() || CaseIsOpen()) return false;
    if (verdict_.good_cards.empty()) {
      return withdrawn && !LostNodeMayHaveACard() && WithdrawnLongAgo();
    }
    return std::all_of(verdict_.good_cards.begin(), verdict_.good_cards.end(),
                       [this](const GoodCard& card) { return GoneLongAgo(card); });
  }

 private:
  bool JobsAreAnswered() const {
    return std::all_of(row_.facts.jobs.begin(), row_.facts.jobs.end(),
                       [this](const auto& act) { return !JudgeJob(rows_.jobs.at(act)).open(); });
  }

  bool IsOpen(domain::CaseKind kind, const std::string& entity) const {
    const auto found = rows_.cases.find(CaseIdFor(kind, entity));
    return found != rows_.cases.end() && found->second.revision > 0 &&
           found->second.state != domain::CaseState::kClosed;
  }
  bool AnyOpen(const std::set<domain::CaseKind>& kinds, const std::string& entity) const {
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](domain::CaseKind kind) { return IsOpen(kind, entity); });
  }
  bool CaseIsOpen() const {
    if (AnyOpen(row_.cases, prr_.value())) return true;
    for (const domain::ActId& act : row_.facts.jobs) {
      if (JobHasOpenCase(act, rows_.jobs.at(act))) return true;
    }
    for (const GoodCard& card : verdict_.good_cards) {
      if (BlankHasOpenCase(card.at.blank)) return true;
    }
    return std::any_of(row_.facts.versions.begin(), row_.facts.versions.end(),
                       [this](const VersionFact& one) {
                         return IsOpen(domain::CaseKind::kTwoCardsOnePerson, one.nik_key.Hex());
                       });
  }

  // Its own, its tray's, and those of what was reported of it.
  bool JobHasOpenCase(const domain::ActId& act, const JobFacts& job) const {
    if (AnyOpen(job.cases, act.value())) return true;
    for (const IntentFact& intent : job.intents) {
      if (IsOpen(domain::CaseKind::kBindingsShifted, intent.batch.value())) return true;
    }
    return std::any_of(job.outcomes.begin(), job.outcomes.end(), [this](const OutcomeFact& one) {
      return IsOpen(domain::CaseKind::kReportRejected, one.fact.id.Hex());
    });
  }

  // Under every name that somebody gave it, also where they contradict each other.
  bool BlankHasOpenCase(const domain::BlankSerial& blank) const {
    std::set<domain::BlankSerial> names = {blank};
    for (const NameFact& name : rows_.blanks.at(blank).facts.names) {
      names.insert({name.printed, name.uid});
    }
    return std::any_of(names.begin(), names.end(), [this](const domain::BlankSerial& name) {
      return AnyOpen(rows_.blanks.at(name).cases, name.text()) ||
             IsOpen(domain::CaseKind::kNameClash, name.text());
    });
  }

  bool GoneLongAgo(const GoodCard& card) const {
    const std::vector<StepFact> steps = StepsOfBlank(card.at.blank, rows_.blanks);
    const StepFact* last = LastStep(steps, card.at.node);
    if (last == nullptr) return false;
    if (last->kind != StepKind::kDelivered && last->kind != StepKind::kDestroyed) return false;
    const absl::CivilDay told = DayOf(settings_, last->fact);
    const absl::CivilDay first = FirstDayOf(card);
    const absl::CivilDay today = resident_.centre.last_closed_day + 1;
    const bool possible = told >= first - kDaysOfTolerance && told <= today + kDaysOfTolerance;
    if (!possible) return DaysPassed(resident_, card.at.node, first, kClosedDaysKept);
    return DaysPassed(resident_, card.at.node, std::max(told, first), picture_days());
  }

  // On which it could be printed, by the centre's own log: it had the version, and had granted the
  // lease.
  absl::CivilDay FirstDayOf(const GoodCard& card) const {
    absl::CivilDay first;
    for (const VersionFact& one : row_.facts.versions) {
      if (one.version <= card.version) first = std::max(first, DayOf(settings_, one.fact));
    }
    for (const GrantFact& one : row_.facts.grants) {
      const bool of_centre = one.fact.node != one.node;
      if (of_centre && one.epoch <= card.epoch) {
        first = std::max(first, DayOf(settings_, one.fact));
      }
    }
    return first;
  }

  bool WithdrawnLongAgo() const {
    const auto& all = row_.facts.withdrawals;
    return std::all_of(all.begin(), all.end(), [this](const WithdrawalFact& one) {
      return DaysPassed(resident_, verdict_.holder, DayOf(settings_, one.fact), picture_days());
    });
  }

  // As long as blanks that it held are not accounted for.
  bool LostNodeMayHaveACard() const {
    const auto& losses = row_.facts.losses;
    return std::any_of(losses.begin(), losses.end(), [this](const LeaseLossFact& loss) {
      return IsOpen(domain::CaseKind::kLostTail, loss.node.value());
    });
  }

  size_t picture_days() const { return resident_.centre.policy.picture_days; }

  const Settings& settings_;
  const domain::PrrId& prr_;
  const PrrRow& row_;
  const Rows& rows_;
  const Resident& resident_;
  const PrrVerdict verdict_;
};

}  // namespace

bool IsDestroyed(const PrrFacts& facts, uint32_t version) {
  const auto& received = facts.versions;
  return std::any_of(received.begin(), received.end(), [&](const VersionFact& one) {
    return one.version == version &&
           std::any_of(facts.destructions.begin(), facts.destructions.end(),
                       [&](const DestructionFact& gone) { return gone.fact.After(one.fact); });
  });
}

bool PicturesGone(const PrrFacts& facts) {
  const VersionFact* current = CurrentVersion(facts);
  return current != nullptr && IsDestroyed(facts, current->version);
}

bool MayBeDue(const PrrRow& row) {
  const bool ended = row.state == PrrState::kPrinted || row.state == PrrState::kWithdrawn;
  return ended && CurrentVersion(row.facts) != nullptr && !PicturesGone(row.facts);
}

bool PicturesDue(const Settings& settings, const domain::PrrId& prr, const Rows& rows,
                 const Resident& resident) {
  return MayBeDue(rows.prrs.at(prr)) && Look(settings, prr, rows, resident).Due();
}

}  // namespace keping::central
