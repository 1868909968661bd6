#include "central_node/core/blank_traces.h"

#include <algorithm>
#include <utility>

#include "common/base/check.h"
#include "common/domain/entry.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::NodeId;
using ledger::Account;

class TraceReader {
 public:
  TraceReader(const BlankSerial& serial, const BlankFacts& facts, const Jobs& jobs,
              const std::optional<BlankSerial>& other_name)
      : serial_(serial), other_name_(other_name), facts_(facts) {
    for (const ActId& act : facts.jobs) {
      const auto found = jobs.find(act);
      KEPING_CHECK(found != jobs.end(), "the jobs of a blank are prefetched");
      ReadJob(act, found->second);
    }
    DropTakenClaims();
    for (const SpoilFact& spoil : facts.spoils) {
      if (IsSetAside(facts.corrections, spoil.fact.id)) continue;
      traces_.claims[spoil.act] = {spoil.fact.node, Account::kSpoiled};
      AddUse(spoil.fact);
      AddEvidence(spoil.act, spoil.fact.id);
    }
    ReadOpenings();
    ReadScans();
    ReadSteps();
    DropLostClaims();
  }

  BlankTraces Take() { return std::move(traces_); }

 private:
  bool IsIt(const BlankSerial& name) const { return name == serial_ || name == other_name_; }
  bool ConsumedBy(const JobVerdict& verdict) const {
    return verdict.Consumed(serial_) || (other_name_.has_value() && verdict.Consumed(*other_name_));
  }

  void ReadJob(const ActId& act, const JobFacts& job) {
    const JobVerdict verdict = JudgeJob(job);
    const bool intended = verdict.intent != nullptr && IsIt(verdict.intent->blank);
    for (const IntentFact& intent : job.intents) {
      if (!IsIt(intent.blank)) continue;
      AddUse(intent.fact);
      AddEvidence(act, intent.fact.id);
      traces_.intents.push_back({act, intent.fact});
    }
    for (const OutcomeFact& outcome : job.outcomes) {
      if (!IsIt(outcome.blank) || job.SetAside(outcome)) continue;
      AddUse(outcome.fact);
      AddEvidence(act, outcome.fact.id);
      if (ConsumedBy(verdict)) cards_.push_back(outcome.fact);
    }
    if (ConsumedBy(verdict)) {
      traces_.claims[act] = {verdict.node, verdict.state == JobState::kGood ? Account::kPrintedReady
                                                                            : Account::kSpoiled};
    } else if (intended && verdict.open()) {
      open_[act] = verdict.intent->fact;
      traces_.claims[act] = {verdict.node, verdict.state == JobState::kInDoubt
                                               ? Account::kInDoubt
                                               : Account::kBoundToJob};
    } else if (intended &&
               (verdict.state == JobState::kGood || verdict.state == JobState::kSpoiled)) {
      traces_.displaced.push_back({act, verdict.intent->fact});
    }
  }

  // A card of another job was scanned on this blank while the job that meant it was open: two were
  // swapped, or a tray was shifted. That job's own card lies elsewhere and takes its own scan.
  void DropTakenClaims() {
    for (const auto& open : open_) {
      const bool taken = std::any_of(cards_.begin(), cards_.end(),
                                     [&](const FactRef& card) { return card.Later(open.second); });
      if (taken) traces_.claims.erase(open.first);
    }
  }

  // What lay in the tray counts as received there, what lay elsewhere as used there too.
  void ReadOpenings() {
    for (const OpeningFact& opening : facts_.openings) {
      traces_.received[opening.fact.node].insert(opening.fact.id);
      traces_.came[opening.fact.node].insert(domain::TransferId());
      traces_.sightings.push_back(opening.fact);
      if (opening.pile == domain::Pile::kTray) continue;
      traces_.claims[opening.act] = {opening.fact.node, opening.pile == domain::Pile::kPrinted
                                                            ? Account::kPrintedReady
                                                            : Account::kSpoiled};
      AddEvidence(opening.act, opening.fact.id);
    }
  }

  // What people did with a card. That a recall was carried out is the answer to an order and says
  // nothing of its own.
  void ReadSteps() {
    for (const StepFact& step : facts_.steps) {
      if (step.kind == StepKind::kWithdrawn) continue;
      traces_.handled[step.fact.node].insert(step.fact.id);
      if (step.kind == StepKind::kDestroyed) {
        traces_.uses[step.fact.node].insert(step.fact.id);
      } else {
        AddUse(step.fact);
      }
    }
  }

  // A job that a lost log left open is not open any more once its blank was in somebody's hand.
  void DropLostClaims() {
    for (const LossFact& loss : facts_.losses) {
      if (!SeenSince(loss, traces_.sightings)) continue;
      for (const auto& [act, intent] : open_) {
        const bool lost =
            intent.node == loss.node && loss.incarnations.contains(intent.incarnation);
        if (lost) traces_.claims.erase(act);
      }
    }
  }

