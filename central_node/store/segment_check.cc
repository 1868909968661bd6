#include "central_node/store/segment_check.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/input_keys.h"
#include "common/base/status_macros.h"
#include "common/wire/event_codec.h"

namespace keping::central {
namespace {

CheckedSegment Refuse(SegmentVerdict verdict, std::string detail) {
  return {.verdict = verdict, .fresh = {}, .detail = std::move(detail)};
}

// Parses the entries and follows the chain between them; what does not fit is told in `problem`.
std::vector<FreshEntry> ReadChain(const domain::NodeId& node, const sync::Segment& segment,
                                  std::string& problem) {
  std::vector<FreshEntry> chain;
  for (const std::string& bytes : segment.entries) {
    absl::StatusOr<domain::Entry> entry = domain::ParseEntry(bytes);
    if (!entry.ok()) {
      problem = std::string(entry.status().message());
      return chain;
    }
    const domain::EntryHeader& header = entry->header;
    const uint64_t want = segment.first_seq + chain.size();
    if (header.node != node || header.incarnation != segment.incarnation || header.seq != want) {
      problem = absl::StrCat("got entry ", header.seq, " of ", header.node.value(), "/",
                             header.incarnation.value(), ", want entry ", want, " of ",
                             node.value(), "/", segment.incarnation.value());
      return chain;
    }
    const bool first_ever = want == 1;
    if (!chain.empty() ? header.previous != chain.back().hash
                       : first_ever && !header.previous.IsZero()) {
      problem = absl::StrCat("entry ", want, " does not name the hash of the entry before it");
      return chain;
    }
    chain.push_back(
        {.entry = *std::move(entry), .hash = domain::HashEntryBytes(bytes), .bytes = bytes});
  }
  return chain;
}

std::string At(const crypto::Hash& got, const crypto::Hash& want, uint64_t seq) {
  return absl::StrCat("got hash ", got.ShortHex(), " at seq ", seq, ", the centre holds ",
                      want.ShortHex());
}

}  // namespace

absl::StatusOr<CheckedSegment> CheckSegment(
    const domain::NodeId& node, const sync::Segment& segment, const StreamHead* stream,
    const crypto::Verifier& verifier,
    absl::FunctionRef<absl::StatusOr<std::string>(uint64_t seq)> stored) {
  if (stream == nullptr || stream->public_key.empty()) {
    return Refuse(SegmentVerdict::kUnknownIncarnation,
                  absl::StrCat("incarnation ", segment.incarnation.value(), " of ", node.value(),
                               " is not enrolled"));
  }
  if (segment.entries.empty() || segment.first_seq == 0) {
    return Refuse(SegmentVerdict::kBadSegment,
                  absl::StrCat("got ", segment.entries.size(), " entries from seq ",
                               segment.first_seq, ", want at least one from seq 1 on"));
  }
  std::string problem;
  std::vector<FreshEntry> chain = ReadChain(node, segment, problem);
  if (!problem.empty()) return Refuse(SegmentVerdict::kBadSegment, std::move(problem));
  const sync::Head head{.seq = chain.back().entry.header.seq, .hash = chain.back().hash};
  if (!verifier.Verify(stream->public_key, sync::HeadStatement(node, segment.incarnation, head),
                       segment.signature)) {
    return Refuse(
        SegmentVerdict::kBadSignature,
        absl::StrCat("the signature of the head at seq ", head.seq, " is not by the enrolled key"));
  }
  if (segment.first_seq > stream->seq + 1) {
    return Refuse(SegmentVerdict::kGap, absl::StrCat("got entries from seq ", segment.first_seq,
                                                     ", want them from seq ", stream->seq + 1));
  }
  // From the entry before the segment on, whatever both sides hold must be the same.
  if (segment.first_seq > 1) {
    crypto::Hash want = stream->hash;
    if (segment.first_seq - 1 < stream->seq) {
      KEPING_ASSIGN_OR_RETURN(const std::string before, stored(segment.first_seq - 1));
      want = domain::HashEntryBytes(before);
    }
    const crypto::Hash& got = chain.front().entry.header.previous;
    if (got != want) {
      return Refuse(SegmentVerdict::kFork, At(got, want, segment.first_seq - 1));
    }
  }
  CheckedSegment checked;
  size_t held = 0;
  for (; held < chain.size() && segment.first_seq + held <= stream->seq; ++held) {
    KEPING_ASSIGN_OR_RETURN(const std::string bytes, stored(segment.first_seq + held));
    if (bytes == chain[held].bytes) continue;
    checked.verdict = SegmentVerdict::kFork;
    checked.held_instead = domain::HashEntryBytes(bytes);
    checked.detail = At(chain[held].hash, checked.held_instead, segment.first_seq + held);
    break;
  }
  if (checked.verdict != SegmentVerdict::kFork && held == chain.size()) {
    checked.verdict = SegmentVerdict::kAlreadyHeld;
  }
  checked.fresh.assign(std::make_move_iterator(chain.begin() + static_cast<ptrdiff_t>(held)),
                       std::make_move_iterator(chain.end()));
  return checked;
}

std::vector<ArrivedEntry> Arrived(const std::vector<FreshEntry>& fresh,
                                  const domain::IncarnationId& stream) {
  std::vector<ArrivedEntry> arrived;
  arrived.reserve(fresh.size());
  for (const FreshEntry& one : fresh) {
    const domain::EntryHeader& header = one.entry.header;
    absl::StatusOr<domain::Event> event = wire::DecodeEvent(header.type, one.entry.payload);
    arrived.push_back(
        {.ref = {.id = one.hash,
                 .node = header.node,
                 .incarnation = stream,
                 .seq = header.seq,
                 .wall_micros = header.wall_micros},
         .event = event.ok() ? std::optional<domain::Event>(*std::move(event)) : std::nullopt});
  }
  return arrived;
}

std::string TooManyBlanks(const EntriesArrived& arrived) {
  const uint64_t blanks = BlanksNamed(arrived);
  if (blanks <= kMaxSegmentBlanks) return std::string();
  return absl::StrCat("got a segment that names ", blanks, " blanks, want at most ",
                      kMaxSegmentBlanks);
}

}  // namespace keping::central
