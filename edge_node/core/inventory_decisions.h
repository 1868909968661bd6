// Decides on stock as a whole: what lay here at go-live, what is lent to others, counts,
// destruction, ribbons and films.
//
//   Decision decision = Decide(core, scene, CountPile{.pile = Pile::kTray, .scanned = scans, …});
//   std::get<StockCounted>(decision.events[0]).missing;
#ifndef KEPING_EDGE_NODE_CORE_INVENTORY_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_INVENTORY_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const OpenStock& open);
// Until it is done, the tray is empty after the machine was restored or cloned.
Decision Decide(const EdgeCore& core, const Scene& scene, const RescanStock& rescan);
Decision Decide(const EdgeCore& core, const Scene& scene, const LendBlanks& lend);
// Nothing is adjusted; counting again is fine.
Decision Decide(const EdgeCore& core, const Scene& scene, const CountPile& count);
Decision Decide(const EdgeCore& core, const Scene& scene, const DestroyCards& destroy);
Decision Decide(const EdgeCore& core, const Scene& scene, const ReceiveConsumable& receive);
Decision Decide(const EdgeCore& core, const Scene& scene, const SettleConsumable& settle);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_INVENTORY_DECISIONS_H_
