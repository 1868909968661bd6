#include "central_node/core/judge_box.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "central_node/core/blank_traces.h"

namespace keping::central {
namespace {

using domain::NodeId;
using domain::TransferId;
using ledger::Account;
using ledger::Place;

class BoxJudge {
 public:
  explicit BoxJudge(const BoxFacts& facts) : facts_(facts) {
    for (const BoxScanFact& scan : facts.scans) ReadScan(scan);
    for (const BoxOpeningFact& opening : facts.openings) {
      holders_.insert(opening.fact.node);
      sightings_.push_back(opening.fact);
    }
    for (const BoxDispatchFact& dispatch : facts.dispatches) {
      destinations_[dispatch.transfer] = dispatch.node;
    }
  }

  BoxVerdict Judge() const {
    BoxVerdict verdict;
    ReadPaper(verdict);
    verdict.emptied = std::any_of(facts_.openings.begin(), facts_.openings.end(),
                                  [](const BoxOpeningFact& one) { return one.emptied; });
    verdict.twice = destinations_.size() >= 2 || holders_.size() >= 2;
    verdict.place = AfterLoss(FindPlace(verdict.emptied));
    AddDifference(verdict);
    return verdict;
  }

 private:
  void ReadScan(const BoxScanFact& scan) {
    if (scan.kind == ScanKind::kMissing) {
      missing_.insert(scan.transfer);
      return;
    }
    sightings_.push_back(scan.fact);
    if (scan.kind == ScanKind::kReceived) {
      holders_.insert(scan.fact.node);
      arrived_.insert(scan.transfer);
    } else {
      finders_.insert(scan.fact.node);
    }
  }

  void ReadPaper(BoxVerdict& verdict) const {
    const auto born = static_cast<int64_t>(facts_.born.size());
    verdict.declared = !facts_.declarations.empty();
    if (verdict.declared) {
      const domain::Box& paper = facts_.declarations.front().box;
      verdict.quantity = static_cast<int64_t>(paper.quantity);
      for (const BoxDeclarationFact& other : facts_.declarations) {
        verdict.contradicted = verdict.contradicted || !(other.box == paper);
      }
      const auto note = [&](const domain::BlankSerial& serial) {
        if (!domain::Fits(paper, serial)) verdict.unfit.Insert(serial);
      };
      facts_.born.ForEach(note);
      facts_.strays.ForEach(note);
    }
    verdict.unidentified = std::max<int64_t>(0, verdict.quantity - born);
    verdict.excess = std::max<int64_t>(0, born - verdict.quantity);
  }

  Place FindPlace(bool emptied) const {
    if (holders_.size() >= 2) return {Account::kContested, *holders_.begin()};
    if (holders_.size() == 1) {
      return {emptied ? Account::kMissing : Account::kUnidentified, *holders_.begin()};
    }
    if (!finders_.empty()) return {Account::kContested, *finders_.begin()};
    std::map<TransferId, NodeId> open = destinations_;
    for (const TransferId& transfer : arrived_) open.erase(transfer);
    if (open.size() >= 2) return {Account::kContested, open.begin()->second};
    if (open.size() == 1) {
      const auto& [transfer, node] = *open.begin();
      return {missing_.contains(transfer) ? Account::kMissing : Account::kInTransit, node};
    }
    return {Account::kUnidentified, {}};
  }

  // Of a box that lay with a lost node nobody knows whether it was opened.
  Place AfterLoss(Place place) const {
    const bool lost =
        place.account == Account::kUnidentified &&
        std::any_of(facts_.losses.begin(), facts_.losses.end(), [&](const LossFact& loss) {
          return loss.node == place.holder && !SeenSince(loss, sightings_);
        });
    if (lost) place.account = Account::kMaybeUsed;
    return place;
  }

  void AddDifference(BoxVerdict& verdict) const {
    const bool short_of = verdict.emptied && verdict.unidentified > 0;
    const bool unknown = !verdict.declared && !(holders_.empty() && finders_.empty());
    const bool differs = verdict.excess > 0 || short_of || unknown || verdict.contradicted ||
                         verdict.twice || !verdict.unfit.empty() || !facts_.strays.empty();
    if (!differs) return;
    Anomaly anomaly{.kind = domain::CaseKind::kBoxDifference};
    for (const auto& one : facts_.declarations) anomaly.evidence.insert(one.fact.id);
    for (const auto& one : facts_.openings) anomaly.evidence.insert(one.fact.id);
    if (verdict.twice || unknown) {
      for (const auto& one : facts_.dispatches) anomaly.evidence.insert(one.fact.id);
      for (const auto& one : facts_.scans) anomaly.evidence.insert(one.fact.id);
    }
    verdict.anomalies.push_back(std::move(anomaly));
  }

  const BoxFacts& facts_;
  std::set<NodeId> holders_;
  std::set<NodeId> finders_;
  std::map<TransferId, NodeId> destinations_;
  std::set<TransferId> arrived_;
  std::set<TransferId> missing_;
  std::vector<FactRef> sightings_;
};

}  // namespace

BoxVerdict JudgeBox(const BoxFacts& facts) { return BoxJudge(facts).Judge(); }

}  // namespace keping::central
