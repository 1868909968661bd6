#include "common/wire/session_codec.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/wire/frame_codec.h"
#include "common/wire/zstd.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::wire {
namespace {

namespace pb = ::keping::sync::v1;

// The first version with short frames.
constexpr uint32_t kShortFrames = 2;
// Two cards with all their events: a longer one costs memory for every session and saves nothing.
constexpr size_t kHistoryBytes = 4096;

absl::Status NotAgreed(const char* what) {
  return absl::InvalidArgumentError(absl::StrCat("bad ", what,
                                                 ": got a short form, want one that "
                                                 "the welcome of this session agreed on"));
}

void PackItems(pb::FeedBatch& batch) {
  pb::FeedBatch items;
  items.mutable_items()->Swap(batch.mutable_items());
  batch.set_packed_items(Pack(items.SerializeAsString(), ""));
}

absl::Status UnpackItems(pb::FeedBatch& batch) {
  KEPING_ASSIGN_OR_RETURN(const std::string bytes, Unpack(batch.packed_items(), "", kMaxUnitBytes));
  pb::FeedBatch items;
  if (!items.ParseFromString(bytes)) {
    return absl::InvalidArgumentError("bad feed batch: the packed items are none");
  }
  batch.clear_packed_items();
  batch.mutable_items()->Swap(items.mutable_items());
  return absl::OkStatus();
}

// The entries after the first, which says where they go on from.
void PackTail(const std::vector<std::string>& entries, pb::Segment& proto) {
  if (entries.size() < 2) return;
  absl::StatusOr<ChainPoint> point = PointAfter(entries.front());
  if (!point.ok()) return;
  const std::optional<std::string> compact =
      CompactEntries({entries.begin() + 1, entries.end()}, *point);
  if (!compact.has_value()) return;
  proto.mutable_entries()->DeleteSubrange(1, proto.entries_size() - 1);
  proto.set_packed_entries(Pack(*compact, ""));
}

absl::Status UnpackTail(pb::Segment& proto) {
  if (proto.entries_size() != 1) {
    return absl::InvalidArgumentError(absl::StrCat("bad log tail: got ", proto.entries_size(),
                                                   " entries before packed ones, want one"));
  }
  KEPING_ASSIGN_OR_RETURN(ChainPoint point, PointAfter(proto.entries(0)));
  KEPING_ASSIGN_OR_RETURN(const std::string compact,
                          Unpack(proto.packed_entries(), "", kMaxUnitBytes));
  KEPING_ASSIGN_OR_RETURN(
      std::vector<std::string> entries,
      RestoreEntries(compact, sync::kMaxSegmentEntries - 1, kMaxUnitBytes, point));
  proto.clear_packed_entries();
  for (std::string& entry : entries) proto.add_entries(std::move(entry));
  return absl::OkStatus();
}

}  // namespace

void SessionMemory::OnWelcome(const sync::Welcome& welcome) {
  protocol = welcome.protocol;
  generation = welcome.generation;
  // A log that parted from what is held goes on from where the two agree.
  const sync::Head& start = welcome.problem.has_value() ? welcome.common : welcome.held;
  point.seq = start.seq;
  point.hash = start.hash;
  heads = {start};
}

void SessionMemory::OnSegment() { heads.push_back({point.seq, point.hash}); }

void SessionMemory::OnWholeSegment(const sync::Segment& segment) {
  if (protocol < kShortFrames || segment.entries.empty()) return;
  absl::StatusOr<ChainPoint> end = PointAfter(segment.entries.back());
  const bool own = end.ok() && end->node == point.node && end->incarnation == point.incarnation;
  if (!own) return;
  point = *std::move(end);
  OnSegment();
}

void SessionMemory::Remember(absl::string_view compact) {
  absl::StrAppend(&history, compact);
  if (history.size() > kHistoryBytes) history.erase(0, history.size() - kHistoryBytes);
}

// ---- The node.

void NodeSessionCodec::Encode(const sync::NodeFrame& frame, sync::v1::SessionRequest* proto) {
  EncodeFrame(frame, proto);
  if (const auto* hello = std::get_if<sync::Hello>(&frame)) {
    memory_.point.node = hello->node;
    memory_.point.incarnation = hello->incarnation;
  } else if (const auto* segment = std::get_if<sync::Segment>(&frame)) {
    Compact(*segment, *proto->mutable_segment());
  }
}

void NodeSessionCodec::Compact(const sync::Segment& segment, sync::v1::Segment& proto) {
  if (memory_.protocol < kShortFrames) return;
  const std::optional<std::string> compact = CompactEntries(segment.entries, memory_.point);
  if (!compact.has_value()) return memory_.OnWholeSegment(segment);
  proto.Clear();
  proto.set_packed_entries(Pack(*compact, memory_.history));
  proto.set_signature(segment.signature);
  memory_.Remember(*compact);
  memory_.OnSegment();
}

