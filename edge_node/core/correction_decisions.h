// Decides on corrections: nothing is ever edited; two persons set an earlier answer aside, both
// stay visible, and the question is open again.
//
//   Decision decision = Decide(core, scene, CorrectAnswer{.subject = job, .event = id, …});
#ifndef KEPING_EDGE_NODE_CORE_CORRECTION_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_CORRECTION_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const CorrectAnswer& correct);

// The entry of the answer that a correction of `subject` would set aside; 0 when there is none.
uint64_t AnswerToCorrect(const EdgeCore& core, const domain::ActId& subject);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_CORRECTION_DECISIONS_H_
