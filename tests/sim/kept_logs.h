// The nodes' logs as the centre keeps them, read from its disk without its code: every branch of
// every incarnation.
//
//   const KeptLogs kept(&world, chronicle, centre.store());   // Law: held is written
//   kept.CheckAcknowledged(chronicle);                        // Law: acknowledged
#ifndef KEPING_TESTS_SIM_KEPT_LOGS_H_
#define KEPING_TESTS_SIM_KEPT_LOGS_H_

#include <set>
#include <vector>

#include "common/crypto/hash.h"
#include "common/storage/kv_store.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/world.h"

namespace keping::sim {

// An entry, where it is kept.
struct KeptEntry {
  domain::NodeId node;
  domain::IncarnationId stream;  // as the centre names it: a branch has a name of its own
  crypto::Hash hash;
  ReadEntry entry;
};

// Not thread-safe.
class KeptLogs {
 public:
  KeptLogs(World* world, const Chronicle& chronicle, const storage::KvStore& store);

  // Every entry, by its hash.
  const std::set<crypto::Hash>& held() const { return held_; }
  // The same, stream by stream in their order, decoded.
  const std::vector<KeptEntry>& entries() const { return entries_; }
  // The jobs whose good card is in them.
  std::set<domain::ActId> Cards(const Chronicle& chronicle) const;
  // Nothing that the centre countersigned is gone, and of a log that ended nothing was left behind.
  void CheckAcknowledged(const Chronicle& chronicle) const;

 private:
  World& world_;
  std::set<crypto::Hash> held_;
  std::vector<KeptEntry> entries_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_KEPT_LOGS_H_
