#include "central_node/store/node_logs.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "central_node/store/replay.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {

using domain::IncarnationId;
using domain::NodeId;

std::string GoesOnTwice(const NodeId& node, uint64_t first_seq) {
  return absl::StrCat("the log of ", node.value(), " goes on twice from entry ", first_seq,
                      " on: its machine was restored from a copy, or a copy of it runs");
}

uint64_t NodeLogs::ForkedAt(const NodeId& node, const IncarnationId& incarnation) const {
  uint64_t first = 0;
  for (const auto& [name, head] : resident_.nodes.at(node).streams) {
    if (head.branch_of != incarnation) continue;
    first = first == 0 ? head.branch_seq : std::min(first, head.branch_seq);
  }
  return first;
}

const StreamHead* NodeLogs::Stream(const NodeId& node, const IncarnationId& stream) const {
  const auto row = resident_.nodes.find(node);
  if (row == resident_.nodes.end()) return nullptr;
  const auto found = row->second.streams.find(stream);
  if (found == row->second.streams.end() || found->second.public_key.empty()) return nullptr;
  return &found->second;
}

sync::Head NodeLogs::End(const NodeId& node, const IncarnationId& stream) const {
  if (const sync::Head* waits = waiting_.End(node, stream)) return *waits;
  const StreamHead* const head = Stream(node, stream);
  return head == nullptr ? sync::Head() : sync::Head{head->seq, head->hash};
}

absl::StatusOr<std::string> NodeLogs::EntryAt(const NodeId& node, const IncarnationId& stream,
                                              uint64_t seq) const {
  IncarnationId at = stream;
  for (const StreamHead* head = Stream(node, at); head != nullptr && seq < head->branch_seq;
       head = Stream(node, at)) {
    at = head->branch_of;
  }
  KEPING_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                          store_.Get(storage::NodeEntryKey(node.value(), at.value(), seq)));
  if (bytes.has_value()) return *std::move(bytes);
  return absl::DataLossError(
      absl::StrCat("entry ", seq, " of ", node.value(), " is missing: restore the database"));
}

absl::StatusOr<StaleGrants> NodeLogs::GrantsAt(const NodeId& node, const IncarnationId& stream,
                                               uint64_t seq) const {
  StaleGrants grants;
  for (uint64_t at = 1; at <= seq; ++at) {
    KEPING_ASSIGN_OR_RETURN(const std::string bytes, EntryAt(node, stream, at));
    KEPING_ASSIGN_OR_RETURN(const ArrivedEntry entry, ReadArrivedEntry(bytes));
    if (!entry.event.has_value()) continue;
    if (const auto* granted = std::get_if<domain::OverrideGranted>(&*entry.event)) {
      AddStaleGrant(*granted, at, grants);
    } else if (const auto* intent = std::get_if<domain::PrintIntended>(&*entry.event)) {
      NumberStale(*intent, grants);
    }
  }
  return grants;
}

std::vector<IncarnationId> NodeLogs::Family(const NodeId& node,
                                            const IncarnationId& incarnation) const {
  std::vector<IncarnationId> family = {incarnation};
  const auto row = resident_.nodes.find(node);
  if (row == resident_.nodes.end()) return family;
  for (size_t known = 0; known < family.size(); ++known) {
    const IncarnationId parent = family[known];
    for (const auto& [name, head] : row->second.streams) {
      if (head.branch_of == parent) family.push_back(name);
    }
  }
  return family;
}

absl::StatusOr<sync::Head> NodeLogs::LastShared(const sync::Hello& hello,
                                                const IncarnationId& stream) const {
  struct Point {
    uint64_t seq;
    absl::string_view hash_begins;
  };
  std::vector<Point> points = {{hello.head.seq, hello.head.hash.AsBytes()}};
  for (size_t i = 0; i < hello.locator.size(); ++i) {
    const uint64_t distance = sync::LocatorDistance(i);
    if (distance < hello.head.seq) points.push_back({hello.head.seq - distance, hello.locator[i]});
  }
  const uint64_t end = End(hello.node, stream).seq;
  for (const Point& point : points) {
    if (point.seq == 0 || point.seq > end) continue;
    KEPING_ASSIGN_OR_RETURN(const std::string bytes, EntryAt(hello.node, stream, point.seq));
    const crypto::Hash held = domain::HashEntryBytes(bytes);
    if (absl::StartsWith(held.AsBytes(), point.hash_begins)) return sync::Head{point.seq, held};
  }
  return sync::Head();
}

