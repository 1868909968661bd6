#include "edge_node/node/carried_answer.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "edge_node/core/running_time.h"

namespace keping::edge {
namespace {

// How long the machine had run when it wrote entry `seq`.
absl::StatusOr<absl::Duration> RunningTimeAt(const EdgeNode& node, uint64_t seq) {
  RunningTime since;
  std::optional<absl::Duration> first;
  const storage::EventLog& log = node.store().log();
  absl::Status parsed;
  for (uint64_t next = seq; next <= log.head().seq;) {
    KEPING_RETURN_IF_ERROR(log.Read(next, sync::kMaxSegmentEntries, sync::kMaxSegmentBytes,
                                    [&](uint64_t at, absl::string_view bytes) {
                                      next = at + 1;
                                      const auto entry = domain::ParseEntry(bytes);
                                      parsed = entry.status();
                                      if (!parsed.ok()) return false;
                                      const domain::EntryHeader& header = entry->header;
                                      since.ApplyStamp(header.boot_id,
                                                       absl::Microseconds(header.monotonic_micros));
                                      if (!first) first = since.total();
                                      return true;
                                    }));
    KEPING_RETURN_IF_ERROR(parsed);
  }
  return node.core().running_time().total() - (since.total() - first.value_or(since.total()));
}

}  // namespace

CarriedAnswer::CarriedAnswer(EdgeNode* node, const AnswerOrigin& origin)
    : node_(node), origin_(origin), reader_(&node->core().catalogue()), next_(origin.feed_from) {
  same_generation_ = node->store().feed_cursor().generation == origin.generation;
  feed_ = Judge();
  if (feed_ != Feed::kLeft) reader_.Start(origin.feed_from);
}

absl::StatusOr<CarriedAnswer> CarriedAnswer::Begin(EdgeNode* node, const AnswerOrigin& origin) {
  const FeedCursor& known = node->store().feed_cursor();
  const EdgeCore::Met& met = node->core().met();
  // It has said what it was told before: nothing may be added to that now.
  if (met.generation != origin.generation && origin.generation_order < met.order) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-250: this answer is of the centre's generation ", origin.generation.value(), " (",
        origin.generation_order, "), this node has met ", met.generation.value(), " (", met.order,
        ") since. It changes nothing; ask the district for a new one"));
  }
  if (known.generation != origin.generation && origin.generation_order <= known.generation_order) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-250: this answer is of the centre's generation ", origin.generation.value(),
                     " (", origin.generation_order, "), this node knows ", known.generation.value(),
                     " (", known.generation_order,
                     ") already. It changes nothing; ask the district for a new answer"));
  }
  return CarriedAnswer(node, origin);
}

CarriedAnswer::Feed CarriedAnswer::Judge() {
  const FeedCursor& known = node_->store().feed_cursor();
  if (same_generation_ && origin_.feed_to <= known.position && !node_->wants_whole_feed()) {
    return Feed::kLeft;
  }
  if (origin_.feed_from > 0 && (!same_generation_ || origin_.feed_from > known.position)) {
    outcome_.notes.push_back(absl::StrCat(
        "K-249: its feed goes on after ", origin_.feed_from, ", this node has it up to ",
        same_generation_ ? known.position : 0,
        ", so it was left alone. Carry a log from here to the centre, or ask there for the whole "
        "feed (keping bundle export --whole-feed)"));
    return Feed::kLeft;
  }
  if (node_->store().frozen().has_value()) {
    outcome_.notes.push_back(
        "This node writes nothing any more (K-103), so the feed was left alone");
    return Feed::kLeft;
  }
  if (node_->no_room_for_records()) {
    outcome_.notes.push_back(
        "The disk is nearly full, so the feed was left alone. Make room, then import it again");
    return Feed::kLeft;
  }
  return origin_.feed_from == 0 ? Feed::kWhole : Feed::kGoesOn;
}

