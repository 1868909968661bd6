// Decides on acts at the printers as machines: test cards, cleaning, ribbons and film, leaving and
// coming.
//
//   Decision decision = Decide(core, scene, ReleasePrinter{.printer = printer, …});
#ifndef KEPING_EDGE_NODE_CORE_MACHINE_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_MACHINE_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const PrintTestCard& test);
Decision Decide(const EdgeCore& core, const Scene& scene, const MaintainPrinter& maintain);
Decision Decide(const EdgeCore& core, const Scene& scene, const MoveConsumable& move);
Decision Decide(const EdgeCore& core, const Scene& scene, const ReleasePrinter& release);
Decision Decide(const EdgeCore& core, const Scene& scene, const AdoptPrinter& adopt);

// The printer is one of this node's configuration.
absl::Status CheckInConfig(const EdgeCore& core, const domain::PrinterId& printer);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_MACHINE_DECISIONS_H_
