// Decides what printing is about: a person asks for a card, the printer reports, the process has
// just started.
//
//   Decision decision = Decide(core, {now, conditions}, Print{…});
#ifndef KEPING_EDGE_NODE_CORE_PRINT_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_PRINT_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const Print& print);
// The same without looking whether the act or the blank's hopper is another's: for a card of a
// batch.
Decision DecidePrint(const EdgeCore& core, const Scene& scene, const Print& print);
Decision Decide(const EdgeCore& core, const Scene& scene, const PrinterReported& report);
Decision Decide(const EdgeCore& core, const Scene& scene, const Started& started);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_PRINT_DECISIONS_H_
