// Whose turn it is to print: what another counter has in hand is not printed here, and what was
// printed is in nobody's hand any more.
//
//   KEPING_RETURN_IF_ERROR(TakeTurn(*node, {operator_id, counter}, print));   // may choose the
//   record …node->Handle(print)… EndTurn(*node, print.blank, decision);
#ifndef KEPING_EDGE_NODE_COUNTER_PRINT_TURN_H_
#define KEPING_EDGE_NODE_COUNTER_PRINT_TURN_H_

#include "absl/status/status.h"
#include "edge_node/node/edge_node.h"

namespace keping::edge {

// FailedPrecondition with K-198 when somebody else has the blank, or the record asked for, in hand.
// Without a record asked for it chooses the next of the plan that is in nobody else's hand.
absl::Status TakeTurn(EdgeNode& node, const Reservations::Holder& holder, Print& print);

// After a print that was decided: frees what it used. A refused print leaves all as it is.
void EndTurn(EdgeNode& node, const Print& print, const Decision& decision);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_PRINT_TURN_H_
