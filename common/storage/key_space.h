// Every key of both nodes' databases, in one file, so that no two parts can claim the same bytes.
//
// A key is a prefix of one byte, then fixed-width big-endian integers or one trailing string. Scans
// go over [prefix, PrefixEnd(prefix)).
//
//   batch.Put(EntryKey(17), bytes);
//   store.Scan(EntryKey(18), PrefixEnd(kEntryPrefix), visit);   // everything after entry 17
#ifndef KEPING_COMMON_STORAGE_KEY_SPACE_H_
#define KEPING_COMMON_STORAGE_KEY_SPACE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::storage {

// The program and the format version of the database: see format_version.h. A single key, and the
// smallest of all, so that an empty store is told by one look.
inline constexpr absl::string_view kFormatVersionKey("\x01", 1);

// The node's own log: + seq as be64 -> an encoded entry (common/domain/entry.h).
inline constexpr absl::string_view kEntryPrefix("\x10", 1);
std::string EntryKey(uint64_t seq);

// Signed heads of the node's own log, one per segment: + last seq of the segment as be64.
inline constexpr absl::string_view kSealedHeadPrefix("\x11", 1);
std::string SealedHeadKey(uint64_t last_seq);

// What was stored as entries of the own log and did not fit the chain when the log was opened, byte
// for byte: + number of the cut (1, 2, 3 …) as be64 + the key under which it was found.
inline constexpr absl::string_view kQuarantinePrefix("\x12", 1);
std::string QuarantineKey(uint64_t cut, absl::string_view found_at);

// ---- Edge node.

// Feed items without their records: + key -> sealed item (edge_node/store/edge_store.cc).
inline constexpr absl::string_view kFeedItemPrefix("\x20", 1);
// Records of print-ready records, pictures included: + PRR id -> sealed bytes.
inline constexpr absl::string_view kRecordPrefix("\x21", 1);
// How far the feed is known, and of which centre generation.
inline constexpr absl::string_view kFeedCursorKey("\x22", 1);
// The last receipt and when it came.
inline constexpr absl::string_view kContactKey("\x23", 1);
// Present while printing is locked; the value says why.
inline constexpr absl::string_view kLockKey("\x24", 1);

// Appends 8 bytes, most significant first: integers then sort as their keys do.
void AppendBigEndian64(std::string* out, uint64_t value);

// Reads the 8 bytes at `offset`; DataLoss if `bytes` ends before.
absl::StatusOr<uint64_t> ReadBigEndian64(absl::string_view bytes, size_t offset = 0);

// The smallest key after all keys that start with `prefix`; empty (the end of the key space) if
// there is none.
std::string PrefixEnd(absl::string_view prefix);

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_KEY_SPACE_H_
