// Verifies a segment of a node's log against what the centre holds of that stream.
//
//   KEPING_ASSIGN_OR_RETURN(CheckedSegment checked, CheckSegment(…));
//   switch (checked.verdict) { case SegmentVerdict::kAccepted: …checked.fresh… }
#ifndef KEPING_CENTRAL_NODE_STORE_SEGMENT_CHECK_H_
#define KEPING_CENTRAL_NODE_STORE_SEGMENT_CHECK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "common/crypto/hash.h"
#include "common/crypto/signer.h"
#include "common/domain/entry.h"
#include "common/domain/ids.h"
#include "common/domain/limits.h"
#include "common/sync/frames.h"

namespace keping::central {

// The most blanks that the events of one segment may name: some acts of the largest size. A node
// that signs a range for a few bytes would otherwise have a row made for each of a million blanks.
inline constexpr uint64_t kMaxSegmentBlanks = 5 * domain::kMaxBlanksOfAct;

// The order is the precedence of the checks.
enum class SegmentVerdict {
  kAccepted = 0,        // has entries that are new here
  kAlreadyHeld,         // a harmless retry
  kUnknownIncarnation,  // not enrolled
  kBadSegment,          // not a chain of entries of this stream, or more than a segment may name
  kBadSignature,
  kGap,      // starts after the next entry that is wanted
  kFork,     // the same seq, another hash
  kClaimed,  // stored as claims of an incarnation that has ended; never receipted
};

struct FreshEntry {
  domain::Entry entry;
  crypto::Hash hash;
  std::string bytes;
};

struct CheckedSegment {
  SegmentVerdict verdict = SegmentVerdict::kAccepted;
  std::vector<FreshEntry> fresh;  // of a fork: from the entry that differs on
  std::string detail;             // what was got and wanted; no personal data
  // Of a fork: what is held at the seq of the first fresh entry. Zero when the two parted before
  // the segment.
  crypto::Hash held_instead = {};
};

// `stream` is null for an incarnation that is not enrolled. `stored` reads the bytes that the
// centre holds at a seq up to stream->seq; its errors are passed on.
absl::StatusOr<CheckedSegment> CheckSegment(
    const domain::NodeId& node, const sync::Segment& segment, const StreamHead* stream,
    const crypto::Verifier& verifier,
    absl::FunctionRef<absl::StatusOr<std::string>(uint64_t seq)> stored);

// The entries as they enter a step, as ones of `stream`.
std::vector<ArrivedEntry> Arrived(const std::vector<FreshEntry>& fresh,
                                  const domain::IncarnationId& stream);

// Why it is more than one segment may name; empty: it is not.
std::string TooManyBlanks(const EntriesArrived& arrived);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_SEGMENT_CHECK_H_
