// Boxes of blanks that came by quantity: which of a transfer's boxes came, and what may be scanned
// out of one.
//
//   Decision decision = Decide(core, scene, OpenBox{.box = box, .scanned = scans, …});
#ifndef KEPING_EDGE_NODE_CORE_BOX_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_BOX_DECISIONS_H_

#include <vector>

#include "absl/status/status.h"
#include "edge_node/core/edge_core.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const OpenBox& open);

// Fills in the boxes of a receipt: `announced` are those of the dispatch record, nullptr without
// one. An error when nobody said which came, or one of them cannot have come.
absl::Status CompareBoxes(const EdgeCore& core, const ReceiveTransfer& receive,
                          const std::vector<domain::Box>* announced, domain::BlanksReceived& event);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_BOX_DECISIONS_H_
