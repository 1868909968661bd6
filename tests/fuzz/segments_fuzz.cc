// Segments of a node's log as the centre checks them: as they came, or with the chain mended so
// that the checks behind it are reached.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/store/segment_check.h"
#include "common/wire/event_codec.h"
#include "common/wire/frame_codec.h"
#include "keping/sync/v1/sync.pb.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/node_log.h"

namespace keping::fuzz {
namespace {

using central::SegmentVerdict;
using testing::NodeLog;

constexpr size_t kHeld = 5;

// What the centre holds, and a few entries more that it does not.
const NodeLog& Log() {
  static const NodeLog* const log = [] {
    auto* made = new NodeLog("susut", "susut-1");
    for (size_t i = 0; i < 2 * kHeld; ++i) made->AddRaw(7, absl::StrCat("payload ", i));
    return made;
  }();
  return *log;
}

// Believes every signature: what lies behind a hostile node's valid key is looked at, too.
class Credulous : public crypto::Verifier {
 public:
  bool Verify(absl::string_view, absl::string_view, absl::string_view) const override {
    return true;
  }
};

// The entries that parse, put in a row after the entry before the segment.
void MendChain(sync::Segment& segment) {
  segment.incarnation = Log().incarnation();
  segment.first_seq = segment.first_seq % (kHeld + 2) + 1;
  crypto::Hash previous;
  if (segment.first_seq > 1) {
    previous = domain::HashEntryBytes(Log().entries()[segment.first_seq - 2]);
  }
  uint64_t seq = segment.first_seq;
  for (std::string& bytes : segment.entries) {
    auto entry = domain::ParseEntry(bytes);
    if (!entry.ok()) continue;
    entry->header.node = Log().node();
    entry->header.incarnation = Log().incarnation();
    entry->header.seq = seq++;
    entry->header.previous = previous;
    bytes = domain::EncodeEntry(*entry);
    previous = domain::HashEntryBytes(bytes);
  }
}

void Check(const sync::Segment& segment, const crypto::Verifier& verifier) {
  const central::StreamHead stream{.public_key = Log().public_key(),
                                   .seq = kHeld,
                                   .hash = domain::HashEntryBytes(Log().entries()[kHeld - 1])};
  const auto checked = central::CheckSegment(
      Log().node(), segment, &stream, verifier, [](uint64_t seq) -> absl::StatusOr<std::string> {
        KEPING_CHECK(seq >= 1 && seq <= kHeld, "only what is held is read");
        return Log().entries()[seq - 1];
      });
  KEPING_CHECK(checked.ok(), "a segment is judged, whatever it holds");
  CheckClear(absl::InvalidArgumentError(absl::StrCat("refused: ", checked->detail)));
  const bool forks = checked->verdict == SegmentVerdict::kFork && !checked->held_instead.IsZero();
  KEPING_CHECK(checked->fresh.empty() == (checked->verdict != SegmentVerdict::kAccepted && !forks),
               "entries are taken if and only if the segment is accepted, or a branch");
  uint64_t want = forks ? checked->fresh.front().entry.header.seq : kHeld + 1;
  KEPING_CHECK(!forks || want <= kHeld, "a branch leaves what is held");
  for (const central::FreshEntry& fresh : checked->fresh) {
    KEPING_CHECK(fresh.entry.header.seq == want++, "what is new follows what is held");
    CheckClear(wire::DecodeEvent(fresh.entry.header.type, fresh.entry.payload).status());
  }
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  keping::fuzz::FuzzInput input(data, size);
  const uint8_t mode = input.Byte();
  const absl::string_view bytes = input.Rest();
  keping::sync::v1::SessionRequest request;
  if (!request.mutable_segment()->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return 0;
  }
  const auto frame = keping::wire::DecodeFrame(request);
  if (!frame.ok()) return 0;
  auto segment = std::get<keping::sync::Segment>(*frame);
  if (mode % 2 == 1) keping::fuzz::MendChain(segment);
  keping::fuzz::Check(segment, keping::fuzz::Log().verifier());
  keping::fuzz::Check(segment, keping::fuzz::Credulous());
  return 0;
}
