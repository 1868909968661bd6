// Prints that a supervisor allowed without contact, as a log tells of them: how many of a class one
// outage has seen, and whether the log has a grant for them.
//
//   AddStaleGrant(event, ref.seq, stream.stale_grants);
//   intent.stale = NumberStale(event, stream.stale_grants);   // {kFirstCard, 3rd, granted}
//   IsWithinBudget(*intent.stale, centre.staleness)
//
// An outage is known by the entry that its office last knew to be proven, which each print names.
#ifndef KEPING_CENTRAL_NODE_CORE_STALE_PRINTS_H_
#define KEPING_CENTRAL_NODE_CORE_STALE_PRINTS_H_

#include <cstdint>
#include <map>
#include <vector>

#include "central_node/core/facts.h"
#include "central_node/core/rows.h"
#include "common/domain/event.h"
#include "common/domain/policy.h"

namespace keping::central {

using StaleGrants = std::map<domain::ActId, StaleGrant>;

// Other kinds of grants change nothing.
void AddStaleGrant(const domain::OverrideGranted& event, uint64_t seq, StaleGrants& grants);

// The next print of the stream, and what it used up. Grants from before a contact that the print
// knows of are forgotten: their outage is over. Nullopt: it needed no grant.
std::optional<StaleUse> NumberStale(const domain::PrintIntended& event, StaleGrants& grants);

// How many prints of its class the policy allowed that the office knew.
uint32_t BudgetOf(const StaleUse& use,
                  const std::map<uint32_t, std::vector<domain::StalenessRule>>& versions);

// It was granted, and the outage's budget was not used up.
bool IsWithinBudget(const StaleUse& use,
                    const std::map<uint32_t, std::vector<domain::StalenessRule>>& versions);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_STALE_PRINTS_H_
