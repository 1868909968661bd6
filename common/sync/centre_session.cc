#include "common/sync/centre_session.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace keping::sync {
namespace {

// Where the feed must start so that the node ends with the centre's state.
uint64_t FeedFrom(const Hello& hello, const FeedHead& head, const Generation& generation) {
  if (hello.generation != generation.id || hello.feed_position > head.position) return 0;
  if (hello.feed_position == head.position && hello.feed_state != head.state) return 0;
  return hello.feed_position;
}

}  // namespace

std::variant<Welcome, Problem> CentreSession::OnHello(const Hello& hello, const Head& held,
                                                      const FeedHead& feed_head,
                                                      const Generation& generation,
                                                      absl::Time now) {
  if (hello.protocol_max < kProtocolMin || hello.protocol_min > kProtocolMax) {
    return Problem{ProblemKind::kProtocol,
                   absl::StrCat("got protocol ", hello.protocol_min, " to ", hello.protocol_max,
                                ", want one of ", kProtocolMin, " to ", kProtocolMax,
                                "; update the older side")};
  }
  if (hello.head.seq < held.seq) {
    return Problem{ProblemKind::kRollback, absl::StrCat("got a log that ends at ", hello.head.seq,
                                                        ", the centre holds it up to ", held.seq)};
  }
  if (hello.head.seq == held.seq && hello.head.hash != held.hash) {
    return Problem{ProblemKind::kFork,
                   absl::StrCat("entry ", held.seq, " is ", hello.head.hash.ShortHex(),
                                " at the node and ", held.hash.ShortHex(), " at the centre")};
  }
  welcomed_ = true;
  under_way_.clear();
  feed_sent_ = FeedFrom(hello, feed_head, generation);
  return Welcome{.held = held,
                 .generation = generation.id,
                 .generation_order = generation.order,
                 .protocol = std::min(hello.protocol_max, kProtocolMax),
                 .feed_from = feed_sent_,
                 .centre_time = now};
}

bool CentreSession::MaySendBatch(uint64_t feed_head) const {
  return welcomed_ && feed_sent_ < feed_head && under_way_.size() < kBatchWindow;
}

void CentreSession::OnBatchSent(const FeedBatch& batch) {
  feed_sent_ = batch.to;
  under_way_.push_back(batch.to);
}

void CentreSession::OnFeedAck(const FeedAck& ack) {
  while (!under_way_.empty() && under_way_.front() <= ack.position) under_way_.pop_front();
}

}  // namespace keping::sync
