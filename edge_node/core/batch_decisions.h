// Decides on batches: opening one with its first card, feeding the next, stopping.
//
//   Decision decision = Decide(core, scene, OpenBatch{.blanks = hopper, …});
//
// Whatever is not plainly well ends the batch, never the office: the cards already fed want their
// scan, the blanks still in the hopper lie in the tray again, and a new batch may take them.
#ifndef KEPING_EDGE_NODE_CORE_BATCH_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_BATCH_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const OpenBatch& open);
Decision Decide(const EdgeCore& core, const Scene& scene, const FeedBatch& feed);
Decision Decide(const EdgeCore& core, const Scene& scene, const CloseBatch& close);

// The card of `job` was found on `scanned`: ends every open batch whose order that contradicts.
void StopMismatchedBatches(const EdgeCore& core, const Job& job, const domain::BlankSerial& scanned,
                           Decision& decision);

// What the printer said about `job` lets its batch, if any, go on or ends it.
void ContinueBatch(const EdgeCore& core, const Job& job, PrinterAnswer answer, Decision& decision);

// The same for a person's answer that came before the printer's: with the card in hand the printer
// is done with it.
void ContinueBatch(const EdgeCore& core, const Job& job, bool good, Decision& decision);

// Refuses a blank that lies in the hopper of an open batch.
absl::Status CheckNotInHopper(const EdgeCore& core, const domain::BlankSerial& blank);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_BATCH_DECISIONS_H_
