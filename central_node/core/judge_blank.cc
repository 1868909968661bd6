#include "central_node/core/judge_blank.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "central_node/core/blank_traces.h"
#include "central_node/core/card_steps.h"
#include "central_node/core/district_loans.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::CaseKind;
using domain::NodeId;
using ledger::Account;
using ledger::Place;

class BlankJudge {
 public:
  BlankJudge(const BlankSerial& serial, const BlankFacts& facts, const Jobs& jobs,
             const std::optional<BlankSerial>& other_name)
      : facts_(facts),
        loans_(ReadLoans(facts)),
        traces_(ReadTraces(serial, facts, jobs, other_name)) {}

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
  // Of what a lost node held nobody knows what its log said last.
  Place AfterLoss(Place place) const {
    const bool at_risk = place.account == Account::kNodeStock ||
                         place.account == Account::kBoundToJob ||
                         place.account == Account::kInDoubt;
    const bool lost =
        at_risk &&
        std::any_of(facts_.losses.begin(), facts_.losses.end(), [&](const LossFact& loss) {
          return loss.node == place.holder && !SeenSince(loss, traces_.sightings);
        });
    if (lost) place.account = Account::kMaybeUsed;
    return place;
  }

  // Someone scanned the blank again after the job that left it behind.
  bool Located(const Meaning& displaced) const {
    for (const auto& [act, claim] : traces_.claims) {
      if (act != displaced.act) return true;
    }
    for (const ScanFact& scan : facts_.scans) {
      if (InHand(scan.kind) && scan.fact.Later(displaced.intent)) return true;
    }
    for (const auto& [act, intent] : traces_.intents) {
      if (act == displaced.act) continue;
      if (intent.SameStream(displaced.intent) ? intent.After(displaced.intent)
                                              : !displaced.intent.Later(intent)) {
        return true;
      }
    }
    return false;
  }

  const Meaning* LostBy() const {
    for (const Meaning& displaced : traces_.displaced) {
      if (!Located(displaced)) return &displaced;
    }
    return nullptr;
  }

  Place FindPlace() const {
    if (traces_.claims.size() >= 2) {
      NodeId smallest = traces_.claims.begin()->second.node;
      for (const auto& [act, claim] : traces_.claims) smallest = std::min(smallest, claim.node);
      return {Account::kContested, smallest};
    }
    if (traces_.claims.size() == 1) {
      const Claim& claim = traces_.claims.begin()->second;
      const bool held = facts_.known() && traces_.received.contains(claim.node);
      return {held ? AccountOf(claim) : Account::kUnaccountedClaim, claim.node};
    }
    if (!facts_.known() && facts_.only_named()) return {Account::kUnknownOrigin, {}};
    if (!facts_.known()) return {Account::kUnaccountedClaim, FirstNode()};
    // Handed on as a card, and nobody made one of it.
    if (!traces_.handled.empty())
      return {Account::kUnaccountedClaim, traces_.handled.begin()->first};
    if (const Meaning* lost = LostBy()) return {Account::kMissing, lost->intent.node};
    return FindPlaceAtRest();
  }

  Account AccountOf(const Claim& claim) const {
    const StepFact* last = claim.finished() ? LastStep(facts_.steps, claim.node) : nullptr;
    return last == nullptr ? claim.account : AccountAfter(last->kind);
  }

  // Some act made a card at `node`, which could then be handed on.
  bool FinishedAt(const NodeId& node) const {
    for (const auto& [act, claim] : traces_.claims) {
      if (claim.finished() && claim.node == node) return true;
    }
    return false;
  }

  // The papers have it with another district. Whoever saw it here all the same contests them.
  Place FindPlaceAway() const {
    std::set<NodeId> seen;
    for (const auto& [node, ids] : traces_.received) seen.insert(node);
    for (const auto& [node, ids] : traces_.unexpected) seen.insert(node);
    if (!seen.empty()) return {Account::kContested, *seen.begin()};
    if (!traces_.destinations.empty())
      return {Account::kContested, traces_.destinations.begin()->second};
    return {loans_.account, {}};
  }

  // No act holds it: where was it seen last?
  Place FindPlaceAtRest() const {
    if (loans_.away) return FindPlaceAway();
    const std::vector<NodeId> holders = traces_.Holders();
    if (holders.size() >= 2) return {Account::kContested, holders.front()};
    if (holders.size() == 1) {
      return {Lost(holders.front()) ? Account::kMissing : Account::kNodeStock, holders.front()};
    }
    for (const auto& [node, ids] : traces_.unexpected) {
      if (!traces_.DispatchedTo(node)) return {Account::kContested, node};
    }
    std::map<domain::TransferId, NodeId> open = traces_.destinations;
    for (const domain::TransferId& transfer : traces_.arrived) open.erase(transfer);
    if (open.size() >= 2) return {Account::kContested, open.begin()->second};
    if (open.size() == 1) {
      const auto& [transfer, node] = *open.begin();
      return {traces_.missing.contains(transfer) ? Account::kMissing : Account::kInTransit, node};
    }
    if (!traces_.lent.empty()) return {Account::kContested, traces_.lent.begin()->first};
    return {Account::kDistrictStock, {}};
  }

