// The node's side of a sync session: which segment to send next, what a receipt proves, which feed
// batch fits. Pure: the shell reads entries, checks signatures and moves bytes.
//
//   EdgeSession session(node, incarnation, "0.1.0");
//   Send(session.Open(head, feed_position, feed_state, generation));
//   session.OnWelcome(welcome, own_hash_at_held)     // a Problem: lock, and say so
//   while (auto from = session.NextSegment(head.seq)) { Send(segment); session.OnSent(last_seq); }
//   session.OnReceipt(receipt);                      // frees the window
#ifndef KEPING_COMMON_SYNC_EDGE_SESSION_H_
#define KEPING_COMMON_SYNC_EDGE_SESSION_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/sync/frames.h"

namespace keping::sync {

// Not thread-safe.
class EdgeSession {
 public:
  EdgeSession(domain::NodeId node, domain::IncarnationId incarnation, std::string software_version);

  // A connection came up. `locator`: see Hello.
  Hello Open(const Head& head, Locator locator, uint64_t feed_position,
             const crypto::Hash& feed_state, const domain::GenerationId& generation,
             absl::Time oldest_unproven = absl::InfiniteFuture());
  // The connection is gone.
  void Close();

  // `own_hash_at_held` is this log's hash at welcome.held.seq, zero when the log ends before it.
  // Returns the problem that locks printing: a fork, a rollback, or what the centre names. The log
  // is delivered all the same.
  std::optional<Problem> OnWelcome(const Welcome& welcome, const crypto::Hash& own_hash_at_held);

  // The centre has room for this log.
  void OnAdmitted() { waits_ = false; }

  // First seq of the segment to send now, if the window and the log allow one.
  std::optional<uint64_t> NextSegment(uint64_t head_seq) const;
  void OnSent(uint64_t last_seq);
  // InvalidArgument when the receipt is not about this log or proves more than was sent. The shell
  // has checked its signature and that its hash is this log's hash at that seq.
  absl::Status OnReceipt(const Receipt& receipt);

  // InvalidArgument when the batch does not go on where the last one ended.
  absl::Status OnBatch(const FeedBatch& batch);

  bool welcomed() const { return welcomed_; }
  // Segments are under way.
  bool awaits_receipt() const { return !under_way_.empty(); }
  // Countersigned in this session or stated by its welcome.
  uint64_t held_seq() const { return held_seq_; }
  // Sent in this session or held before it.
  uint64_t sent_seq() const { return sent_seq_; }

 private:
  domain::NodeId node_;
  domain::IncarnationId incarnation_;
  std::string software_version_;
  bool welcomed_ = false;
  bool waits_ = false;
  uint64_t head_seq_ = 0;  // of the log, when the connection came up
  uint64_t held_seq_ = 0;
  uint64_t sent_seq_ = 0;
  std::deque<uint64_t> under_way_;  // last seq of each segment sent and not yet countersigned
  uint64_t feed_next_ = 0;
};

}  // namespace keping::sync

#endif  // KEPING_COMMON_SYNC_EDGE_SESSION_H_
