// One entry of an event log: a header in a fixed canonical form and the payload bytes as written.
//
//   entry   := header payload
//   header  := version(u8 = 1) node(text) incarnation(text) seq(u64) previous(32 bytes)
//              hybrid(u64) boot(text) monotonic_us(i64) wall_us(i64) type(u32) payload_size(u32)
//   text    := size(u8) size bytes
//   integers are big-endian; an entry ends where its payload ends.
//
// hash = SHA-256(header payload), and an event's id is its hash. A payload is never re-serialised
// to be hashed; a type that this version does not know is kept byte for byte.
//
//   std::string bytes = EncodeEntry(entry);
//   KEPING_ASSIGN_OR_RETURN(Entry same, ParseEntry(bytes));
//   crypto::Hash id = HashEntryBytes(bytes);
#ifndef KEPING_COMMON_DOMAIN_ENTRY_H_
#define KEPING_COMMON_DOMAIN_ENTRY_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::domain {

// The largest payload of one event; a dispatch of 10,000 random serials fits.
inline constexpr size_t kMaxPayloadSize = 1 << 20;
inline constexpr size_t kMaxBootIdSize = 36;

struct EntryHeader {
  NodeId node;
  IncarnationId incarnation;
  uint64_t seq = 0;              // 1, 2, 3 … within the incarnation
  crypto::Hash previous;         // zero for seq 1
  uint64_t hybrid_time = 0;      // time::HybridTime::value
  std::string boot_id;           // at most kMaxBootIdSize characters
  int64_t monotonic_micros = 0;  // running time since boot
  int64_t wall_micros = 0;       // since the Unix epoch; evidence, never order
  uint32_t type = 0;             // field number of wire/event_codec.h

  friend bool operator==(const EntryHeader&, const EntryHeader&) = default;
};

struct Entry {
  EntryHeader header;
  std::string payload;

  friend bool operator==(const Entry&, const Entry&) = default;
};

// Header and payload in the canonical form.
std::string EncodeEntry(const Entry& entry);

// InvalidArgument that says what was got, wanted and where when `bytes` is not exactly one entry.
absl::StatusOr<Entry> ParseEntry(absl::string_view bytes);

inline crypto::Hash HashEntryBytes(absl::string_view bytes) { return crypto::Sha256({bytes}); }

// Of a log that goes on twice the second way is kept as a stream of its own, named by the hash of
// the entry that it begins with.
IncarnationId BranchName(const crypto::Hash& first_entry);
bool IsBranch(const IncarnationId& stream);

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_ENTRY_H_