absl::StatusOr<sync::CentreFrame> NodeSessionCodec::Decode(sync::v1::SessionResponse& proto) {
  if (proto.has_receipt()) KEPING_RETURN_IF_ERROR(Complete(*proto.mutable_receipt()));
  if (proto.has_feed_batch() && proto.feed_batch().has_packed_items()) {
    if (memory_.protocol < kShortFrames) return NotAgreed("feed batch");
    KEPING_RETURN_IF_ERROR(UnpackItems(*proto.mutable_feed_batch()));
  }
  if (proto.log_tail().segment().has_packed_entries()) {
    if (memory_.protocol < kShortFrames) return NotAgreed("log tail");
    KEPING_RETURN_IF_ERROR(UnpackTail(*proto.mutable_log_tail()->mutable_segment()));
  }
  KEPING_ASSIGN_OR_RETURN(sync::CentreFrame frame, DecodeFrame(proto));
  if (const auto* welcome = std::get_if<sync::Welcome>(&frame)) memory_.OnWelcome(*welcome);
  return frame;
}

absl::Status NodeSessionCodec::Complete(sync::v1::Receipt& receipt) {
  const bool whole = !receipt.node().empty();
  if (whole) return absl::OkStatus();
  if (memory_.protocol < kShortFrames) return NotAgreed("receipt");
  std::deque<sync::Head>& heads = memory_.heads;
  while (!heads.empty() && heads.front().seq < receipt.seq()) heads.pop_front();
  if (heads.empty() || heads.front().seq != receipt.seq()) {
    return absl::InvalidArgumentError(absl::StrCat("bad receipt: got one up to ", receipt.seq(),
                                                   " without a hash, want that of "
                                                   "a segment of this session"));
  }
  receipt.set_node(memory_.point.node.value());
  receipt.set_incarnation(memory_.point.incarnation.value());
  receipt.set_generation(memory_.generation.value());
  receipt.set_hash(std::string(heads.front().hash.AsBytes()));
  return absl::OkStatus();
}

// ---- The centre.

void CentreSessionCodec::Encode(const sync::CentreFrame& frame, sync::v1::SessionResponse* proto) {
  EncodeFrame(frame, proto);
  if (const auto* welcome = std::get_if<sync::Welcome>(&frame)) memory_.OnWelcome(*welcome);
  if (memory_.protocol < kShortFrames) return;
  if (const auto* receipt = std::get_if<sync::Receipt>(&frame)) {
    Shorten(*receipt, *proto->mutable_receipt());
  } else if (std::holds_alternative<sync::FeedBatch>(frame)) {
    PackItems(*proto->mutable_feed_batch());
  } else if (const auto* tail = std::get_if<sync::LogTail>(&frame)) {
    PackTail(tail->segment.entries, *proto->mutable_log_tail()->mutable_segment());
  }
}

void CentreSessionCodec::Shorten(const sync::Receipt& receipt, sync::v1::Receipt& proto) {
  std::deque<sync::Head>& heads = memory_.heads;
  while (!heads.empty() && heads.front().seq < receipt.head.seq) heads.pop_front();
  const bool known =
      !heads.empty() && heads.front() == receipt.head && receipt.node == memory_.point.node &&
      receipt.incarnation == memory_.point.incarnation && receipt.generation == memory_.generation;
  if (!known) return;
  proto.clear_node();
  proto.clear_incarnation();
  proto.clear_generation();
  proto.clear_hash();
}

absl::StatusOr<sync::NodeFrame> CentreSessionCodec::Decode(sync::v1::SessionRequest& proto) {
  const bool packed = proto.has_segment() && proto.segment().has_packed_entries();
  if (packed) {
    if (memory_.protocol < kShortFrames) return NotAgreed("segment");
    KEPING_RETURN_IF_ERROR(Restore(*proto.mutable_segment()));
  }
  KEPING_ASSIGN_OR_RETURN(sync::NodeFrame frame, DecodeFrame(proto));
  if (const auto* segment = std::get_if<sync::Segment>(&frame); segment != nullptr && !packed) {
    memory_.OnWholeSegment(*segment);
  }
  if (const auto* hello = std::get_if<sync::Hello>(&frame)) {
    memory_.point.node = hello->node;
    memory_.point.incarnation = hello->incarnation;
  }
  return frame;
}

absl::Status CentreSessionCodec::Restore(sync::v1::Segment& segment) {
  KEPING_ASSIGN_OR_RETURN(const std::string compact,
                          Unpack(segment.packed_entries(), memory_.history, kMaxUnitBytes));
  segment.set_incarnation(memory_.point.incarnation.value());
  segment.set_first_seq(memory_.point.seq + 1);
  KEPING_ASSIGN_OR_RETURN(
      std::vector<std::string> entries,
      RestoreEntries(compact, sync::kMaxSegmentEntries, kMaxUnitBytes, memory_.point));
  segment.clear_packed_entries();
  for (std::string& entry : entries) segment.add_entries(std::move(entry));
  memory_.Remember(compact);
  memory_.OnSegment();
  return absl::OkStatus();
}

}  // namespace keping::wire
