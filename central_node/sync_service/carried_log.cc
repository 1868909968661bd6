#include "central_node/sync_service/carried_log.h"

#include "absl/strings/str_cat.h"

namespace keping::central {

absl::Status CarriedLog::Take(const sync::Segment& segment) {
  const absl::StatusOr<SegmentResult> result =
      ports_.node->Ingest(ports_.clock->Now(), node_, segment, *ports_.verifier, Arrival::kCarried);
  if (!result.ok()) {
    ports_.failed(result.status());
    return absl::UnavailableError("the centre cannot store anything now; import it again later");
  }
  if (result->verdict == SegmentVerdict::kClaimed) {
    outcome_.entries_claimed += result->new_entries;
    return absl::OkStatus();
  }
  if (!result->receipted()) return Refusal(*result);
  outcome_.entries_new += result->new_entries;
  outcome_.entries_known += segment.entries.size() - result->new_entries;
  outcome_.held = result->held;
  if (result->branched) {
    outcome_.notes.push_back(absl::StrCat(
        "K-251: ", result->detail,
        ". Both are kept, and there is a case; the answer to this bundle stops printing there"));
  }
  return absl::OkStatus();
}

absl::Status CarriedLog::Refusal(const SegmentResult& result) const {
  if (result.verdict == SegmentVerdict::kGap) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-249: entries are missing before this bundle's: ", result.detail,
        ". Import the bundle before it first, or make one at ", node_.value(), " with --from"));
  }
  if (result.verdict == SegmentVerdict::kFork) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-251: the log of ", node_.value(),
        " in this bundle does not go on from what the centre holds of it: ", result.detail,
        ". Have printing at ", node_.value(),
        " stopped, and bring its whole log, exported there with --from 1"));
  }
  return absl::InvalidArgumentError(absl::StrCat("K-245: ", result.detail));
}

}  // namespace keping::central
