// Decides on what comes from the centre: news in the feed, and orders that a person carried out.
//
//   Decision decision = Decide(core, scene, FeedArrived{.items = items, .to = position});
#ifndef KEPING_EDGE_NODE_CORE_FEED_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_FEED_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const AcknowledgeAction& acknowledge);
Decision Decide(const EdgeCore& core, const Scene& scene, const FeedArrived& feed);
// What the centre told this node and may have forgotten.
Decision Decide(const EdgeCore& core, const Scene& scene, const MeetGeneration& meet);

// Where the centre asked for the lease back: the release, once `job`, the last one of its record,
// ends without a good card.
void AddReleaseAfterSettling(const EdgeCore& core, const Job& job, Decision& decision);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_FEED_DECISIONS_H_
