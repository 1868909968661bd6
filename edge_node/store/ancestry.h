// The logs of a node's earlier incarnations, read-only and byte for byte: what a machine that was
// restored or cloned had written before it got a new one.
//
//   KEPING_ASSIGN_OR_RETURN(Ancestry ancestry, Ancestry::Open(*kv, [](const Entry& entry) { … }));
//   if (ancestry.parent()) …                       // the new log opens by naming its head
#ifndef KEPING_EDGE_NODE_STORE_ANCESTRY_H_
#define KEPING_EDGE_NODE_STORE_ANCESTRY_H_

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/domain/entry.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/sync/frames.h"
#include "common/time/hybrid_clock.h"
#include "edge_node/store/log_tail.h"

namespace keping::edge {

// A value.
class Ancestry {
 public:
  struct Parent {
    domain::IncarnationId incarnation;
    sync::Head head;
  };

  // Verifies the chains, and visits every entry in order. DataLoss when one is broken.
  static absl::StatusOr<Ancestry> Open(const storage::KvStore& kv,
                                       absl::FunctionRef<void(const domain::Entry&)> visit);

  // The last of them; nullopt at a node in its first incarnation.
  const std::optional<Parent>& parent() const { return parent_; }
  // The incarnation that the log is to be written under, and why; empty at a first one.
  const domain::IncarnationId& successor() const { return successor_; }
  domain::IncarnationReason reason() const { return reason_; }
  // How far the last of them had reached, where that is beyond its end here; or 0.
  uint64_t reached_seq() const { return reached_seq_; }
  time::HybridTime last_hybrid_time() const { return last_hybrid_time_; }

 private:
  std::optional<Parent> parent_;
  domain::IncarnationId successor_;
  domain::IncarnationReason reason_ = domain::IncarnationReason::kEnrolled;
  uint64_t reached_seq_ = 0;
  time::HybridTime last_hybrid_time_;
};

// Adds to `batch` what ends the own log and makes room for that of `successor`: entries and
// signatures become the youngest ancestor's, followed by `tail`; locks, what was fetched back, and
// the place in the feed are gone. `reached_seq`: how far the log is known to have been written.
absl::Status StageSuccession(const storage::KvStore& kv, const LogTail& tail,
                             const domain::IncarnationId& successor,
                             domain::IncarnationReason reason, uint64_t reached_seq,
                             storage::WriteBatch* batch);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_STORE_ANCESTRY_H_
