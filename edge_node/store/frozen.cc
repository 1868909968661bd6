#include "edge_node/store/frozen.h"

#include "absl/strings/str_cat.h"

namespace keping::edge {

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

}  // namespace keping::edge
