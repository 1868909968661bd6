#include "central_node/core/roster.h"

namespace keping::central {
namespace {

// The entry of a person who must be there.
template <typename Command>
RosterOutcome EntryToChange(const Command& command, const Resident& resident) {
  const auto node = resident.nodes.find(command.node);
  if (node == resident.nodes.end()) return CommandOutcome::kUnknownNode;
  const RosterEntry* known = ActiveOperator(node->second, command.operator_id);
  if (known == nullptr) return CommandOutcome::kUnknownOperator;
  return *known;
}

}  // namespace

const RosterEntry* ActiveOperator(const NodeRow& node, const domain::OperatorId& operator_id) {
  const auto found = node.operators.find(operator_id);
  return found == node.operators.end() || !found->second.active ? nullptr : &found->second;
}

RosterOutcome RosterAfter(const AddOperator& command, const Resident& resident) {
  const auto node = resident.nodes.find(command.node);
  if (node == resident.nodes.end()) return CommandOutcome::kUnknownNode;
  RosterEntry entry;
  // Whoever left keeps what was certified.
  const auto known = node->second.operators.find(command.operator_id);
  if (known != node->second.operators.end()) entry = known->second;
  entry.role = command.role;
  entry.active = true;
  if (!command.verifier.IsZero()) entry.verifier = command.verifier;
  return entry;
}

RosterOutcome RosterAfter(const RemoveOperator& command, const Resident& resident) {
  RosterOutcome outcome = EntryToChange(command, resident);
  if (auto* entry = std::get_if<RosterEntry>(&outcome)) entry->active = false;
  return outcome;
}

RosterOutcome RosterAfter(const CertifyOperator& command, const Resident& resident) {
  RosterOutcome outcome = EntryToChange(command, resident);
  auto* entry = std::get_if<RosterEntry>(&outcome);
  if (entry == nullptr) return outcome;
  if (command.withdraw) {
    entry->certified.erase(command.application_version);
  } else {
    entry->certified.insert(command.application_version);
  }
  return outcome;
}

}  // namespace keping::central
