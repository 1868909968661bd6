// What a CentralNode takes of the nodes' logs.
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/input_keys.h"
#include "central_node/core/judge_stream.h"
#include "central_node/core/node_end.h"
#include "central_node/store/central_node.h"
#include "central_node/store/replay.h"
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

// What is judged in one step, at the most: a step holds up everything else.
constexpr size_t kMostEntriesTogether = 1'000;
constexpr uint64_t kMostBlanksTogether = 10'000;

// Whether `run` may be judged together with what stands before it.
bool GoesOn(const EntriesArrived& before, const WaitingRun& run) {
  if (before.entries.empty()) return true;
  return run.node == before.node && run.stream == before.incarnation &&
         run.first_seq == before.entries.back().ref.seq + 1 &&
         before.entries.size() + run.end.seq + 1 - run.first_seq <= kMostEntriesTogether &&
         BlanksNamed(before) <= kMostBlanksTogether;
}

absl::Status NotAsReceipted(const WaitingRun& run) {
  return absl::DataLossError(
      absl::StrCat("entries ", run.first_seq, " to ", run.end.seq, " of ", run.node.value(),
                   " are not there, behind what is judged, as they were receipted: restore the "
                   "database"));
}

}  // namespace

absl::StatusOr<SegmentResult> CentralNode::Take(const time::Moment& now, const NodeId& node,
                                                const sync::Segment& segment,
                                                const crypto::Verifier& verifier, Arrival arrival) {
  if (broken_) return storage::ReopenNeeded();
  const StreamHead* const stream = logs().Stream(node, segment.incarnation);
  if (stream != nullptr && IsQuarantined(*stream)) return TakeClaims(now, node, segment, verifier);
  KEPING_ASSIGN_OR_RETURN(const PlacedSegment placed, logs().Place(node, segment, verifier));
  const CheckedSegment& checked = placed.checked;
  SegmentResult result{.verdict = checked.verdict, .held = {}, .detail = checked.detail};
  if (checked.verdict == SegmentVerdict::kGap) KEPING_RETURN_IF_ERROR(NoteGap(now, node, segment));
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
    const bool follows = waiting_.End(node, arrived.incarnation) == nullptr &&
                         arrived.entries.size() <= options_.judged_at_once;
    // A branch leaves a stream at a point that must have been judged.
    if (result.branched) {
      KEPING_RETURN_IF_ERROR(JudgeAll(now));
      KEPING_ASSIGN_OR_RETURN(arrived.shared_grants,
                              logs().GrantsAt(node, placed.stream, arrived.forked->seq - 1));
    }
    storage::WriteBatch rows = RowsOf(now, segment, checked.fresh, arrived, arrival);
    hybrid_.Observe({checked.fresh.back().entry.header.hybrid_time}, now.wall);
    KEPING_RETURN_IF_ERROR(result.branched || follows
                               ? StoreJudged(now, arrived, rows)
                               : StoreToJudge(checked.fresh, arrived, std::move(rows)));
    if (arrival == Arrival::kByWire) contacts_[node] = now.wall;
    result.new_entries = checked.fresh.size();
    KEPING_RETURN_IF_ERROR(HearFrom(now, node));
  }
  if (checked.verdict == SegmentVerdict::kAlreadyHeld) {
    // Not more than its sender has: of a forked log the stream may go on in another way.
    result.held = {segment.first_seq + segment.entries.size() - 1,
                   domain::HashEntryBytes(segment.entries.back())};
  } else if (logs().Stream(node, arrived.incarnation) != nullptr) {
    result.held = logs().End(node, arrived.incarnation);
  }
  return result;
}

absl::StatusOr<SegmentResult> CentralNode::Ingest(const time::Moment& now, const NodeId& node,
                                                  const sync::Segment& segment,
                                                  const crypto::Verifier& verifier,
                                                  Arrival arrival) {
  KEPING_ASSIGN_OR_RETURN(SegmentResult result, Take(now, node, segment, verifier, arrival));
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  return result;
}

storage::WriteBatch CentralNode::RowsOf(const time::Moment& now, const sync::Segment& segment,
                                        const std::vector<FreshEntry>& entries,
                                        const EntriesArrived& arrived, Arrival arrival) const {
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
  return raw;
}

