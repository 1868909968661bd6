// What a person carried from the centre to this node: a receipt and a part of the feed, that were
// signed some time ago. Both are taken over exactly as from the wire, but for their age:
//
// - Contact counts from when the centre signed, never from now: by the wall clock from the time in
//   the receipt, by running time from the entry that it proves, which is older still. So an old
//   stick makes no old knowledge fresh.
// - A problem that the centre sees in the log stops the node from writing, as from the wire.
// - A receipt that is not newer than the one known, and a feed that ends before what is known,
//   change nothing. One of an earlier centre generation is refused.
//
//   KEPING_ASSIGN_OR_RETURN(CarriedAnswer answer, CarriedAnswer::Begin(node, origin));
//   for (frame : …) KEPING_RETURN_IF_ERROR(answer.Take(frame));
//   answer.outcome()
#ifndef KEPING_EDGE_NODE_NODE_CARRIED_ANSWER_H_
#define KEPING_EDGE_NODE_NODE_CARRIED_ANSWER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sync/frames.h"
#include "edge_node/node/edge_node.h"
#include "edge_node/node/feed_reader.h"

namespace keping::edge {

// As the centre states it, under its signature.
struct AnswerOrigin {
  domain::GenerationId generation;
  uint32_t generation_order = 0;
  uint64_t feed_from = 0;  // 0: the feed is whole
  uint64_t feed_to = 0;
};

struct AnswerOutcome {
  bool receipt_newer = false;
  absl::Time centre_time = absl::InfinitePast();  // of its receipt
  size_t items_new = 0;
  std::vector<std::string> notes;  // what was left alone, and why; for people
};

// Lives as long as one import, on the node's thread. The node outlives it.
class CarriedAnswer {
 public:
  // FailedPrecondition with K-250: of a centre generation before the one that this node knows.
  static absl::StatusOr<CarriedAnswer> Begin(EdgeNode* node, const AnswerOrigin& origin);

  // InvalidArgument: a frame that no answer carries. Otherwise the codes of the node: a receipt
  // that contradicts the log locks printing, as it does from the wire.
  absl::Status Take(const sync::CentreFrame& frame);

  const AnswerOutcome& outcome() const { return outcome_; }

 private:
  enum class Feed { kLeft, kWhole, kGoesOn };

  CarriedAnswer(EdgeNode* node, const AnswerOrigin& origin);

  Feed Judge();
  absl::Status Take(const sync::Receipt& receipt);
  absl::Status Take(const sync::FeedBatch& batch);
  absl::Status Take(const sync::Problem& problem);
  absl::Status Take(const sync::Welcome& welcome);

  EdgeNode* node_;
  AnswerOrigin origin_;
  FeedReader reader_;
  Feed feed_ = Feed::kLeft;
  uint64_t next_ = 0;  // where the next batch begins
  bool same_generation_ = false;
  AnswerOutcome outcome_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_NODE_CARRIED_ANSWER_H_
