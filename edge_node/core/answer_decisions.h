// Decides on what people say became of a card: good, spoiled, or never fed; and on a job that the
// printer is to give up.
//
//   Decision decision = Decide(core, scene, VerifyCard{.act = act, .scanned = serial, …});
#ifndef KEPING_EDGE_NODE_CORE_ANSWER_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_ANSWER_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const VerifyCard& verify);
Decision Decide(const EdgeCore& core, const Scene& scene, const SpoilCard& spoil);
Decision Decide(const EdgeCore& core, const Scene& scene, const ReleaseJob& release);
Decision Decide(const EdgeCore& core, const Scene& scene, const CancelJob& cancel);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_ANSWER_DECISIONS_H_
