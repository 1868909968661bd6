#include "central_node/sync_service/node_answer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/sync_service/farewell.h"
#include "central_node/sync_service/signed_frames.h"
#include "common/base/status_macros.h"

namespace keping::central {

absl::StatusOr<NodeAnswer> NodeAnswer::Begin(const Ports& ports, const sync::Hello& hello) {
  const CentralNode& centre = *ports.node;
  const NodeLogs logs = centre.logs();
  const StreamHead* stream = logs.Stream(hello.node, hello.incarnation);
  if (stream == nullptr) {
    return absl::NotFoundError(absl::StrCat("K-247: got incarnation ", hello.incarnation.value(),
                                            " of ", hello.node.value(),
                                            ", want one that is enrolled here"));
  }
  KEPING_ASSIGN_OR_RETURN(LogPlace place, logs.Find(hello));
  // The hello is of an earlier day: a log that ended earlier then was not set back.
  if (place.problem.has_value() && place.problem->kind == sync::ProblemKind::kRollback &&
      stream->rollbacks.empty()) {
    place.problem.reset();
  }
  const CentreRow& known = centre.resident().centre;
  NodeAnswer answer;
  answer.ports_ = ports;
  answer.node_ = hello.node;
  answer.incarnation_ = hello.incarnation;
  answer.node_key_ = stream->public_key;
  answer.held_ = place.held;
  answer.generation_ = {known.generation, known.generation_order};
  answer.feed_from_ = answer.feed_to_ = sync::FeedFrom(
      hello, {centre.feed_head(hello.node), centre.feed_state(hello.node)}, answer.generation_);
  const auto ended = centre.ended(hello.node, hello.incarnation);
  if (ended.has_value()) {
    place.problem = sync::Problem{sync::ProblemKind::kClosed, FarewellText(*ended)};
  }
  const bool unheard = known.unheard.contains(hello.node);
  answer.feeds_ = !place.problem.has_value() && !unheard;
  const bool agreed = !place.problem.has_value() || place.common == place.held;
  const bool quarantined = ended.has_value() && ended->quarantined;
  if (place.held.seq > 0 && agreed && !quarantined) {
    answer.first_.push_back(SignedReceipt(centre, *ports.signer, ports.clock->Now().wall,
                                          hello.node, hello.incarnation, place.held));
  }
  if (place.problem.has_value()) {
    answer.first_.push_back(*std::move(place.problem));
  } else if (unheard) {
    answer.first_.push_back(sync::Welcome{.held = place.held,
                                          .common = place.held,
                                          .generation = known.generation,
                                          .generation_order = known.generation_order,
                                          .unheard = true,
                                          .centre_time = ports.clock->Now().wall});
  }
  return answer;
}

absl::StatusOr<std::optional<sync::CentreFrame>> NodeAnswer::Next() {
  const CentralNode& centre = *ports_.node;
  if (!first_.empty()) {
    std::optional<sync::CentreFrame> frame(std::move(first_.front()));
    first_.pop_front();
    return frame;
  }
  if (!feeds_ || feed_to_ >= centre.feed_head(node_)) return std::optional<sync::CentreFrame>();
  KEPING_ASSIGN_OR_RETURN(
      sync::FeedBatch batch,
      SignedBatch(centre, *ports_.signer, node_, feed_to_,
                  {.items = sync::kMaxBatchItems, .bytes = sync::kMaxBatchBytes}));
  feed_to_ = batch.to;
  return std::optional<sync::CentreFrame>(std::move(batch));
}

}  // namespace keping::central
