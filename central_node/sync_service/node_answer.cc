#include "central_node/sync_service/node_answer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/sync_service/signed_frames.h"
#include "common/base/status_macros.h"

namespace keping::central {

absl::StatusOr<NodeAnswer> NodeAnswer::Begin(const Ports& ports, const sync::Hello& hello) {
  const CentralNode& centre = *ports.node;
  const auto row = centre.resident().nodes.find(hello.node);
  const StreamHead* stream = nullptr;
  if (row != centre.resident().nodes.end()) {
    const auto found = row->second.streams.find(hello.incarnation);
    if (found != row->second.streams.end()) stream = &found->second;
  }
  if (stream == nullptr || stream->public_key.empty()) {
    return absl::NotFoundError(absl::StrCat("K-247: got incarnation ", hello.incarnation.value(),
                                            " of ", hello.node.value(),
                                            ", want one that is enrolled here"));
  }
  const CentreRow& known = centre.resident().centre;
  NodeAnswer answer;
  answer.ports_ = ports;
  answer.node_ = hello.node;
  answer.incarnation_ = hello.incarnation;
  answer.node_key_ = stream->public_key;
  answer.held_ = {stream->seq, stream->hash};
  answer.generation_ = {known.generation, known.generation_order};
  answer.feed_from_ = answer.feed_to_ = sync::FeedFrom(
      hello, {centre.feed_head(hello.node), centre.feed_state(hello.node)}, answer.generation_);
  return answer;
}

absl::StatusOr<std::optional<sync::CentreFrame>> NodeAnswer::Next() {
  const CentralNode& centre = *ports_.node;
  if (!std::exchange(receipt_given_, true) && held_.seq > 0) {
    return std::optional<sync::CentreFrame>(SignedReceipt(
        centre, *ports_.signer, ports_.clock->Now().wall, node_, incarnation_, held_));
  }
  if (feed_to_ >= centre.feed_head(node_)) return std::optional<sync::CentreFrame>();
  KEPING_ASSIGN_OR_RETURN(sync::FeedBatch batch,
                          SignedBatch(centre, *ports_.signer, node_, feed_to_,
                                      {.items = sync::kMaxBatchItems,
                                       .bytes = sync::kMaxBatchBytes}));
  feed_to_ = batch.to;
  return std::optional<sync::CentreFrame>(std::move(batch));
}

}  // namespace keping::central
