// A run of log entries without what its receiver can work out: who wrote them, their numbers and
// previous hashes, and times close to those before. Unpacking gives the same bytes back.
//
//   entries := entry*                       after the ChainPoint that both sides know
//   entry   := boot monotonic wall hybrid type payload
//   boot    := 0 | size+1, bytes            0: as in the entry before
//   monotonic, wall := difference to the entry before; wall beyond that of monotonic
//   hybrid  := difference to what the clock would have shown (time/hybrid_clock.h)
//   payload := (size, bytes, size, hex)* size bytes 0
//   hex     := that many bytes, which stand for twice as many digits 0-9a-f
//   integers are varints of Protocol Buffers, differences zigzag.
//
//   ChainPoint point = …;                   // the end of the entries before
//   if (auto compact = CompactEntries(segment.entries, point)) Send(*compact);
#ifndef KEPING_COMMON_WIRE_COMPACT_ENTRIES_H_
#define KEPING_COMMON_WIRE_COMPACT_ENTRIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::wire {

// Where a log stands between two entries.
struct ChainPoint {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  uint64_t seq = 0;
  crypto::Hash hash;
  // Of the entry at seq, as far as it was seen.
  std::string boot_id = {};
  int64_t monotonic_micros = 0;
  int64_t wall_micros = 0;
  uint64_t hybrid_time = 0;
};

// InvalidArgument when it is no entry.
absl::StatusOr<ChainPoint> PointAfter(absl::string_view entry);

// Moves `point` to the last entry. Nothing, and `point` as it was, when the entries do not go on
// from it or are in a form that would not come back: they then travel as they are.
std::optional<std::string> CompactEntries(const std::vector<std::string>& entries,
                                          ChainPoint& point);

// InvalidArgument when it is not what CompactEntries makes, or gives more than `max_entries` or
// `max_bytes`; `point` is then of no use.
absl::StatusOr<std::vector<std::string>> RestoreEntries(absl::string_view compact,
                                                        size_t max_entries, size_t max_bytes,
                                                        ChainPoint& point);

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_COMPACT_ENTRIES_H_