absl::Status CarriedAnswer::Take(const sync::CentreFrame& frame) {
  if (const auto* receipt = std::get_if<sync::Receipt>(&frame)) return Take(*receipt);
  if (const auto* batch = std::get_if<sync::FeedBatch>(&frame)) return Take(*batch);
  if (const auto* problem = std::get_if<sync::Problem>(&frame)) return Take(*problem);
  if (const auto* welcome = std::get_if<sync::Welcome>(&frame)) return Take(*welcome);
  return absl::InvalidArgumentError("K-245: got a frame that no answer carries");
}

absl::Status CarriedAnswer::Take(const sync::Problem& problem) {
  KEPING_RETURN_IF_ERROR(node_->TakeProblem(problem));
  outcome_.notes.push_back(
      problem.kind == sync::ProblemKind::kClosed
          ? problem.detail
          : absl::StrCat("K-103: this node writes nothing any more: ", problem.detail,
                         ". Call the district office; the administrator runs keping-edge recover"));
  return absl::OkStatus();
}

absl::Status CarriedAnswer::Take(const sync::Welcome& welcome) {
  if (!welcome.unheard || welcome.generation != origin_.generation) {
    return absl::InvalidArgumentError("K-245: got a welcome that no answer carries");
  }
  KEPING_RETURN_IF_ERROR(node_->TakeQuestion(welcome));
  outcome_.notes.push_back(
      "K-270: the centre was set back and asks what it had told this office, which is written down "
      "now. Carry the log to the centre once more; then its feed comes");
  return absl::OkStatus();
}

absl::Status CarriedAnswer::Take(const sync::Receipt& receipt) {
  const Contact& known = node_->core().contact();
  if (receipt.generation != origin_.generation) {
    return absl::InvalidArgumentError("K-245: the receipt is of another centre than the answer");
  }
  outcome_.centre_time = receipt.centre_time;
  if (std::pair(receipt.centre_time, receipt.head.seq) <=
      std::pair(known.centre_time, known.proven_seq)) {
    return absl::OkStatus();
  }
  // The same centre countersigned more: a clock went back, or it was set back and does not know it.
  // The receipt for more is what shows it that.
  const std::optional<sync::Receipt>& last = node_->store().last_receipt();
  const bool for_less = last.has_value() && last->generation == receipt.generation &&
                        receipt.head.seq < last->head.seq;
  if (for_less) return absl::OkStatus();
  // Not before what is known of an earlier moment.
  const absl::Time received_at =
      std::max(known.received_at, std::min(receipt.centre_time, node_->Now().wall));
  absl::Duration running_at = known.running_at;
  if (receipt.head.seq <= node_->store().log().head().seq) {
    KEPING_ASSIGN_OR_RETURN(const absl::Duration at, RunningTimeAt(*node_, receipt.head.seq));
    running_at = std::max(running_at, at);
  }
  KEPING_RETURN_IF_ERROR(node_->TakeReceipt(receipt, received_at, running_at));
  outcome_.receipt_newer = true;
  return absl::OkStatus();
}

absl::Status CarriedAnswer::Take(const sync::FeedBatch& batch) {
  if (batch.from != next_ || batch.to < batch.from) {
    return absl::InvalidArgumentError(absl::StrCat("K-245: got a feed batch from ", batch.from,
                                                   " to ", batch.to, ", want one from ", next_));
  }
  next_ = batch.to;
  if (feed_ == Feed::kLeft) return absl::OkStatus();
  const FeedCursor& known = node_->store().feed_cursor();
  const bool goes_back = known.generation == origin_.generation && batch.to < known.position;
  if (feed_ == Feed::kGoesOn && goes_back) return absl::OkStatus();
  const FeedCursor to{.position = goes_back ? known.position : batch.to,
                      .generation = origin_.generation,
                      .generation_order = origin_.generation_order};
  KEPING_ASSIGN_OR_RETURN(const size_t items, node_->TakeBatch(batch, reader_, to));
  outcome_.items_new += items;
  return absl::OkStatus();
}

}  // namespace keping::edge
