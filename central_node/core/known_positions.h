// What the nodes' own logs prove that they knew, of those that one record concerns: a district has
// thousands of nodes, and a record few holders.
//
//   verdict = JudgePrr(row.facts, jobs, KnownTo(row.facts, resident));
#ifndef KEPING_CENTRAL_NODE_CORE_KNOWN_POSITIONS_H_
#define KEPING_CENTRAL_NODE_CORE_KNOWN_POSITIONS_H_

#include "central_node/core/facts.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/rows.h"

namespace keping::central {

// Of the nodes that were ever granted the record.
KnownPositions KnownTo(const PrrFacts& facts, const Resident& resident);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_KNOWN_POSITIONS_H_
