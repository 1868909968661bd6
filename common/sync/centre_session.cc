#include "common/sync/centre_session.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace keping::sync {

uint64_t FeedFrom(const Hello& hello, const FeedHead& head, const Generation& generation) {
  if (hello.generation != generation.id || hello.feed_position > head.position) return 0;
  if (hello.feed_position == head.position && hello.feed_state != head.state) return 0;
  return hello.feed_position;
}

std::variant<Welcome, Problem> CentreSession::OnHello(const Hello& hello, const Standing& standing,
                                                      const FeedHead& feed_head,
                                                      const Generation& generation,
                                                      absl::Time now) {
  if (hello.protocol_max < kProtocolMin || hello.protocol_min > kProtocolMax) {
    return Problem{ProblemKind::kProtocol,
                   absl::StrCat("got protocol ", hello.protocol_min, " to ", hello.protocol_max,
                                ", want one of ", kProtocolMin, " to ", kProtocolMax,
                                "; update the older side")};
  }
  welcomed_ = true;
  protocol_ = std::min(hello.protocol_max, kProtocolMax);
  feeds_ = !standing.problem.has_value();
  under_way_.clear();
  feed_sent_ = FeedFrom(hello, feed_head, generation);
  return Welcome{.held = standing.held,
                 .common = standing.common,
                 .problem = standing.problem,
                 .generation = generation.id,
                 .generation_order = generation.order,
                 .unheard = standing.unheard,
                 .protocol = protocol_,
                 .feed_from = feed_sent_,
                 .centre_time = now};
}

bool CentreSession::MaySendBatch(uint64_t feed_head) const {
  return feeds_ && feed_sent_ < feed_head && under_way_.size() < kBatchWindow;
}

void CentreSession::OnBatchSent(const FeedBatch& batch) {
  feed_sent_ = batch.to;
  under_way_.push_back(batch.to);
}

void CentreSession::OnFeedAck(const FeedAck& ack) {
  while (!under_way_.empty() && under_way_.front() <= ack.position) under_way_.pop_front();
}

}  // namespace keping::sync
