#include "edge_node/store/frozen.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace keping::edge {

Frozen Learn(const std::optional<Frozen>& before, const Frozen& now) {
  if (!before.has_value()) return now;
  Frozen known = now;
  known.by_centre = before->by_centre || now.by_centre;
  const bool took_over = now.kind == sync::ProblemKind::kSuperseded;
  if (took_over || (before->by_centre && before->kind == sync::ProblemKind::kFork)) {
    known.kind = before->kind;
    known.held_seq = before->held_seq;
  } else if (known.kind == before->kind) {
    known.held_seq = std::max(before->held_seq, now.held_seq);
  }
  return known;
}

absl::Status CheckDelivered(const Frozen& frozen, const LogReach& reach) {
  const bool set_back = frozen.kind == sync::ProblemKind::kRollback;
  if (set_back && reach.fetched_to < frozen.held_seq) {
    return absl::FailedPreconditionError(absl::StrCat(
        "got the log up to entry ", reach.fetched_to, ", the centre holds ", frozen.held_seq,
        ". Start the node with a link once more, so that it fetches the rest; then run this "
        "again"));
  }
  // Of a forked log the centre may hold as many entries, and none of this branch.
  const bool is_beginning = set_back && frozen.held_seq >= reach.head_seq;
  if (is_beginning || reach.proven_seq >= reach.head_seq) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "the centre countersigned ", reach.proven_seq, " of the ", reach.head_seq,
      " entries of this log. Start the node with a link once more, so that it delivers the rest; "
      "then run this again. If there will be no link: --leave-behind"));
}

uint64_t ReachedSeq(const Frozen& frozen, uint64_t witnessed_seq) {
  return frozen.held_seq >= witnessed_seq ? 0 : witnessed_seq;
}

}  // namespace keping::edge
