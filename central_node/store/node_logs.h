// The nodes' logs as the centre holds them. A log that was forked is kept as two streams: a branch
// begins with the entry that differs, and goes on from the stream that it leaves.
//
//   const NodeLogs logs(&store, &resident, &waiting);
//   KEPING_ASSIGN_OR_RETURN(LogPlace place, logs.Find(hello));       // what a node comes with
//   KEPING_ASSIGN_OR_RETURN(PlacedSegment placed, logs.Place(node, segment, verifier));
#ifndef KEPING_CENTRAL_NODE_STORE_NODE_LOGS_H_
#define KEPING_CENTRAL_NODE_STORE_NODE_LOGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "central_node/core/rows.h"
#include "central_node/core/stale_prints.h"
#include "central_node/store/judging_queue.h"
#include "central_node/store/segment_check.h"
#include "common/crypto/signer.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/sync/frames.h"

namespace keping::central {

// Where the log that a node comes with lies among what is held.
struct LogPlace {
  sync::Head held;    // the end of the stream that it shares most with
  sync::Head common;  // where they surely agree
  std::optional<sync::Problem> problem;
};

// A segment and the stream that it belongs to.
struct PlacedSegment {
  domain::IncarnationId stream;  // of a fork: the one that it leaves
  CheckedSegment checked;
};

// What people read of a log that goes on twice.
std::string GoesOnTwice(const domain::NodeId& node, uint64_t first_seq);

// A view; store, rows and queue outlive it.
class NodeLogs {
 public:
  NodeLogs(const storage::KvStore* store, const Resident* resident, const JudgingQueue* waiting)
      : store_(*store), resident_(*resident), waiting_(*waiting) {}

  // As far as it is judged; null when the incarnation is not enrolled.
  const StreamHead* Stream(const domain::NodeId& node, const domain::IncarnationId& stream) const;
  // The end of what is held of a stream, judged or not; seq 0 when the incarnation is not enrolled.
  sync::Head End(const domain::NodeId& node, const domain::IncarnationId& stream) const;

  // The bytes at a seq up to the end of a stream. DataLoss when they are not there.
  absl::StatusOr<std::string> EntryAt(const domain::NodeId& node,
                                      const domain::IncarnationId& stream, uint64_t seq) const;

  // What supervisors allowed without contact in a stream up to a seq, and is not over there. Reads
  // all of the log up to it. DataLoss when it is not there.
  absl::StatusOr<StaleGrants> GrantsAt(const domain::NodeId& node,
                                       const domain::IncarnationId& stream, uint64_t seq) const;

  // NotFound when the incarnation is not enrolled.
  absl::StatusOr<LogPlace> Find(const sync::Hello& hello) const;

  // See CheckSegment; a segment that fits no stream but shares its beginning with one is a fork.
  absl::StatusOr<PlacedSegment> Place(const domain::NodeId& node, const sync::Segment& segment,
                                      const crypto::Verifier& verifier) const;

  // The entries of a stream from `first_seq` to the next head that the node signed. NotFound beyond
  // the end.
  absl::StatusOr<sync::Segment> ReadSegment(const domain::NodeId& node,
                                            const domain::IncarnationId& stream,
                                            uint64_t first_seq) const;

 private:
  // An incarnation's own stream, then its branches.
  std::vector<domain::IncarnationId> Family(const domain::NodeId& node,
                                            const domain::IncarnationId& incarnation) const;
  // The last entry that the hello names and that is in the stream; seq 0 when none is.
  absl::StatusOr<sync::Head> LastShared(const sync::Hello& hello,
                                        const domain::IncarnationId& stream) const;
  // The first seq of the earliest branch; 0 when there is none.
  uint64_t ForkedAt(const domain::NodeId& node, const domain::IncarnationId& incarnation) const;
  std::optional<sync::Problem> ProblemOf(const sync::Hello& hello, const LogPlace& place,
                                         bool on_branch) const;

  const storage::KvStore& store_;
  const Resident& resident_;
  const JudgingQueue& waiting_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_NODE_LOGS_H_
