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

// The data keys that sealed rows may name: see sealed_rows.h.
inline constexpr absl::string_view kDataKeysKey("\x02", 1);

// Present while what was destroyed may still lie in the files of the store -> its value says which
// destruction was the last, as be64 (erasure.h).
inline constexpr absl::string_view kErasureOwedKey("\x03", 1);

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
// What of records was fetched on one date -> FetchedOfDay.
inline constexpr absl::string_view kFetchedKey("\x30", 1);
// The last receipt and when it came.
inline constexpr absl::string_view kContactKey("\x23", 1);
// Present while printing is locked; the value says why.
inline constexpr absl::string_view kLockKey("\x24", 1);
// Names of people that belong to an event (edge_node/store/side_records.h): + name of the side
// record
// -> ciphertext; + the same -> its key, sealed. A name is forgotten by deleting its key.
inline constexpr absl::string_view kSideNamesPrefix("\x25", 1);
inline constexpr absl::string_view kSideKeyPrefix("\x26", 1);
// The key of the look-up by NIK, sealed. A single key.
inline constexpr absl::string_view kNikLookUpKey("\x27", 1);
// Own passwords of the office's people: + operator -> sealed StoredPassword.
inline constexpr absl::string_view kPasswordPrefix("\x28", 1);
// Slips of blanks that other offices lent to this one: + transfer -> LendingSlip.
inline constexpr absl::string_view kLendingSlipPrefix("\x2b", 1);
// The logs of earlier incarnations of this node: + 1, 2, 3 … as be64 + seq as be64 -> an encoded
// entry; + the same -> the signature of the head at that seq.
inline constexpr absl::string_view kAncestorEntryPrefix("\x29", 1);
inline constexpr absl::string_view kAncestorHeadPrefix("\x2c", 1);
// What the centre held of the own log beyond its end: + first seq as be64 ->
// keping.sync.v1.Segment.
inline constexpr absl::string_view kLogTailPrefix("\x2d", 1);
// Present while the log is not written to any more -> Frozen.
inline constexpr absl::string_view kFrozenKey("\x2e", 1);
// Of a node that goes on under a later incarnation -> Succession.
inline constexpr absl::string_view kSuccessionKey("\x2f", 1);

// ---- Central node. Rows are messages of keping/store/v1/central.proto unless said otherwise.

// The logs of the nodes, byte for byte: + node NUL incarnation NUL seq as be64 -> an encoded entry.
inline constexpr absl::string_view kNodeEntryPrefix("\x40", 1);
std::string NodeEntryKey(absl::string_view node, absl::string_view incarnation, uint64_t seq);
// Of all entries of one stream.
std::string NodeStreamPrefix(absl::string_view node, absl::string_view incarnation);
// Such a key, or one of a signed head, taken apart; `rest` is what follows the prefix.
struct NodeStreamKey {
  std::string node;
  std::string incarnation;
  uint64_t seq = 0;
};
absl::StatusOr<NodeStreamKey> ReadNodeStreamKey(absl::string_view rest);
// The nodes' signatures over the heads of the segments that they sent: + node, incarnation and last
// seq as above.
inline constexpr absl::string_view kNodeSignedHeadPrefix("\x56", 1);
std::string NodeSignedHeadKey(absl::string_view node, absl::string_view incarnation, uint64_t seq);
// What revoked and retired incarnations sent after their end, byte for byte, with signatures: keys
// as above. It moves there when two officers accept it.
inline constexpr absl::string_view kClaimEntryPrefix("\x64", 1);
inline constexpr absl::string_view kClaimSignedHeadPrefix("\x65", 1);
std::string ClaimEntryKey(absl::string_view node, absl::string_view incarnation, uint64_t seq);
std::string ClaimSignedHeadKey(absl::string_view node, absl::string_view incarnation, uint64_t seq);
// Runs of entries of nodes that are held and not judged yet: + 1, 2, 3 … as be64 -> WaitingRun.
inline constexpr absl::string_view kToJudgePrefix("\x58", 1);

