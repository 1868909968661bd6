// What travels in a sync session, as values; wire/frame_codec.h turns them into protos and back.
//
//   node:    Hello, then Segment … and FeedAck …; TailWanted when it was set back
//   centre:  Welcome, then Receipt … and FeedBatch …; LogTail; Problem when something must stop
//
// Heads, receipts and feed batches are signed over the statements below, never over a serialised
// proto.
#ifndef KEPING_COMMON_SYNC_FRAMES_H_
#define KEPING_COMMON_SYNC_FRAMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::sync {

// The protocol versions that this program speaks: 2 says the same as 1 in fewer bytes
// (wire/session_codec.h); in 3 nothing waits behind the records and their pictures.
inline constexpr uint32_t kProtocolMin = 1;
inline constexpr uint32_t kProtocolMax = 3;
// From here on a feed names records, and they come by themselves; and nodes wait for their turn.
inline constexpr uint32_t kProtocolWithTurns = 3;

// Bounds of one unit on the wire: small units make progress on links that drop. A session begins
// with the first and goes up to the most (unit_size.h).
inline constexpr size_t kFirstSegmentBytes = 16 * 1024;
inline constexpr size_t kFirstBatchBytes = 16 * 1024;
inline constexpr size_t kMaxSegmentBytes = 64 * 1024;
inline constexpr size_t kMaxSegmentEntries = 1024;
inline constexpr size_t kMaxBatchBytes = 256 * 1024;
inline constexpr size_t kMaxBatchItems = 1024;
inline constexpr size_t kFirstPartBytes = 4 * 1024;
inline constexpr size_t kMaxPartBytes = 64 * 1024;
// Units sent and not yet answered.
inline constexpr size_t kPartWindow = 4;
inline constexpr size_t kSegmentWindow = 8;
inline constexpr size_t kBatchWindow = 4;

// The end of a log: seq 0 and a zero hash when it is empty.
struct Head {
  uint64_t seq = 0;
  crypto::Hash hash;
  friend bool operator==(const Head&, const Head&) = default;
};

// Earlier entries of the log that a Hello ends with: those at distances 1, 2, 4, 8 … from its head,
// each named by the beginning of its hash. Who wants to deceive by an equal beginning deceives
// himself: a segment must fit the whole hash.
using Locator = std::vector<std::string>;
inline constexpr size_t kLocatorHashBytes = 8;
inline constexpr size_t kMaxLocator = 64;
inline uint64_t LocatorDistance(size_t i) { return uint64_t{1} << i; }

struct Hello {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  Head head;
  // So that a centre with another log of this incarnation finds where the two part.
  Locator locator = {};
  uint64_t feed_position = 0;
  crypto::Hash feed_state;
  domain::GenerationId generation;  // last known, or empty
  // When the first entry was written of which the node has no receipt, by its clock.
  absl::Time oldest_unproven = absl::InfiniteFuture();
  uint32_t protocol_min = kProtocolMin;
  uint32_t protocol_max = kProtocolMax;
  std::string software_version;
};

enum class ProblemKind {
  kFork = 1,
  kRollback = 2,
  kBadSegment = 3,
  kUnknownIncarnation = 4,
  kProtocol = 5,
  kSuperseded = 6,  // another incarnation of the node was enrolled
  kClosed = 7,      // the incarnation was revoked, retired or declared lost
};

struct Problem {
  ProblemKind kind = ProblemKind::kProtocol;
  std::string detail;  // what was got and wanted; no personal data
};

struct Welcome {
  // The end of the incarnation's log as the centre holds it.
  Head held;
  // Up to where the node's log is surely the same; `held` itself for a log in order.
  Head common = {};
  // Printing is locked at the node. What the centre does not hold of its log is taken all the same.
  std::optional<Problem> problem = std::nullopt;
  domain::GenerationId generation;
  uint32_t generation_order = 0;
  // The centre was set back, and waits for this node to say what it was told before.
  bool unheard = false;
  // Many nodes came at once: the log is sent when an Admitted says so. The feed goes on meanwhile.
  bool wait = false;
  uint32_t protocol = kProtocolMax;
  uint64_t feed_from = 0;
  absl::Time centre_time;
};

struct Segment {
  domain::IncarnationId incarnation;
  uint64_t first_seq = 0;
  std::vector<std::string> entries;  // canonical bytes (domain/entry.h)
  std::string signature;             // of the node over HeadStatement of the last entry
};

struct Receipt {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  Head head;
  domain::GenerationId generation;
  absl::Time centre_time;
  std::string signature;  // of the centre over ReceiptStatement
};

struct FeedBatch {
  uint64_t from = 0;
  uint64_t to = 0;
  std::vector<std::string> items;  // encoded domain::FeedItem (wire/feed_codec.h)
  bool at_head = false;            // `to` is the newest position; `state` must hold afterwards
  crypto::Hash state;
  std::string signature;  // of the centre over BatchStatement
};

struct FeedAck {
  uint64_t position = 0;
};

// A node that was set back asks for what the centre holds of its log after its end.
struct TailWanted {
  uint64_t first_seq = 0;
};

// It is this node's turn to send its log.
struct Admitted {};

// A node asks for a part of a record that its feed names.
struct RecordWanted {
  domain::PrrId prr;
  crypto::Hash digest;
  uint32_t offset = 0;
  uint32_t size = 0;  // at most kMaxPartBytes
};

struct RecordPart {
  domain::PrrId prr;
  crypto::Hash digest;
  uint32_t offset = 0;
  std::string bytes = {};
  bool gone = false;  // replaced, withdrawn or moved; the feed says more
};

// A node shows the centre that it was set back: a receipt beyond what the centre holds, or a later
// generation than its own.
struct CentreSetBack {
  domain::GenerationId generation;  // the latest that the node met
  uint32_t generation_order = 0;
  std::optional<Receipt> receipt = std::nullopt;
};

// A segment as the node sent it once.
struct LogTail {
  Segment segment;
};

using NodeFrame = std::variant<Hello, Segment, FeedAck, TailWanted, CentreSetBack, RecordWanted>;
using CentreFrame =
    std::variant<Welcome, Receipt, FeedBatch, Problem, LogTail, RecordPart, Admitted>;

// The bytes that are signed:
//   "keping-head-v1" node LF incarnation LF seq LF hash(32 bytes)
std::string HeadStatement(const domain::NodeId& node, const domain::IncarnationId& incarnation,
                          const Head& head);
//   "keping-receipt-v1" generation LF centre_time_micros LF then as a head
std::string ReceiptStatement(const Receipt& receipt);
// InvalidArgument unless it is about this log.
absl::Status CheckReceiptIsFor(const Receipt& receipt, const domain::NodeId& node,
                               const domain::IncarnationId& incarnation);
//   "keping-batch-v1" node LF from LF to LF at_head(0|1) LF state(32 bytes) hash of all items
std::string BatchStatement(const domain::NodeId& node, const FeedBatch& batch);

}  // namespace keping::sync

#endif  // KEPING_COMMON_SYNC_FRAMES_H_
