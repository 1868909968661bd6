// Decides on blanks outside a job: deliveries and what spoils in the tray.
//
//   Decision decision = Decide(core, scene, ReceiveTransfer{.transfer = transfer, …});
#ifndef KEPING_EDGE_NODE_CORE_STOCK_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_STOCK_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const SpoilBlank& spoil);
Decision Decide(const EdgeCore& core, const Scene& scene, const ReceiveTransfer& receive);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_STOCK_DECISIONS_H_
