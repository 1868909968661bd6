// Who may print a record, read from its facts.
//
//   Lease lease = CurrentLease(facts);
//   if (lease.held()) …lease.holder, lease.epoch…
//
// Epochs order by the centre's generation, then by a counter that starts at 1 for each record.
#ifndef KEPING_CENTRAL_NODE_CORE_LEASE_H_
#define KEPING_CENTRAL_NODE_CORE_LEASE_H_

#include <optional>

#include "central_node/core/facts.h"
#include "common/domain/feed.h"
#include "common/domain/ids.h"

namespace keping::central {

struct Lease {
  domain::NodeId holder;  // empty: never granted
  domain::LeaseEpoch epoch;
  bool released = false;            // the holder gave it back
  domain::NodeId next_holder = {};  // of the release request that waits for it, or empty
  bool lost = false;  // the holder was declared lost under it and had not given it back

  bool held() const { return !holder.empty() && !released; }
};

// The lease with the latest epoch.
Lease CurrentLease(const PrrFacts& facts);

// The epoch of the next grant in this generation.
domain::LeaseEpoch NextEpoch(const PrrFacts& facts, uint32_t generation_order);

// The version with the highest number; null while only a withdrawal is here.
const VersionFact* CurrentVersion(const PrrFacts& facts);

// A withdrawal at or above every version received. It counts also when it came first.
bool IsWithdrawn(const PrrFacts& facts);

// What `node`, which holds or held the lease, should know now: without record and NIK tail, which
// the store adds from the side record. Nullopt for a node that never held it, or before the first
// version.
std::optional<domain::PrrItem> ItemFor(const domain::PrrId& prr, const PrrFacts& facts,
                                       const domain::NodeId& node);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_LEASE_H_
