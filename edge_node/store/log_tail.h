// What the centre held of a node's log beyond its end: the part that a restore took away, as it is
// fetched back. It is kept beside the log, which is not written to meanwhile.
//
//   KEPING_ASSIGN_OR_RETURN(LogTail tail, LogTail::Open(kv, {head.seq, head.hash}));
//   KEPING_RETURN_IF_ERROR(tail.Add(segment, node, incarnation, verifier, public_key));
//   tail.end();                             // what is here now reaches to
#ifndef KEPING_EDGE_NODE_STORE_LOG_TAIL_H_
#define KEPING_EDGE_NODE_STORE_LOG_TAIL_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/signer.h"
#include "common/domain/entry.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/sync/frames.h"

namespace keping::edge {

// Not thread-safe. The store outlives it.
class LogTail {
 public:
  // Reads what was fetched so far; `log_end` is where the own log ends.
  static absl::StatusOr<LogTail> Open(storage::KvStore* kv, const sync::Head& log_end);

  // Of the last entry here; of the own log when nothing was fetched.
  const sync::Head& end() const { return end_; }

  // InvalidArgument, and nothing is kept, when the segment does not continue what is here or the
  // node's own key did not sign it.
  absl::Status Add(const sync::Segment& segment, const domain::NodeId& node,
                   const domain::IncarnationId& incarnation, const crypto::Verifier& verifier,
                   absl::string_view public_key);

  // In order, each with the signature of its last entry's head.
  absl::Status Visit(absl::FunctionRef<void(const sync::Segment&)> visit) const;

 private:
  explicit LogTail(storage::KvStore* kv) : kv_(kv) {}

  storage::KvStore* kv_;
  sync::Head end_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_STORE_LOG_TAIL_H_
