// Decides on telephone grants: whether the code that was typed in is one of the centre's, and what
// follows from it.
//
//   Decision decision = Decide(core, scene, UseGrant{.kind = GrantKind::kUnlockNode, …});
#ifndef KEPING_EDGE_NODE_CORE_GRANT_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_GRANT_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

// Records a wrong code: an event beside a status that is not OK.
Decision Decide(const EdgeCore& core, const Scene& scene, const UseGrant& use);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_GRANT_DECISIONS_H_
