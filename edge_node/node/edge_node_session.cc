// When an EdgeNode leaves its session for another one.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "edge_node/node/edge_node.h"

namespace keping::edge {
namespace {

constexpr int kMostDoublings = 6;  // about ten minutes

}  // namespace

absl::Status EdgeNode::CheckSession() {
  KEPING_RETURN_IF_ERROR(CheckRoom());
  return CheckSilence();
}

absl::Status EdgeNode::CheckSilence() {
  absl::Duration patience;
  if (session_.awaits_receipt()) patience = std::max(kSilence, 2 * segment_size_.took());
  if (fetcher_.awaits_part()) patience = std::max({patience, kSilence, 2 * part_size_.took()});
  patience *= 1 << std::min(silences_, kMostDoublings);
  const bool due = patience > absl::ZeroDuration();
  if (!due || Now().monotonic - stirred_ <= patience) return absl::OkStatus();
  ++silences_;
  return absl::UnavailableError(
      absl::StrCat("got nothing for ", absl::FormatDuration(patience),
                   ", want receipts or records that are due; the line is tried anew"));
}

absl::Status EdgeNode::CheckRoom() const {
  if (!feed_waits_ || ports_.conditions().no_room_for_records) return absl::OkStatus();
  return absl::AbortedError("there is room for the feed again; it is asked for anew");
}

}  // namespace keping::edge
