// The centre's side of a sync session with one node: what to answer to Hello, and how much of the
// feed may be under way. Pure; ingest and feed reading are the store's.
//
//   CentreSession session;
//   auto answer = session.OnHello(hello, standing, feed_head, generation, now);   // Welcome or
//   Problem while (session.MaySendBatch(feed_head)) { Send(batch); session.OnBatchSent(batch); }
#ifndef KEPING_COMMON_SYNC_CENTRE_SESSION_H_
#define KEPING_COMMON_SYNC_CENTRE_SESSION_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <variant>

#include "absl/time/time.h"
#include "common/sync/frames.h"

namespace keping::sync {

struct FeedHead {
  uint64_t position = 0;
  crypto::Hash state;
};

struct Generation {
  domain::GenerationId id;
  uint32_t order = 0;
};

// What the centre finds when it compares a node's log with what it holds; as in Welcome.
struct Standing {
  Head held;
  Head common;
  std::optional<Problem> problem;
  bool unheard = false;
};

// Whether a node with this Hello can be told to wait for its turn.
inline bool CanWait(const Hello& hello) { return hello.protocol_max >= kProtocolWithTurns; }
// Where the feed must start so that the node ends with the centre's state.
uint64_t FeedFrom(const Hello& hello, const FeedHead& head, const Generation& generation);

// One per connection. Not thread-safe.
class CentreSession {
 public:
  // A node whose log has a problem is welcomed to deliver it, and is sent no feed.
  std::variant<Welcome, Problem> OnHello(const Hello& hello, const Standing& standing,
                                         const FeedHead& feed_head, const Generation& generation,
                                         absl::Time now);

  bool welcomed() const { return welcomed_; }
  // Records come by themselves: the feed only names them.
  bool names_records() const { return protocol_ >= kProtocolWithTurns; }
  // The node may be told anything: its log is in order.
  bool feeds() const { return feeds_; }
  // Whether a batch after feed_sent() may go out now.
  bool MaySendBatch(uint64_t feed_head) const;
  void OnBatchSent(const FeedBatch& batch);
  void OnFeedAck(const FeedAck& ack);
  // The last position sent.
  uint64_t feed_sent() const { return feed_sent_; }

 private:
  bool welcomed_ = false;
  bool feeds_ = false;
  uint32_t protocol_ = 0;
  uint64_t feed_sent_ = 0;
  std::deque<uint64_t> under_way_;
};

}  // namespace keping::sync

#endif  // KEPING_COMMON_SYNC_CENTRE_SESSION_H_
