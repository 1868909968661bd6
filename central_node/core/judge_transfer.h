// Judges a transfer: is what was received what was dispatched?
//
//   TransferVerdict verdict = JudgeTransfer(facts, overdue);
//   if (!verdict.anomalies.empty()) …verdict.difference lists the serials…
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_TRANSFER_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_TRANSFER_H_

#include <set>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "common/domain/serial_set.h"

namespace keping::central {

struct TransferVerdict {
  domain::NodeId node;            // the destination
  bool received = false;          // at least one receipt is here
  domain::SerialSet difference;   // dispatched and not received, or received and not dispatched
  std::set<domain::BoxId> boxes;  // the same of sealed boxes
  std::vector<Anomaly> anomalies;
};

// Pure, order-free and idempotent. A transfer without a receipt has no difference yet; `overdue`:
// its destination has had the working days to write one.
TransferVerdict JudgeTransfer(const TransferFacts& facts, bool overdue = false);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_TRANSFER_H_
