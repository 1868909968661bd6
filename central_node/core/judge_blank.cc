#include "central_node/core/judge_blank.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "central_node/core/card_steps.h"
#include "central_node/core/district_loans.h"
#include "common/base/check.h"
#include "common/domain/entry.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::CaseKind;
using domain::NodeId;
using ledger::Account;
using ledger::Place;

// An act that holds the blank: it used it up, or its job is still open on it.
struct Claim {
  NodeId node;
  Account account = Account::kBoundToJob;

  // There is a card, good or spoiled.
  bool finished() const {
    return account == Account::kPrintedReady || account == Account::kSpoiled;
  }
};

// A job that was to use this blank and found its card on another one.
struct Displacement {
  ActId act;
  FactRef intent;
};

class BlankJudge {
 public:
  BlankJudge(const BlankSerial& serial, const BlankFacts& facts, const Jobs& jobs,
             const std::optional<BlankSerial>& other_name)
      : serial_(serial), other_name_(other_name), facts_(facts), loans_(ReadLoans(facts)) {
    for (const ActId& act : facts.jobs) {
      const auto found = jobs.find(act);
      KEPING_CHECK(found != jobs.end(), "the jobs of a blank are prefetched");
      ReadJob(act, found->second);
    }
    DropTakenClaims();
    for (const SpoilFact& spoil : facts.spoils) {
      if (IsSetAside(facts.corrections, spoil.fact.id)) continue;
      claims_[spoil.act] = {spoil.fact.node, Account::kSpoiled};
      AddUse(spoil.fact);
      AddEvidence(spoil.act, spoil.fact.id);
    }
    ReadOpenings();
    ReadScans();
    ReadSteps();
    DropLostClaims();
  }

