#include "central_node/core/known_positions.h"

namespace keping::central {

KnownPositions KnownTo(const PrrFacts& facts, const Resident& resident) {
  KnownPositions known;
  for (const GrantFact& grant : facts.grants) {
    const auto node = resident.nodes.find(grant.node);
    if (node != resident.nodes.end()) known[grant.node] = node->second.known_position;
  }
  return known;
}

}  // namespace keping::central
