#include "central_node/core/judge_prr.h"

#include <algorithm>
#include <set>
#include <utility>

#include "central_node/core/kept_card.h"
#include "common/base/check.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::CaseKind;
using domain::LeaseEpoch;
using domain::NodeId;

class PrrJudge {
 public:
  PrrJudge(const PrrFacts& facts, const Jobs& jobs, const KnownPositions& known,
           const StepsOf& steps)
      : facts_(facts), known_(known), steps_(steps), lease_(CurrentLease(facts)) {
    for (const ActId& act : facts.jobs) {
      const auto found = jobs.find(act);
      KEPING_CHECK(found != jobs.end(), "the jobs of a record are prefetched");
      ReadJob(act, found->second);
    }
    std::sort(cards_.begin(), cards_.end(),
              [](const GoodCard& a, const GoodCard& b) { return a.at < b.at; });
  }

  PrrVerdict Judge() {
    PrrVerdict verdict;
    verdict.good_cards = cards_;
    FindState(verdict);
    AddDuplicatePrint(verdict);
    AddStalePrint(verdict);
    AddWithdrawnPrinted(verdict);
    AddLeaseBreach(verdict);
    AddOverlapRisk(verdict);
    AddCardSuperseded(verdict);
    AddPrintedElsewhere(verdict);
    return verdict;
  }

 private:
  void ReadJob(const ActId& act, const JobFacts& job) {
    const JobVerdict verdict = JudgeJob(job);
    if (verdict.intent == nullptr) return;
    if (verdict.state == JobState::kBound) printing_at_.insert(verdict.node);
    if (verdict.state == JobState::kInDoubt) doubted_at_.insert(verdict.node);
    if (verdict.state != JobState::kGood) return;
    const IntentFact& intent = *verdict.intent;
    for (const auto& [blank, verified] : verdict.good) {
      cards_.push_back({.at = {.node = verdict.node, .act = act, .blank = blank},
                        .version = intent.prr_version,
                        .epoch = intent.epoch,
                        .control_position = intent.control_position,
                        .lease_valid = LeaseValid(intent),
                        .granted_seq = GrantedSeq(intent),
                        .intent = intent.fact.id,
                        .verified = verified});
    }
  }

  // Granted to this node, not given back before in the same log, and, as far as its feed had told
  // the node, not taken away.
  bool LeaseValid(const IntentFact& intent) const {
    const bool granted =
        std::any_of(facts_.grants.begin(), facts_.grants.end(), [&](const GrantFact& grant) {
          return grant.node == intent.fact.node && grant.epoch == intent.epoch;
        });
    const bool released =
        std::any_of(facts_.releases.begin(), facts_.releases.end(), [&](const ReleaseFact& one) {
          return one.epoch >= intent.epoch && intent.fact.After(one.fact);
        });
    const bool removed = std::any_of(
        facts_.lease_removals.begin(), facts_.lease_removals.end(), [&](const FeedMark& mark) {
          return mark.node == intent.fact.node && mark.epoch >= intent.epoch &&
                 mark.position <= intent.control_position;
        });
    return granted && !released && !removed;
  }

  // What an office says of its own lease has no place in the centre's log.
  uint64_t GrantedSeq(const IntentFact& intent) const {
    uint64_t seq = 0;
    for (const GrantFact& grant : facts_.grants) {
      const bool own = grant.node == intent.fact.node && grant.epoch == intent.epoch;
      if (own && grant.fact.node != grant.node) seq = std::max(seq, grant.fact.seq);
    }
    return seq;
  }

