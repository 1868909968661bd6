// What a CentralNode takes of the nodes' logs.
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/node_end.h"
#include "central_node/store/central_node.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::IncarnationId;
using domain::NodeId;

domain::LogForked ForkOf(const NodeId& node, const PlacedSegment& placed) {
  const FreshEntry& first = placed.checked.fresh.front();
  return {.node = node,
          .incarnation = placed.stream,
          .branch = domain::BranchName(first.hash),
          .seq = first.entry.header.seq,
          .held_hash = placed.checked.held_instead,
          .other_hash = first.hash};
}

}  // namespace

absl::StatusOr<SegmentResult> CentralNode::Ingest(const time::Moment& now, const NodeId& node,
                                                  const sync::Segment& segment,
                                                  const crypto::Verifier& verifier,
                                                  Arrival arrival) {
  if (broken_) return storage::ReopenNeeded();
  const StreamHead* const stream = logs().Stream(node, segment.incarnation);
  if (stream != nullptr && IsQuarantined(*stream)) return TakeClaims(now, node, segment, verifier);
  KEPING_ASSIGN_OR_RETURN(const PlacedSegment placed, logs().Place(node, segment, verifier));
  const CheckedSegment& checked = placed.checked;
  SegmentResult result{.verdict = checked.verdict, .held = {}, .detail = checked.detail};
  EntriesArrived arrived{.node = node, .incarnation = placed.stream, .entries = {}};
  if (checked.verdict == SegmentVerdict::kFork && !checked.fresh.empty()) {
    arrived.forked = ForkOf(node, placed);
    arrived.incarnation = arrived.forked->branch;
    result.branched = true;
    result.detail = GoesOnTwice(node, arrived.forked->seq);
  }
  if (checked.verdict == SegmentVerdict::kAccepted || result.branched) {
    arrived.entries = Arrived(checked.fresh, arrived.incarnation);
    if (std::string too_many = TooManyBlanks(arrived); !too_many.empty()) {
      result.verdict = SegmentVerdict::kBadSegment;
      result.branched = false;
      result.detail = std::move(too_many);
      return result;
    }
    KEPING_RETURN_IF_ERROR(Store(now, segment, checked.fresh, arrived, arrival));
    result.new_entries = checked.fresh.size();
  }
  if (checked.verdict == SegmentVerdict::kAlreadyHeld) {
    // Not more than its sender has: of a forked log the stream may go on in another way.
    result.held = {segment.first_seq + segment.entries.size() - 1,
                   domain::HashEntryBytes(segment.entries.back())};
  } else if (const StreamHead* now_held = logs().Stream(node, arrived.incarnation)) {
    result.held = {now_held->seq, now_held->hash};
  }
  return result;
}

absl::Status CentralNode::Store(const time::Moment& now, const sync::Segment& segment,
                                const std::vector<FreshEntry>& entries,
                                const EntriesArrived& arrived, Arrival arrival) {
  const std::string& node = arrived.node.value();
  const std::string& stream = arrived.incarnation.value();
  storage::WriteBatch raw;
  for (const FreshEntry& fresh : entries) {
    raw.Put(storage::NodeEntryKey(node, stream, fresh.entry.header.seq), fresh.bytes);
  }
  const domain::EntryHeader& last = entries.back().entry.header;
  raw.Put(storage::NodeSignedHeadKey(node, stream, last.seq), segment.signature);
  if (arrival == Arrival::kByWire) {
    std::string wall;
    storage::AppendBigEndian64(&wall, static_cast<uint64_t>(absl::ToUnixMicros(now.wall)));
    raw.Put(absl::StrCat(storage::kNodeContactPrefix, node), wall);
  }
  hybrid_.Observe({last.hybrid_time}, now.wall);
  const bool waited = !resident_.centre.unheard.empty();
  KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive, arrived, raw).status());
  if (arrival == Arrival::kByWire) contacts_[arrived.node] = now.wall;
  return waited ? GrantAllWaiting(now) : absl::OkStatus();
}

absl::Status CentralNode::NoteRollback(const time::Moment& now, const NodeId& node,
                                       const IncarnationId& incarnation, const sync::Head& head,
                                       uint64_t held_seq) {
  const StreamHead* stream = logs().Stream(node, incarnation);
  if (stream == nullptr || stream->rollbacks.contains(head.hash)) return absl::OkStatus();
  return Commit(now, Mode::kLive,
                RollbackFound{{.node = node,
                               .incarnation = incarnation,
                               .seq = head.seq,
                               .hash = head.hash,
                               .held_seq = held_seq}},
                {})
      .status();
}

std::optional<sync::Head> CentralNode::held(const NodeId& node,
                                            const IncarnationId& incarnation) const {
  const StreamHead* stream = logs().Stream(node, incarnation);
  if (stream == nullptr) return std::nullopt;
  return sync::Head{.seq = stream->seq, .hash = stream->hash};
}

}  // namespace keping::central
