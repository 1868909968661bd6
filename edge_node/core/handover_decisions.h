// Decides on finished cards: manifests for village heads, what left, what became of it, and what a
// resident may be told.
//
//   Decision decision = Decide(core, scene, MakeManifest{.village = village, …});
//   decision = Decide(core, scene, AnswerCards{.manifest = act, .rest_delivered = true, …});
#ifndef KEPING_EDGE_NODE_CORE_HANDOVER_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_HANDOVER_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const MakeManifest& make);
// Takes the cards of the manifest that may leave; a card that a later manifest lists goes with that
// one.
Decision Decide(const EdgeCore& core, const Scene& scene, const HandOver& hand_over);
Decision Decide(const EdgeCore& core, const Scene& scene, const AnswerCards& answer);
// That somebody looked; what is shown is the shell's.
Decision Decide(const EdgeCore& core, const Scene& scene, const AskStatus& ask);
Decision Decide(const EdgeCore& core, const Scene& scene, const ViewNames& view);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_HANDOVER_DECISIONS_H_