  BlankVerdict Judge() {
    BlankVerdict verdict;
    verdict.place = AfterLoss(FindPlace());
    verdict.origin = OriginOf(facts_);
    AddUsedTwice(verdict);
    AddWrongBlankBound(verdict);
    AddDoubleDispatch(verdict);
    AddForeign(verdict);
    AddNeverIssued(verdict);
    AddDestroyedReappears(verdict);
    AddLentBlankSeen(verdict);
    AddLoanContradiction(verdict);
    return verdict;
  }

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
      intents_.push_back({act, intent.fact});
    }
    for (const OutcomeFact& outcome : job.outcomes) {
      if (!IsIt(outcome.blank) || job.SetAside(outcome)) continue;
      AddUse(outcome.fact);
      AddEvidence(act, outcome.fact.id);
      if (ConsumedBy(verdict)) cards_.push_back(outcome.fact);
    }
    if (ConsumedBy(verdict)) {
      claims_[act] = {verdict.node, verdict.state == JobState::kGood ? Account::kPrintedReady
                                                                     : Account::kSpoiled};
    } else if (intended && verdict.open()) {
      open_[act] = verdict.intent->fact;
      claims_[act] = {verdict.node, verdict.state == JobState::kInDoubt ? Account::kInDoubt
                                                                        : Account::kBoundToJob};
    } else if (intended &&
               (verdict.state == JobState::kGood || verdict.state == JobState::kSpoiled)) {
      displaced_.push_back({act, verdict.intent->fact});
    }
  }

  // A card of another job was scanned on this blank while the job that meant it was open: two were
  // swapped, or a tray was shifted. That job's own card lies elsewhere and takes its own scan.
  void DropTakenClaims() {
    for (const auto& open : open_) {
      const bool taken = std::any_of(cards_.begin(), cards_.end(),
                                     [&](const FactRef& card) { return card.Later(open.second); });
      if (taken) claims_.erase(open.first);
    }
  }

  // What lay in the tray counts as received there, what lay elsewhere as used there too.
  void ReadOpenings() {
    for (const OpeningFact& opening : facts_.openings) {
      received_[opening.fact.node].insert(opening.fact.id);
      came_[opening.fact.node].insert(domain::TransferId());
      sightings_.push_back(opening.fact);
      if (opening.pile == domain::Pile::kTray) continue;
      claims_[opening.act] = {opening.fact.node, opening.pile == domain::Pile::kPrinted
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
      handled_[step.fact.node].insert(step.fact.id);
      if (step.kind == StepKind::kDestroyed) {
        uses_[step.fact.node].insert(step.fact.id);
      } else {
        AddUse(step.fact);
      }
    }
  }

  // Somebody of the office had it in hand under a later incarnation than the lost ones. A branch
  // may be one of the lost log that came late.
  bool SeenSince(const LossFact& loss) const {
    return std::any_of(sightings_.begin(), sightings_.end(), [&](const FactRef& seen) {
      return seen.node == loss.node && !loss.incarnations.contains(seen.incarnation) &&
             !domain::IsBranch(seen.incarnation);
    });
  }

  // A job that a lost log left open is not open any more once its blank was in somebody's hand.
  void DropLostClaims() {
    for (const LossFact& loss : facts_.losses) {
      if (!SeenSince(loss)) continue;
      for (const auto& [act, intent] : open_) {
        const bool lost =
            intent.node == loss.node && loss.incarnations.contains(intent.incarnation);
        if (lost) claims_.erase(act);
      }
    }
  }

  // Of what a lost node held nobody knows what its log said last.
  Place AfterLoss(Place place) const {
    const bool at_risk = place.account == Account::kNodeStock ||
                         place.account == Account::kBoundToJob ||
                         place.account == Account::kInDoubt;
    const bool lost = at_risk && std::any_of(facts_.losses.begin(), facts_.losses.end(),
                                             [&](const LossFact& loss) {
                                               return loss.node == place.holder && !SeenSince(loss);
                                             });
    if (lost) place.account = Account::kMaybeUsed;
    return place;
  }

  void ReadScans() {
    for (const DispatchFact& dispatch : facts_.dispatches) {
      destinations_[dispatch.transfer] = dispatch.node;
      if (dispatch.from.empty()) {
        sent_by_district_.insert(dispatch.transfer);
      } else {
        lent_[dispatch.from].insert(dispatch.transfer);
      }
    }
    for (const ScanFact& scan : facts_.scans) {
      switch (scan.kind) {
        case ScanKind::kReceived:
          received_[scan.fact.node].insert(scan.fact.id);
          came_[scan.fact.node].insert(scan.transfer);
          arrived_.insert(scan.transfer);
          if (!scan.lent_by.empty()) lent_[scan.lent_by].insert(scan.transfer);
          sightings_.push_back(scan.fact);
          break;
        case ScanKind::kMissing:
          missing_.insert(scan.transfer);
          if (CameBefore(scan)) not_found_.push_back(scan.fact);
          break;
        case ScanKind::kUnexpected:
          unexpected_[scan.fact.node].insert(scan.fact.id);
          sightings_.push_back(scan.fact);
          break;
        case ScanKind::kFound:
          received_[scan.fact.node].insert(scan.fact.id);
          sightings_.push_back(scan.fact);
          DropClaimsOfOtherLogs(scan.fact);
          break;
        case ScanKind::kNotFound:
          not_found_.push_back(scan.fact);
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
      if (other_log && !intent.Later(found)) claims_.erase(act);
    }
  }

  // It came there more often than it was lent on from there. A blank that was only found there by
  // scan came once.
  bool Holds(const NodeId& node) const {
    const auto lent = lent_.find(node);
    return lent == lent_.end() || TimesItCame(node) > lent->second.size();
  }
  size_t TimesItCame(const NodeId& node) const {
    const auto came = came_.find(node);
    return came == came_.end() ? 1 : came->second.size();
  }

  std::vector<NodeId> Holders() const {
    std::vector<NodeId> holders;
    for (const auto& [node, ids] : received_) {
      if (Holds(node)) holders.push_back(node);
    }
    return holders;
  }

  // Who lent it on more often than it had it, or used it after it was lent.
  bool LentInVain() const {
    for (const auto& [node, transfers] : lent_) {
      if (transfers.size() > TimesItCame(node)) return true;
      if (Holds(node)) continue;
      for (const auto& [act, claim] : claims_) {
        if (claim.node == node) return true;
      }
    }
    return false;
  }

  // A new incarnation of the node looked for it in vain, and nobody scanned it since.
  bool Lost(const NodeId& node) const {
    return std::any_of(not_found_.begin(), not_found_.end(), [&](const FactRef& looked) {
      return looked.node == node &&
             std::none_of(facts_.scans.begin(), facts_.scans.end(), [&](const ScanFact& scan) {
               return InHand(scan.kind) && scan.fact.Later(looked);
             });
    });
  }
  static bool InHand(ScanKind kind) {
    return kind != ScanKind::kMissing && kind != ScanKind::kNotFound;
  }

  void AddUse(const FactRef& fact) {
    uses_[fact.node].insert(fact.id);
    sightings_.push_back(fact);
  }
  void AddEvidence(const ActId& act, const crypto::Hash& id) { act_evidence_[act].insert(id); }

  bool DispatchedTo(const NodeId& node) const {
    for (const auto& [transfer, destination] : destinations_) {
      if (destination == node) return true;
    }
    return false;
  }

  // Someone scanned the blank again after the job that left it behind.
  bool Located(const Displacement& displaced) const {
    for (const auto& [act, claim] : claims_) {
      if (act != displaced.act) return true;
    }
    for (const ScanFact& scan : facts_.scans) {
      if (InHand(scan.kind) && scan.fact.Later(displaced.intent)) return true;
    }
    for (const auto& [act, intent] : intents_) {
      if (act == displaced.act) continue;
      if (intent.SameStream(displaced.intent) ? intent.After(displaced.intent)
                                              : !displaced.intent.Later(intent)) {
        return true;
      }
    }
    return false;
  }

  const Displacement* LostBy() const {
    for (const Displacement& displaced : displaced_) {
      if (!Located(displaced)) return &displaced;
    }
    return nullptr;
  }

  Place FindPlace() const {
    if (claims_.size() >= 2) {
      NodeId smallest = claims_.begin()->second.node;
      for (const auto& [act, claim] : claims_) smallest = std::min(smallest, claim.node);
      return {Account::kContested, smallest};
    }
    if (claims_.size() == 1) {
      const Claim& claim = claims_.begin()->second;
      const bool held = facts_.known() && received_.contains(claim.node);
      return {held ? AccountOf(claim) : Account::kUnaccountedClaim, claim.node};
    }
    if (!facts_.known() && facts_.only_named()) return {Account::kUnknownOrigin, {}};
    if (!facts_.known()) return {Account::kUnaccountedClaim, FirstNode()};
    // Handed on as a card, and nobody made one of it.
    if (!handled_.empty()) return {Account::kUnaccountedClaim, handled_.begin()->first};
    if (const Displacement* lost = LostBy()) return {Account::kMissing, lost->intent.node};
    return FindPlaceAtRest();
  }

  Account AccountOf(const Claim& claim) const {
    const StepFact* last = claim.finished() ? LastStep(facts_.steps, claim.node) : nullptr;
    return last == nullptr ? claim.account : AccountAfter(last->kind);
  }

  // Some act made a card at `node`, which could then be handed on.
  bool FinishedAt(const NodeId& node) const {
    for (const auto& [act, claim] : claims_) {
      if (claim.finished() && claim.node == node) return true;
    }
    return false;
  }

  // The papers have it with another district. Whoever saw it here all the same contests them.
  Place FindPlaceAway() const {
    std::set<NodeId> seen;
    for (const auto& [node, ids] : received_) seen.insert(node);
    for (const auto& [node, ids] : unexpected_) seen.insert(node);
    if (!seen.empty()) return {Account::kContested, *seen.begin()};
    if (!destinations_.empty()) return {Account::kContested, destinations_.begin()->second};
    return {loans_.account, {}};
  }

  // No act holds it: where was it seen last?
  Place FindPlaceAtRest() const {
    if (loans_.away) return FindPlaceAway();
    const std::vector<NodeId> holders = Holders();
    if (holders.size() >= 2) return {Account::kContested, holders.front()};
    if (holders.size() == 1) {
      return {Lost(holders.front()) ? Account::kMissing : Account::kNodeStock, holders.front()};
    }
    for (const auto& [node, ids] : unexpected_) {
      if (!DispatchedTo(node)) return {Account::kContested, node};
    }
    std::map<domain::TransferId, NodeId> open = destinations_;
    for (const domain::TransferId& transfer : arrived_) open.erase(transfer);
    if (open.size() >= 2) return {Account::kContested, open.begin()->second};
    if (open.size() == 1) {
      const auto& [transfer, node] = *open.begin();
      return {missing_.contains(transfer) ? Account::kMissing : Account::kInTransit, node};
    }
    if (!lent_.empty()) return {Account::kContested, lent_.begin()->first};
    return {Account::kDistrictStock, {}};
  }

  // The node that is nearest to a serial nobody issued.
  NodeId FirstNode() const {
    if (!received_.empty()) return received_.begin()->first;
    if (!uses_.empty()) return uses_.begin()->first;
    if (!unexpected_.empty()) return unexpected_.begin()->first;
    return facts_.scans.empty() ? NodeId() : facts_.scans.front().fact.node;
  }

  void AddUsedTwice(BlankVerdict& verdict) const {
    if (claims_.size() < 2) return;
    Anomaly anomaly{.kind = CaseKind::kBlankUsedTwice};
    for (const auto& [act, claim] : claims_) {
      const std::set<crypto::Hash>& ids = act_evidence_.at(act);
      anomaly.evidence.insert(ids.begin(), ids.end());
    }
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddWrongBlankBound(BlankVerdict& verdict) const {
    if (displaced_.empty()) return;
    Anomaly anomaly{.kind = CaseKind::kWrongBlankBound, .settled = LostBy() == nullptr};
    for (const Displacement& displaced : displaced_) anomaly.evidence.insert(displaced.intent.id);
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddDoubleDispatch(BlankVerdict& verdict) const {
    if (sent_by_district_.size() < 2 && Holders().size() < 2 && !LentInVain()) return;
    Anomaly anomaly{.kind = CaseKind::kDoubleDispatch};
    for (const DispatchFact& dispatch : facts_.dispatches) {
      anomaly.evidence.insert(dispatch.fact.id);
    }
    for (const auto& [node, ids] : received_) anomaly.evidence.insert(ids.begin(), ids.end());
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddForeign(BlankVerdict& verdict) const {
    if (!facts_.known() || loans_.away) return;
    Anomaly anomaly{.kind = CaseKind::kForeignBlank};
    for (const auto& [node, ids] : uses_) {
      if (!received_.contains(node)) anomaly.evidence.insert(ids.begin(), ids.end());
    }
    for (const auto& [node, ids] : unexpected_) {
      if (!DispatchedTo(node)) anomaly.evidence.insert(ids.begin(), ids.end());
    }
    for (const auto& [node, ids] : handled_) {
      if (!FinishedAt(node)) anomaly.evidence.insert(ids.begin(), ids.end());
    }
    if (!anomaly.evidence.empty()) verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddNeverIssued(BlankVerdict& verdict) const {
    if (facts_.known()) return;
    Anomaly anomaly{.kind = CaseKind::kNeverIssued};
    for (const auto& [node, ids] : uses_) anomaly.evidence.insert(ids.begin(), ids.end());
    for (const ScanFact& scan : facts_.scans) anomaly.evidence.insert(scan.fact.id);
    if (!anomaly.evidence.empty()) verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddDestroyedReappears(BlankVerdict& verdict) const {
    Anomaly anomaly{.kind = CaseKind::kDestroyedReappears};
    anomaly.evidence = SeenAfterDestruction(facts_.steps, sightings_);
    if (!anomaly.evidence.empty()) verdict.anomalies.push_back(std::move(anomaly));
  }

  // The papers have it with another district, and an office used or scanned it.
  void AddLentBlankSeen(BlankVerdict& verdict) const {
    if (!loans_.away) return;
    Anomaly anomaly{.kind = CaseKind::kLentBlankSeen};
    for (const auto* seen : {&uses_, &received_, &unexpected_}) {
      for (const auto& [node, ids] : *seen) anomaly.evidence.insert(ids.begin(), ids.end());
    }
    if (anomaly.evidence.empty()) return;
    anomaly.evidence.insert(loans_.papers.begin(), loans_.papers.end());
    verdict.anomalies.push_back(std::move(anomaly));
  }

  // It went although it was not in the district's stock, or came although the books had it here.
  void AddLoanContradiction(BlankVerdict& verdict) const {
    Anomaly anomaly{.kind = CaseKind::kLoanContradiction, .evidence = loans_.unfounded};
    if (loans_.away && !facts_.dispatches.empty()) {
      for (const DispatchFact& one : facts_.dispatches) anomaly.evidence.insert(one.fact.id);
    }
    if (anomaly.evidence.empty()) return;
    anomaly.evidence.insert(loans_.papers.begin(), loans_.papers.end());
    verdict.anomalies.push_back(std::move(anomaly));
  }

  const BlankSerial& serial_;
  const std::optional<BlankSerial>& other_name_;
  const BlankFacts& facts_;
  const LoanState loans_;
  std::map<ActId, Claim> claims_;
  std::map<ActId, std::set<crypto::Hash>> act_evidence_;
  std::map<ActId, FactRef> open_;  // jobs that mean this blank and wait for their answer
  std::vector<FactRef> cards_;     // by which a job's card was found on it
  std::vector<Displacement> displaced_;
  std::vector<Displacement> intents_;
  std::map<NodeId, std::set<crypto::Hash>> uses_;
  std::map<NodeId, std::set<crypto::Hash>> received_;
  std::map<NodeId, std::set<crypto::Hash>> unexpected_;
  std::map<NodeId, std::set<crypto::Hash>> handled_;  // handed on as a card, or destroyed
  std::vector<FactRef> sightings_;                    // by which it was in somebody's hand
  std::map<domain::TransferId, NodeId> destinations_;
  std::set<domain::TransferId> sent_by_district_;
  // By which it came to a node, the empty one at go-live; and by which it was lent on from there.
  std::map<NodeId, std::set<domain::TransferId>> came_;
  std::map<NodeId, std::set<domain::TransferId>> lent_;
  std::set<domain::TransferId> arrived_;
  std::set<domain::TransferId> missing_;
  std::vector<FactRef> not_found_;
};

}  // namespace

BlankVerdict JudgeBlank(const BlankSerial& serial, const BlankFacts& facts, const Jobs& jobs,
                        const std::optional<BlankSerial>& other_name) {
  return BlankJudge(serial, facts, jobs, other_name).Judge();
}

Account OriginOf(const BlankFacts& facts) {
  if (facts.issued) return Account::kCentre;
  if (!facts.openings.empty()) return Account::kOpeningBalance;
  if (facts.came_from_elsewhere()) return Account::kBorrowed;
  // What a box gave beyond its quantity is corrected with the box.
  return facts.births.empty() ? Account::kUnknownOrigin : Account::kCentre;
}

}  // namespace keping::central