// Entities: + their id.
inline constexpr absl::string_view kBlankRowPrefix("\x41", 1);
inline constexpr absl::string_view kPrrRowPrefix("\x42", 1);
inline constexpr absl::string_view kJobRowPrefix("\x43", 1);
inline constexpr absl::string_view kTransferRowPrefix("\x44", 1);
inline constexpr absl::string_view kCaseRowPrefix("\x45", 1);
inline constexpr absl::string_view kActionRowPrefix("\x46", 1);
inline constexpr absl::string_view kReportRowPrefix("\x47", 1);
// By the keyed hash of the NIK in hex; by node, printer and day; by the act of a tray; by a name.
inline constexpr absl::string_view kPersonRowPrefix("\x68", 1);
inline constexpr absl::string_view kPrinterDayRowPrefix("\x69", 1);
inline constexpr absl::string_view kBatchRowPrefix("\x6a", 1);
inline constexpr absl::string_view kNameRowPrefix("\x6d", 1);
// By the number of the box.
inline constexpr absl::string_view kBoxRowPrefix("\x72", 1);
// Numbered papers: + kind as one byte + year, generation and number as be64 -> IssuedPaper
// (central_node/console/paper_numbers.h).
inline constexpr absl::string_view kIssuedPaperPrefix("\x73", 1);
// By node; by the act of the report.
inline constexpr absl::string_view kCountsRowPrefix("\x6b", 1);
inline constexpr absl::string_view kFiguresRowPrefix("\x6c", 1);
inline constexpr absl::string_view kNodeRowPrefix("\x48", 1);
inline constexpr absl::string_view kCentreRowKey("\x49", 1);

// Custody: + number of the account as one byte + holder -> quantity as be64 (two's complement).
inline constexpr absl::string_view kBalancePrefix("\x4a", 1);
// The custody journal: + 1, 2, 3 … as be64 -> MoveRow.
inline constexpr absl::string_view kMovePrefix("\x4b", 1);
// Records by state: + number of the state as one byte + holder -> count as be64.
inline constexpr absl::string_view kPrrTallyPrefix("\x4c", 1);

// The feeds: + node NUL position as be64 -> an encoded feed item without record;
// + node NUL key -> its position as be64; + node -> the state hash of the lane.
inline constexpr absl::string_view kLaneItemPrefix("\x4d", 1);
inline constexpr absl::string_view kLanePositionPrefix("\x4e", 1);
inline constexpr absl::string_view kLaneStatePrefix("\x4f", 1);

// Reports not answered yet: + 1, 2, 3 … as be64 -> name of the item.
inline constexpr absl::string_view kOutboxPrefix("\x50", 1);
// Records that wait for an office: + node NUL PRR id -> nothing.
inline constexpr absl::string_view kWaitingPrefix("\x51", 1);
// Side records: + PRR id NUL version as be64 -> a keping.national.v1.Record, sealed under a key of
// its own; + the same -> that key, sealed under the data key.
inline constexpr absl::string_view kSideRecordPrefix("\x52", 1);
inline constexpr absl::string_view kSideRecordKeyPrefix("\x60", 1);
// Who looked at a person's data: + PRR id NUL node NUL incarnation NUL seq as be64 -> id of the
// entry that says so.
inline constexpr absl::string_view kReadPrefix("\x70", 1);
// How far the national link was read -> NationalCursors.
inline constexpr absl::string_view kNationalCursorsKey("\x53", 1);
// Last contact: + node -> wall time in microseconds as be64.
inline constexpr absl::string_view kNodeContactPrefix("\x54", 1);
// What a node's last log in a bundle said of the node: + node -> CarriedHello.
inline constexpr absl::string_view kCarriedHelloPrefix("\x63", 1);
// There: a witness of this store is kept beside the keys (common/keys/machine_witness.h).
inline constexpr absl::string_view kWitnessedKey("\x62", 1);
// One-time codes: + keyed hash of the code -> EnrolmentCode.
inline constexpr absl::string_view kEnrolmentCodePrefix("\x55", 1);
// First passwords: + node NUL operator -> the verifier (common/crypto/password.h), sealed under a
// key of its own; + the same -> that key, sealed under the data key.
inline constexpr absl::string_view kFirstPasswordPrefix("\x57", 1);
inline constexpr absl::string_view kFirstPasswordKeyPrefix("\x61", 1);

// Appends 8 bytes, most significant first: integers then sort as their keys do.
void AppendBigEndian64(std::string* out, uint64_t value);

// Reads the 8 bytes at `offset`; DataLoss if `bytes` ends before.
absl::StatusOr<uint64_t> ReadBigEndian64(absl::string_view bytes, size_t offset = 0);

// The smallest key after all keys that start with `prefix`; empty (the end of the key space) if
// there is none.
std::string PrefixEnd(absl::string_view prefix);

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_KEY_SPACE_H_