std::optional<sync::Problem> NodeLogs::ProblemOf(const sync::Hello& hello, const LogPlace& place,
                                                 bool on_branch) const {
  const StreamHead& stream = *Stream(hello.node, hello.incarnation);
  const IncarnationId& active = resident_.nodes.at(hello.node).active;
  if (hello.incarnation != active) {
    return sync::Problem{sync::ProblemKind::kSuperseded,
                         absl::StrCat("got incarnation ", hello.incarnation.value(), " of ",
                                      hello.node.value(), ", want ", active.value(),
                                      ", which was enrolled after it: another machine took over")};
  }
  const bool parted = place.common.seq < std::min(hello.head.seq, place.held.seq) &&
                      hello.head.seq <= place.held.seq;
  if (on_branch || parted || !stream.forks.empty()) {
    const uint64_t known = ForkedAt(hello.node, hello.incarnation);
    return sync::Problem{sync::ProblemKind::kFork,
                         GoesOnTwice(hello.node, known > 0 ? known : place.common.seq + 1)};
  }
  if (hello.head.seq < place.held.seq || !stream.rollbacks.empty()) {
    return sync::Problem{
        sync::ProblemKind::kRollback,
        absl::StrCat("got a log that ends at ", hello.head.seq, ", the centre holds it up to ",
                     place.held.seq, ": the machine was set back")};
  }
  return std::nullopt;
}

absl::StatusOr<LogPlace> NodeLogs::Find(const sync::Hello& hello) const {
  if (Stream(hello.node, hello.incarnation) == nullptr) {
    return absl::NotFoundError(absl::StrCat("got incarnation ", hello.incarnation.value(), " of ",
                                            hello.node.value(),
                                            ", want an enrolled one; enrol the node"));
  }
  LogPlace best;
  bool on_branch = false;
  for (const IncarnationId& name : Family(hello.node, hello.incarnation)) {
    KEPING_ASSIGN_OR_RETURN(const sync::Head shared, LastShared(hello, name));
    const bool first = name == hello.incarnation;
    if (!first && shared.seq <= best.common.seq) continue;
    best = {.held = End(hello.node, name), .common = shared, .problem = {}};
    on_branch = !first;
  }
  best.problem = ProblemOf(hello, best, on_branch);
  return best;
}

absl::StatusOr<PlacedSegment> NodeLogs::Place(const NodeId& node, const sync::Segment& segment,
                                              const crypto::Verifier& verifier) const {
  std::optional<PlacedSegment> best;
  for (const IncarnationId& name : Family(node, segment.incarnation)) {
    std::optional<StreamHead> held;
    if (const StreamHead* judged = Stream(node, name)) {
      const sync::Head end = End(node, name);
      held = *judged;
      held->seq = end.seq;
      held->hash = end.hash;
    }
    KEPING_ASSIGN_OR_RETURN(CheckedSegment checked,
                            CheckSegment(node, segment, held ? &*held : nullptr, verifier,
                                         [&](uint64_t seq) { return EntryAt(node, name, seq); }));
    const SegmentVerdict verdict = checked.verdict;
    PlacedSegment placed{.stream = name, .checked = std::move(checked)};
    if (verdict == SegmentVerdict::kAccepted || verdict == SegmentVerdict::kAlreadyHeld) {
      return placed;
    }
    // The fork that shares most is the one that it leaves.
    const bool forks = !placed.checked.fresh.empty();
    if (!best || (forks && (best->checked.fresh.empty() ||
                            placed.checked.fresh.size() < best->checked.fresh.size()))) {
      best = std::move(placed);
    }
  }
  return *std::move(best);
}

absl::StatusOr<sync::Segment> NodeLogs::ReadSegment(const NodeId& node, const IncarnationId& stream,
                                                    uint64_t first_seq) const {
  const sync::Head end = End(node, stream);
  if (first_seq == 0 || first_seq > end.seq) {
    return absl::NotFoundError(absl::StrCat("got a question for entry ", first_seq, " of ",
                                            node.value(), ", want one up to ", end.seq));
  }
  sync::Segment segment{
      .incarnation = stream, .first_seq = first_seq, .entries = {}, .signature = {}};
  uint64_t last = 0;
  const std::string from = storage::NodeSignedHeadKey(node.value(), stream.value(), first_seq);
  const std::string to = storage::NodeSignedHeadKey(node.value(), stream.value(), end.seq + 1);
  absl::Status status;
  KEPING_RETURN_IF_ERROR(
      store_.Scan(from, to, [&](absl::string_view key, absl::string_view signature) {
        const absl::StatusOr<uint64_t> seq = storage::ReadBigEndian64(key, key.size() - 8);
        status = seq.status();
        if (seq.ok()) last = *seq;
        segment.signature = std::string(signature);
        return false;
      }));
  KEPING_RETURN_IF_ERROR(status);
  if (last == 0) {
    return absl::DataLossError(absl::StrCat("the signature over entry ", first_seq, " of ",
                                            node.value(), " is missing: restore the database"));
  }
  for (uint64_t seq = first_seq; seq <= last; ++seq) {
    KEPING_ASSIGN_OR_RETURN(std::string bytes, EntryAt(node, stream, seq));
    segment.entries.push_back(std::move(bytes));
  }
  return segment;
}

}  // namespace keping::central
