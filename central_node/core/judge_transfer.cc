#include "central_node/core/judge_transfer.h"

#include <algorithm>
#include <utility>

namespace keping::central {

TransferVerdict JudgeTransfer(const TransferFacts& facts, bool overdue) {
  TransferVerdict verdict;
  domain::SerialSet dispatched;
  domain::SerialSet received;
  domain::SerialSet extra;
  Anomaly anomaly{.kind = domain::CaseKind::kTransferDifference};
  for (const TransferDispatchFact& one : facts.dispatches) {
    dispatched = dispatched.Union(one.serials);
    verdict.node = one.node;
  }
  for (const ReceiptFact& one : facts.receipts) {
    received = received.Union(one.received);
    extra = extra.Union(one.unexpected);
    verdict.received = true;
    // Receipts that differ are the evidence, also after a later one made good for them.
    if (!one.missing.empty() || !one.unexpected.empty()) anomaly.evidence.insert(one.fact.id);
  }
  // What was lent came under a signed slip, and the lender's own word follows with its log.
  const bool to_follow = dispatched.empty() &&
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
  if (!verdict.difference.empty()) {
    for (const ReceiptFact& one : facts.receipts) anomaly.evidence.insert(one.fact.id);
  }
  if (anomaly.evidence.empty()) return verdict;
  anomaly.settled = verdict.difference.empty();
  verdict.anomalies.push_back(std::move(anomaly));
  return verdict;
}

}  // namespace keping::central
