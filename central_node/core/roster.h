// The people of a node: what a command makes of a person's entry.
//
//   const auto after = RosterAfter(command, resident);
//   if (const auto* why_not = std::get_if<CommandOutcome>(&after)) …
//   …append std::get<RosterEntry>(after), and tell the node…
#ifndef KEPING_CENTRAL_NODE_CORE_ROSTER_H_
#define KEPING_CENTRAL_NODE_CORE_ROSTER_H_

#include <variant>

#include "central_node/core/input.h"
#include "central_node/core/rows.h"

namespace keping::central {

// Null when the person is not on the node's roster, or not any more.
const RosterEntry* ActiveOperator(const NodeRow& node, const domain::OperatorId& operator_id);

// The whole entry after the command, or why it is refused.
using RosterOutcome = std::variant<RosterEntry, CommandOutcome>;
RosterOutcome RosterAfter(const AddOperator& command, const Resident& resident);
RosterOutcome RosterAfter(const RemoveOperator& command, const Resident& resident);
RosterOutcome RosterAfter(const CertifyOperator& command, const Resident& resident);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_ROSTER_H_
