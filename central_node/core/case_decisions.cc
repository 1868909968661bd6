#include "central_node/core/case_decisions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "central_node/core/judge_stream.h"
#include "central_node/core/node_end.h"
#include "central_node/core/phone_grant.h"

namespace keping::central {
namespace {

using domain::CaseKind;
using domain::NodeId;

class Decider {
 public:
  explicit Decider(const CaseGrounds& grounds) : grounds_(grounds) {}

  std::vector<CaseDecision> DecideAll() {
    const auto& [touched, verdicts, tails, findings, rows, resident] = grounds_;
    for (const auto& [serial, verdict] : verdicts.blanks) {
      DecideEach({.text = serial.text(), .prr = {}, .blank = serial}, verdict.anomalies,
                 rows.blanks.at(serial).cases);
    }
    for (const auto& [prr, verdict] : verdicts.prrs) {
      DecideEach({.text = prr.value(), .prr = prr, .blank = {}}, verdict.anomalies,
                 rows.prrs.at(prr).cases);
    }
    for (const auto& [node, tag] : touched.grants) DecideGrant(node, tag);
    for (const auto& [node, incarnation] : touched.streams) {
      DecideEach({.text = StreamEntity(node, incarnation), .prr = {}, .blank = {}, .node = node},
                 JudgeStream(resident.nodes.at(node), incarnation),
                 {CaseKind::kLogForked, CaseKind::kLogRolledBack, CaseKind::kClockChanged,
                  CaseKind::kLogGap});
    }
    for (const NodeId& node : tails) {
      DecideNode(CaseKind::kLostTail, node.value(), node, LostTail(resident.nodes.at(node)));
    }
    for (const auto& [node, incarnation] : touched.claims) {
      DecideNode(CaseKind::kRevokedClaims, StreamEntity(node, incarnation), node,
                 UnbelievedClaims(resident.nodes.at(node).streams.at(incarnation)));
    }
    for (const auto& [transfer, verdict] : verdicts.transfers) {
      CaseEntity entity{.text = transfer.value(), .prr = {}, .blank = {}};
      if (!verdict.difference.empty()) entity.blank = verdict.difference.ranges().front().first;
      DecideEach(entity, verdict.anomalies,
                 {CaseKind::kTransferDifference, CaseKind::kTransferSilent});
    }
    for (const auto& [box, verdict] : verdicts.boxes) {
      DecideEach({.text = box.value(), .prr = {}, .blank = {}, .node = verdict.place.holder},
                 verdict.anomalies, {CaseKind::kBoxDifference});
    }
    for (const Finding& finding : findings) {
      DecideEach(finding.entity, finding.anomalies, finding.kinds);
    }
    return std::move(decisions_);
  }

 private:
  // A grant that nobody used yet has no case, and its row need not be here.
  void DecideGrant(const NodeId& node, const crypto::Hash& tag) {
    const PhoneGrantFacts& facts = grounds_.resident.nodes.at(node).grants.at(tag);
    if (facts.uses.empty()) return;
    DecideEach({.text = tag.Hex(), .prr = {}, .blank = {}}, JudgePhoneGrant(facts).anomalies,
               {CaseKind::kGrantMismatch});
  }

  void DecideNode(CaseKind kind, std::string entity, const NodeId& node,
                  const std::optional<Anomaly>& anomaly) {
    if (!anomaly.has_value()) return;
    Decide(kind, {.text = std::move(entity), .prr = {}, .blank = {}, .node = node}, &*anomaly);
  }

  // Of the kinds that the anomalies are of, and of `kinds`, which may have a case already.
  void DecideEach(const CaseEntity& entity, const std::vector<Anomaly>& anomalies,
                  std::set<CaseKind> kinds) {
    for (const Anomaly& anomaly : anomalies) kinds.insert(anomaly.kind);
    for (CaseKind kind : kinds) {
      const auto anomaly = std::find_if(anomalies.begin(), anomalies.end(),
                                        [&](const Anomaly& one) { return one.kind == kind; });
      Decide(kind, entity, anomaly == anomalies.end() ? nullptr : &*anomaly);
    }
  }

  void Decide(CaseKind kind, const CaseEntity& entity, const Anomaly* anomaly) {
    const auto row = grounds_.rows.cases.find(CaseIdFor(kind, entity.text));
    auto decision = DecideCase(
        kind, entity, row == grounds_.rows.cases.end() ? CaseRow() : row->second, anomaly,
        grounds_.resident.centre.policy.rules, [this](const domain::ActionId& action) {
          const auto ordered = grounds_.rows.actions.find(action);
          return ordered != grounds_.rows.actions.end() &&
                 !ordered->second.acknowledgements.empty();
        });
    if (decision.has_value()) decisions_.push_back(*std::move(decision));
  }

  const CaseGrounds& grounds_;
  std::vector<CaseDecision> decisions_;
};

}  // namespace

std::vector<CaseDecision> DecideCases(const CaseGrounds& grounds) {
  return Decider(grounds).DecideAll();
}

}  // namespace keping::central
