#include "central_node/core/judge_transfer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace keping::central {

TransferVerdict JudgeTransfer(const TransferFacts& facts, bool overdue) {
  TransferVerdict verdict;
  domain::SerialSet dispatched;
  domain::SerialSet received;
  domain::SerialSet extra;
  std::set<domain::BoxId> sent;
  std::set<domain::BoxId> came;
  Anomaly anomaly{.kind = domain::CaseKind::kTransferDifference};
  for (const TransferDispatchFact& one : facts.dispatches) {
    dispatched = dispatched.Union(one.serials);
    sent.insert(one.boxes.begin(), one.boxes.end());
    verdict.node = one.node;
  }
  for (const ReceiptFact& one : facts.receipts) {
    received = received.Union(one.received);
    extra = extra.Union(one.unexpected);
    came.insert(one.boxes.begin(), one.boxes.end());
    came.insert(one.unexpected_boxes.begin(), one.unexpected_boxes.end());
    verdict.received = true;
    // Receipts that differ are the evidence, also after a later one made good for them.
    const bool equal = one.missing.empty() && one.unexpected.empty() && one.missing_boxes.empty() &&
                       one.unexpected_boxes.empty();
    if (!equal) anomaly.evidence.insert(one.fact.id);
  }
  // What was lent came under a signed slip, and the lender's own word follows with its log.
  const bool to_follow = dispatched.empty() && sent.empty() &&
                         std::any_of(facts.receipts.begin(), facts.receipts.end(),
                                     [](const ReceiptFact& one) { return !one.lent_by.empty(); });
  if (!verdict.received && overdue) {
    Anomaly silent{.kind = domain::CaseKind::kTransferSilent};
    for (const TransferDispatchFact& one : facts.dispatches) silent.evidence.insert(one.fact.id);
    verdict.anomalies.push_back(std::move(silent));
  }
  if (!verdict.received || to_follow) return verdict;
  const domain::SerialSet found = received.Union(extra);
  verdict.difference = dispatched.Difference(found).Union(found.Difference(dispatched));
  std::set_symmetric_difference(sent.begin(), sent.end(), came.begin(), came.end(),
                                std::inserter(verdict.boxes, verdict.boxes.end()));
  const bool equal = verdict.difference.empty() && verdict.boxes.empty();
  if (!equal) {
    for (const ReceiptFact& one : facts.receipts) anomaly.evidence.insert(one.fact.id);
  }
  if (anomaly.evidence.empty()) return verdict;
  anomaly.settled = equal;
  verdict.anomalies.push_back(std::move(anomaly));
  return verdict;
}

}  // namespace keping::central