absl::Status CentralNode::StoreJudged(const time::Moment& now, const EntriesArrived& arrived,
                                      const storage::WriteBatch& rows) {
  const bool unheard = !resident_.centre.unheard.empty();
  KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive, arrived, rows).status());
  return unheard ? GrantAllWaiting(now) : absl::OkStatus();
}

absl::Status CentralNode::StoreToJudge(const std::vector<FreshEntry>& entries,
                                       const EntriesArrived& arrived, storage::WriteBatch rows) {
  WaitingRun run{.node = arrived.node,
                 .stream = arrived.incarnation,
                 .first_seq = entries.front().entry.header.seq,
                 .end = {entries.back().entry.header.seq, entries.back().hash}};
  waiting_.Stage(run, rows);
  if (absl::Status written = store_->Write(rows, storage::Durability::kSynced); !written.ok()) {
    return Broken(std::move(written));
  }
  waiting_.Add(std::move(run));
  return absl::OkStatus();
}

absl::Status CentralNode::ReadWaiting(const WaitingRun& run, EntriesArrived& arrived) const {
  const auto key = [&run](uint64_t seq) {
    return storage::NodeEntryKey(run.node.value(), run.stream.value(), seq);
  };
  const size_t before = arrived.entries.size();
  absl::Status status;
  KEPING_RETURN_IF_ERROR(store_->Scan(
      key(run.first_seq), key(run.end.seq + 1), [&](absl::string_view, absl::string_view bytes) {
        absl::StatusOr<ArrivedEntry> entry = ReadArrivedEntry(bytes);
        status = entry.status();
        if (!status.ok()) return false;
        entry->ref.incarnation = run.stream;
        arrived.entries.push_back(*std::move(entry));
        return true;
      }));
  const bool whole = status.ok() &&
                     arrived.entries.size() - before == run.end.seq + 1 - run.first_seq &&
                     arrived.entries.back().ref.id == run.end.hash;
  return whole ? absl::OkStatus() : NotAsReceipted(run);
}

absl::Status CentralNode::JudgeNext(const time::Moment& now) {
  if (broken_) return storage::ReopenNeeded();
  if (waiting_.empty()) return absl::OkStatus();
  const WaitingRun first = *waiting_.At(0);
  const StreamHead* const judged = logs().Stream(first.node, first.stream);
  if (judged == nullptr || first.first_seq != judged->seq + 1) {
    return Broken(NotAsReceipted(first));
  }
  EntriesArrived arrived{.node = first.node, .incarnation = first.stream, .entries = {}};
  size_t runs = 0;
  for (const WaitingRun* run = &first; run != nullptr && GoesOn(arrived, *run);
       run = waiting_.At(runs)) {
    if (absl::Status read = ReadWaiting(*run, arrived); !read.ok()) return Broken(std::move(read));
    ++runs;
  }
  storage::WriteBatch done;
  waiting_.StageRemoval(runs, done);
  const bool unheard = !resident_.centre.unheard.empty();
  KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive, arrived, done).status());
  waiting_.Remove(runs);
  return unheard ? GrantAllWaiting(now) : absl::OkStatus();
}

absl::Status CentralNode::JudgeAll(const time::Moment& now) {
  while (!waiting_.empty()) KEPING_RETURN_IF_ERROR(JudgeNext(now));
  return absl::OkStatus();
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

absl::Status CentralNode::NoteGap(const time::Moment& now, const NodeId& node,
                                  const sync::Segment& segment) {
  const uint64_t seq = segment.first_seq + segment.entries.size() - 1;
  if (MissingOf(resident_.nodes.at(node), segment.incarnation).reached_seq >= seq) {
    return absl::OkStatus();
  }
  const std::optional<Ended> end = ended(node, segment.incarnation);
  return Commit(now, Mode::kLive,
                GapFound{{.node = node,
                          .incarnation = segment.incarnation,
                          .held_seq = end.has_value() ? end->taken.seq
                                                      : logs().End(node, segment.incarnation).seq,
                          .first_seq = segment.first_seq,
                          .seq = seq,
                          .hash = domain::HashEntryBytes(segment.entries.back())}},
                {})
      .status();
}

std::optional<sync::Head> CentralNode::held(const NodeId& node,
                                            const IncarnationId& incarnation) const {
  if (logs().Stream(node, incarnation) == nullptr) return std::nullopt;
  return logs().End(node, incarnation);
}

}  // namespace keping::central
