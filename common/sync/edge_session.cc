#include "common/sync/edge_session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::sync {

EdgeSession::EdgeSession(domain::NodeId node, domain::IncarnationId incarnation,
                         std::string software_version)
    : node_(std::move(node)),
      incarnation_(std::move(incarnation)),
      software_version_(std::move(software_version)) {}

Hello EdgeSession::Open(const Head& head, Locator locator, uint64_t feed_position,
                        const crypto::Hash& feed_state, const domain::GenerationId& generation,
                        absl::Time oldest_unproven) {
  Close();
  head_seq_ = head.seq;
  return {.node = node_,
          .incarnation = incarnation_,
          .head = head,
          .locator = std::move(locator),
          .feed_position = feed_position,
          .feed_state = feed_state,
          .generation = generation,
          .oldest_unproven = oldest_unproven,
          .protocol_min = kProtocolMin,
          .protocol_max = kProtocolMax,
          .software_version = software_version_};
}

void EdgeSession::Close() {
  welcomed_ = false;
  under_way_.clear();
}

std::optional<Problem> EdgeSession::OnWelcome(const Welcome& welcome,
                                              const crypto::Hash& own_hash_at_held) {
  const Head& held = welcome.held;
  welcomed_ = true;
  waits_ = welcome.wait;
  feed_next_ = welcome.feed_from;
  const bool agreed =
      held.seq == 0 || (!own_hash_at_held.IsZero() && own_hash_at_held == held.hash);
  held_seq_ = sent_seq_ = agreed ? held.seq : std::min(welcome.common.seq, head_seq_);
  if (welcome.problem.has_value() || agreed) return welcome.problem;
  if (own_hash_at_held.IsZero()) {
    return Problem{ProblemKind::kRollback,
                   absl::StrCat("the centre holds this log up to ", held.seq,
                                ", which is beyond its end here: this node was restored")};
  }
  return Problem{ProblemKind::kFork,
                 absl::StrCat("entry ", held.seq, " is ", own_hash_at_held.ShortHex(), " here and ",
                              held.hash.ShortHex(), " at the centre")};
}

std::optional<uint64_t> EdgeSession::NextSegment(uint64_t head_seq) const {
  if (!welcomed_ || waits_ || sent_seq_ >= head_seq || under_way_.size() >= kSegmentWindow) {
    return std::nullopt;
  }
  return sent_seq_ + 1;
}

void EdgeSession::OnSent(uint64_t last_seq) {
  sent_seq_ = last_seq;
  under_way_.push_back(last_seq);
}

absl::Status EdgeSession::OnReceipt(const Receipt& receipt) {
  KEPING_RETURN_IF_ERROR(CheckReceiptIsFor(receipt, node_, incarnation_));
  if (!welcomed_ || receipt.head.seq < held_seq_ || receipt.head.seq > sent_seq_) {
    return absl::InvalidArgumentError(absl::StrCat("got a receipt up to ", receipt.head.seq,
                                                   ", want one from ", held_seq_, " to ",
                                                   sent_seq_));
  }
  held_seq_ = receipt.head.seq;
  while (!under_way_.empty() && under_way_.front() <= held_seq_) under_way_.pop_front();
  return absl::OkStatus();
}

absl::Status EdgeSession::OnBatch(const FeedBatch& batch) {
  if (!welcomed_ || batch.from != feed_next_ || batch.to < batch.from) {
    return absl::InvalidArgumentError(absl::StrCat("got a feed batch from ", batch.from, " to ",
                                                   batch.to, ", want one from ", feed_next_));
  }
  feed_next_ = batch.to;
  return absl::OkStatus();
}

}  // namespace keping::sync