  void FindState(PrrVerdict& verdict) const {
    verdict.holder = lease_.released ? NodeId() : lease_.holder;
    if (!cards_.empty()) {
      verdict.state = PrrState::kPrinted;
      verdict.holder = cards_.front().at.node;
    } else if (lease_.lost && !IsWithdrawn(facts_)) {
      verdict.state = PrrState::kMaybePrinted;
      verdict.holder = lease_.holder;
    } else if (!doubted_at_.empty()) {
      verdict.state = PrrState::kInDoubt;
      verdict.holder = *doubted_at_.begin();
    } else if (!printing_at_.empty()) {
      verdict.state = PrrState::kPrinting;
      verdict.holder = *printing_at_.begin();
    } else if (facts_.versions.empty()) {
      verdict.state = PrrState::kAbsent;
    } else if (IsWithdrawn(facts_)) {
      verdict.state = PrrState::kWithdrawn;
    } else if (lease_.holder.empty()) {
      verdict.state = PrrState::kWaiting;
    } else {
      verdict.state = lease_.released ? PrrState::kReleased : PrrState::kLeased;
    }
  }

  void AddDuplicatePrint(PrrVerdict& verdict) const {
    if (cards_.size() < 2) return;
    Anomaly anomaly{.kind = CaseKind::kDuplicatePrint};
    const VersionFact* current = CurrentVersion(facts_);
    std::vector<CardClaim> claims;
    for (const GoodCard& card : cards_) {
      anomaly.evidence.insert(card.verified);
      claims.push_back({.at = card.at,
                        .current = current == nullptr || card.version >= current->version,
                        .lease_valid = card.lease_valid,
                        .lease = {card.epoch.generation_order, card.epoch.counter}});
    }
    KeepOne(claims, steps_, anomaly);
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddStalePrint(PrrVerdict& verdict) const {
    const VersionFact* current = CurrentVersion(facts_);
    if (current == nullptr) return;
    Anomaly anomaly{.kind = CaseKind::kStalePrint};
    for (const GoodCard& card : cards_) {
      if (card.version < current->version) anomaly.evidence.insert(card.verified);
    }
    if (anomaly.evidence.empty()) return;
    anomaly.evidence.insert(current->fact.id);
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddWithdrawnPrinted(PrrVerdict& verdict) const {
    if (facts_.withdrawals.empty() || !IsWithdrawn(facts_) || cards_.empty()) return;
    Anomaly anomaly{.kind = CaseKind::kWithdrawnPrinted};
    for (const WithdrawalFact& one : facts_.withdrawals) {
      if (IsCurrent(one) && !IsElsewhere(one)) anomaly.evidence.insert(one.fact.id);
    }
    if (anomaly.evidence.empty()) return;
    for (const GoodCard& card : cards_) {
      anomaly.evidence.insert(card.verified);
      anomaly.cards.push_back(card.at);
      for (const FeedMark& mark : facts_.withdrawal_marks) {
        if (mark.node == card.at.node && mark.position <= card.control_position) {
          anomaly.node_knew = true;
        }
      }
    }
    verdict.anomalies.push_back(std::move(anomaly));
  }

  // It withdraws the version that holds, and not one before it.
  bool IsCurrent(const WithdrawalFact& withdrawal) const {
    const VersionFact* current = CurrentVersion(facts_);
    return current == nullptr || withdrawal.version >= current->version;
  }
  static bool IsElsewhere(const WithdrawalFact& withdrawal) {
    return withdrawal.reason == domain::WithdrawalReason::kPrintedElsewhere;
  }

  // Which of two cards stays, of ours and another district's, is nothing that a rule can tell.
  void AddPrintedElsewhere(PrrVerdict& verdict) const {
    if (cards_.empty()) return;
    Anomaly anomaly{.kind = CaseKind::kPrintedElsewhere};
    for (const WithdrawalFact& one : facts_.withdrawals) {
      if (IsCurrent(one) && IsElsewhere(one)) anomaly.evidence.insert(one.fact.id);
    }
    if (anomaly.evidence.empty()) return;
    for (const GoodCard& card : cards_) anomaly.evidence.insert(card.verified);
    verdict.anomalies.push_back(std::move(anomaly));
  }

  // Its card is out, and another one replaces it: the old one comes back, or is stated lost.
  void AddCardSuperseded(PrrVerdict& verdict) const {
    if (facts_.replaced_by.empty() || cards_.empty() || IsWithdrawn(facts_)) return;
    Anomaly anomaly{.kind = CaseKind::kCardSuperseded};
    for (const ReplacementFact& one : facts_.replaced_by) anomaly.evidence.insert(one.fact.id);
    for (const GoodCard& card : cards_) {
      anomaly.evidence.insert(card.verified);
      anomaly.cards.push_back(card.at);
    }
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddLeaseBreach(PrrVerdict& verdict) const {
    Anomaly anomaly{.kind = CaseKind::kLeaseBreach,
                    .settled = cards_.size() == 1 && !IsWithdrawn(facts_)};
    for (const GoodCard& card : cards_) {
      if (card.lease_valid) continue;
      anomaly.evidence.insert(card.intent);
      anomaly.evidence.insert(card.verified);
    }
    if (!anomaly.evidence.empty()) verdict.anomalies.push_back(std::move(anomaly));
  }

  // The grant that `forced` overtook: the latest one before it, at another node.
  const GrantFact* Overtaken(const GrantFact& forced) const {
    const GrantFact* before = nullptr;
    for (const GrantFact& grant : facts_.grants) {
      if (grant.epoch >= forced.epoch || grant.node == forced.node) continue;
      if (before == nullptr || before->epoch < grant.epoch) before = &grant;
    }
    return before;
  }

  // The old holder's own log says that it knew: it gave the lease back, or went on printing with a
  // feed position at or after the one that took the lease away. Of a node that was declared lost
  // under the lease nothing more is waited for.
  bool Covered(const GrantFact& old) const {
    for (const ReleaseFact& release : facts_.releases) {
      if (release.fact.node == old.node && release.epoch >= old.epoch) return true;
    }
    for (const LeaseLossFact& loss : facts_.losses) {
      if (loss.node == old.node && loss.epoch >= old.epoch) return true;
    }
    const auto known = known_.find(old.node);
    if (known == known_.end()) return false;
    return std::any_of(
        facts_.lease_removals.begin(), facts_.lease_removals.end(), [&](const FeedMark& mark) {
          return mark.node == old.node && mark.epoch == old.epoch && mark.position <= known->second;
        });
  }

  void AddOverlapRisk(PrrVerdict& verdict) const {
    Anomaly anomaly{.kind = CaseKind::kOverlapRisk, .settled = true};
    for (const GrantFact& grant : facts_.grants) {
      const GrantFact* old = grant.forced ? Overtaken(grant) : nullptr;
      if (old == nullptr) continue;
      anomaly.evidence.insert(grant.fact.id);
      anomaly.settled = anomaly.settled && Covered(*old);
    }
    if (!anomaly.evidence.empty()) verdict.anomalies.push_back(std::move(anomaly));
  }

  const PrrFacts& facts_;
  const KnownPositions& known_;
  const StepsOf& steps_;
  Lease lease_;
  std::vector<GoodCard> cards_;
  std::set<NodeId> printing_at_;
  std::set<NodeId> doubted_at_;
};

}  // namespace

const char* PrrStateName(PrrState state) {
  switch (state) {
    case PrrState::kAbsent:
      return "absent";
    case PrrState::kWaiting:
      return "waiting";
    case PrrState::kLeased:
      return "leased";
    case PrrState::kReleased:
      return "released";
    case PrrState::kPrinting:
      return "printing";
    case PrrState::kInDoubt:
      return "in_doubt";
    case PrrState::kPrinted:
      return "printed";
    case PrrState::kWithdrawn:
      return "withdrawn";
    case PrrState::kMaybePrinted:
      return "maybe_printed";
  }
  KEPING_CHECK(false, "every state of a record has a name");
}

PrrVerdict JudgePrr(const PrrFacts& facts, const Jobs& jobs, const KnownPositions& known,
                    const StepsOf& steps) {
  return PrrJudge(facts, jobs, known, steps).Judge();
}

}  // namespace keping::central