  // The node that is nearest to a serial nobody issued.
  NodeId FirstNode() const {
    if (!traces_.received.empty()) return traces_.received.begin()->first;
    if (!traces_.uses.empty()) return traces_.uses.begin()->first;
    if (!traces_.unexpected.empty()) return traces_.unexpected.begin()->first;
    return facts_.scans.empty() ? NodeId() : facts_.scans.front().fact.node;
  }

  void AddUsedTwice(BlankVerdict& verdict) const {
    if (traces_.claims.size() < 2) return;
    Anomaly anomaly{.kind = CaseKind::kBlankUsedTwice};
    for (const auto& [act, claim] : traces_.claims) {
      const std::set<crypto::Hash>& ids = traces_.act_evidence.at(act);
      anomaly.evidence.insert(ids.begin(), ids.end());
    }
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddWrongBlankBound(BlankVerdict& verdict) const {
    if (traces_.displaced.empty()) return;
    Anomaly anomaly{.kind = CaseKind::kWrongBlankBound, .settled = LostBy() == nullptr};
    for (const Meaning& displaced : traces_.displaced) anomaly.evidence.insert(displaced.intent.id);
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddDoubleDispatch(BlankVerdict& verdict) const {
    if (traces_.sent_by_district.size() < 2 && traces_.Holders().size() < 2 &&
        !traces_.LentInVain())
      return;
    Anomaly anomaly{.kind = CaseKind::kDoubleDispatch};
    for (const DispatchFact& dispatch : facts_.dispatches) {
      anomaly.evidence.insert(dispatch.fact.id);
    }
    for (const auto& [node, ids] : traces_.received)
      anomaly.evidence.insert(ids.begin(), ids.end());
    verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddForeign(BlankVerdict& verdict) const {
    if (!facts_.known() || loans_.away) return;
    Anomaly anomaly{.kind = CaseKind::kForeignBlank};
    for (const auto& [node, ids] : traces_.uses) {
      if (!traces_.received.contains(node)) anomaly.evidence.insert(ids.begin(), ids.end());
    }
    for (const auto& [node, ids] : traces_.unexpected) {
      if (!traces_.DispatchedTo(node)) anomaly.evidence.insert(ids.begin(), ids.end());
    }
    for (const auto& [node, ids] : traces_.handled) {
      if (!FinishedAt(node)) anomaly.evidence.insert(ids.begin(), ids.end());
    }
    if (!anomaly.evidence.empty()) verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddNeverIssued(BlankVerdict& verdict) const {
    if (facts_.known()) return;
    Anomaly anomaly{.kind = CaseKind::kNeverIssued};
    for (const auto& [node, ids] : traces_.uses) anomaly.evidence.insert(ids.begin(), ids.end());
    for (const ScanFact& scan : facts_.scans) anomaly.evidence.insert(scan.fact.id);
    if (!anomaly.evidence.empty()) verdict.anomalies.push_back(std::move(anomaly));
  }

  void AddDestroyedReappears(BlankVerdict& verdict) const {
    Anomaly anomaly{.kind = CaseKind::kDestroyedReappears};
    anomaly.evidence = SeenAfterDestruction(facts_.steps, traces_.sightings);
    if (!anomaly.evidence.empty()) verdict.anomalies.push_back(std::move(anomaly));
  }

  // The papers have it with another district, and an office used or scanned it.
  void AddLentBlankSeen(BlankVerdict& verdict) const {
    if (!loans_.away) return;
    Anomaly anomaly{.kind = CaseKind::kLentBlankSeen};
    for (const auto* seen : {&traces_.uses, &traces_.received, &traces_.unexpected}) {
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

  // A new incarnation of the node looked for it in vain, and nobody scanned it since.
  bool Lost(const NodeId& node) const {
    return std::any_of(
        traces_.not_found.begin(), traces_.not_found.end(), [&](const FactRef& looked) {
          return looked.node == node &&
                 std::none_of(facts_.scans.begin(), facts_.scans.end(), [&](const ScanFact& scan) {
                   return InHand(scan.kind) && scan.fact.Later(looked);
                 });
        });
  }

  const BlankFacts& facts_;
  const LoanState loans_;
  const BlankTraces traces_;
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