  void ReadScans() {
    for (const DispatchFact& dispatch : facts_.dispatches) {
      traces_.destinations[dispatch.transfer] = dispatch.node;
      if (dispatch.from.empty()) {
        traces_.sent_by_district.insert(dispatch.transfer);
      } else {
        traces_.lent[dispatch.from].insert(dispatch.transfer);
      }
    }
    for (const ScanFact& scan : facts_.scans) {
      switch (scan.kind) {
        case ScanKind::kReceived:
          traces_.received[scan.fact.node].insert(scan.fact.id);
          traces_.came[scan.fact.node].insert(scan.transfer);
          traces_.arrived.insert(scan.transfer);
          if (!scan.lent_by.empty()) traces_.lent[scan.lent_by].insert(scan.transfer);
          traces_.sightings.push_back(scan.fact);
          break;
        case ScanKind::kMissing:
          traces_.missing.insert(scan.transfer);
          if (CameBefore(scan)) traces_.not_found.push_back(scan.fact);
          break;
        case ScanKind::kUnexpected:
          traces_.unexpected[scan.fact.node].insert(scan.fact.id);
          traces_.sightings.push_back(scan.fact);
          break;
        case ScanKind::kFound:
          traces_.received[scan.fact.node].insert(scan.fact.id);
          traces_.sightings.push_back(scan.fact);
          DropClaimsOfOtherLogs(scan.fact);
          break;
        case ScanKind::kNotFound:
          traces_.not_found.push_back(scan.fact);
          break;
      }
    }
  }

  // Its box was taken over there before, and again under a later incarnation that did not know of
  // it: whoever scanned what was left of it looked for the blank.
  bool CameBefore(const ScanFact& missing) const {
    return std::any_of(facts_.scans.begin(), facts_.scans.end(), [&](const ScanFact& scan) {
      return scan.kind == ScanKind::kReceived && scan.transfer == missing.transfer &&
             missing.fact.Later(scan.fact);
    });
  }

  // It was there as a blank when the machine went on under a new incarnation: a job of the log
  // before, or of its other branch, fed no card of it.
  void DropClaimsOfOtherLogs(const FactRef& found) {
    for (const auto& [act, intent] : open_) {
      const bool other_log = intent.node == found.node && !intent.SameStream(found);
      if (other_log && !intent.Later(found)) traces_.claims.erase(act);
    }
  }

  void AddUse(const FactRef& fact) {
    traces_.uses[fact.node].insert(fact.id);
    traces_.sightings.push_back(fact);
  }
  void AddEvidence(const ActId& act, const crypto::Hash& id) {
    traces_.act_evidence[act].insert(id);
  }

  const BlankSerial& serial_;
  const std::optional<BlankSerial>& other_name_;
  const BlankFacts& facts_;
  std::map<ActId, FactRef> open_;  // jobs that mean this blank and wait for their answer
  std::vector<FactRef> cards_;     // by which a job's card was found on it
  BlankTraces traces_;
};

}  // namespace

size_t BlankTraces::TimesItCame(const NodeId& node) const {
  const auto times = came.find(node);
  return times == came.end() ? 1 : times->second.size();
}

bool BlankTraces::HeldBy(const NodeId& node) const {
  const auto transfers = lent.find(node);
  return transfers == lent.end() || TimesItCame(node) > transfers->second.size();
}

std::vector<NodeId> BlankTraces::Holders() const {
  std::vector<NodeId> holders;
  for (const auto& [node, ids] : received) {
    if (HeldBy(node)) holders.push_back(node);
  }
  return holders;
}

bool BlankTraces::LentInVain() const {
  for (const auto& [node, transfers] : lent) {
    if (transfers.size() > TimesItCame(node)) return true;
    if (HeldBy(node)) continue;
    for (const auto& [act, claim] : claims) {
      if (claim.node == node) return true;
    }
  }
  return false;
}

bool BlankTraces::DispatchedTo(const NodeId& node) const {
  return std::any_of(destinations.begin(), destinations.end(),
                     [&](const auto& one) { return one.second == node; });
}

bool SeenSince(const LossFact& loss, const std::vector<FactRef>& sightings) {
  return std::any_of(sightings.begin(), sightings.end(), [&](const FactRef& seen) {
    return seen.node == loss.node && !loss.incarnations.contains(seen.incarnation) &&
           !domain::IsBranch(seen.incarnation);
  });
}

bool InHand(ScanKind kind) { return kind != ScanKind::kMissing && kind != ScanKind::kNotFound; }

BlankTraces ReadTraces(const BlankSerial& serial, const BlankFacts& facts, const Jobs& jobs,
                       const std::optional<BlankSerial>& other_name) {
  return TraceReader(serial, facts, jobs, other_name).Take();
}

}  // namespace keping::central
