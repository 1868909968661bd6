// The frames of a sync session, as they come from a peer: bytes, codecs, and the session objects of
// both sides.

#include <limits>
#include <string>
#include <utility>
#include <variant>

#include "common/sync/centre_session.h"
#include "common/sync/edge_session.h"
#include "common/wire/frame_codec.h"
#include "common/wire/session_codec.h"
#include "keping/sync/v1/sync.pb.h"
#include "tests/fuzz/fuzz_input.h"

namespace keping::fuzz {
namespace {

constexpr uint64_t kHead = 40;

// What the frame says in whichever form is left of it after the session's codec.
template <typename Proto, typename Codec>
auto Decode(absl::string_view bytes, Codec& codec) -> decltype(wire::DecodeFrame(Proto())) {
  Proto proto;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError("no such message");
  }
  auto frame = codec.Decode(proto);
  CheckClear(frame.status());
  if (!frame.ok()) return frame;
  Proto same;
  wire::EncodeFrame(*frame, &same);
  const auto again = wire::DecodeFrame(same);
  KEPING_CHECK(again.ok(), "what was decoded can be said again");
  Proto heard;
  KEPING_CHECK(heard.ParseFromString(same.SerializeAsString()), "and be heard");
  Proto fixed;
  wire::EncodeFrame(*again, &fixed);
  KEPING_CHECK(fixed.SerializeAsString() == same.SerializeAsString(), "and is the same");
  return frame;
}

// A node speaks to the centre.
void HearNode(FuzzInput& input) {
  sync::CentreSession session;
  wire::CentreSessionCodec codec;
  const sync::Head held{.seq = 17, .hash = crypto::Sha256({"held"})};
  const sync::FeedHead feed{.position = kHead, .state = crypto::Sha256({"feed"})};
  const sync::Generation generation{domain::GenerationId::Of("g1"), 1};
  while (!input.empty()) {
    const auto frame = Decode<sync::v1::SessionRequest>(input.Chunk(), codec);
    if (!frame.ok()) return;
    if (const auto* hello = std::get_if<sync::Hello>(&*frame)) {
      const auto answer =
          session.OnHello(*hello, {held, held, std::nullopt}, feed, generation, absl::UnixEpoch());
      KEPING_CHECK(
          std::holds_alternative<sync::Welcome>(answer) == session.welcomed() || session.welcomed(),
          "a welcome opens the session");
      if (const auto* welcome = std::get_if<sync::Welcome>(&answer)) {
        sync::v1::SessionResponse said;
        codec.Encode(*welcome, &said);
      }
    } else if (const auto* ack = std::get_if<sync::FeedAck>(&*frame)) {
      session.OnFeedAck(*ack);
    }
    size_t sent = 0;
    while (session.MaySendBatch(kHead)) {
      sync::FeedBatch batch;
      batch.to = session.feed_sent() + 1;
      session.OnBatchSent(batch);
      KEPING_CHECK(++sent <= sync::kBatchWindow, "batches under way are bounded");
    }
  }
}

// The centre speaks to a node.
void HearCentre(FuzzInput& input) {
  sync::EdgeSession session(domain::NodeId::Of("susut"), domain::IncarnationId::Of("susut-1"),
                            "0.1.0");
  wire::NodeSessionCodec codec;
  sync::v1::SessionRequest hello;
  codec.Encode(session.Open({.seq = kHead, .hash = crypto::Sha256({"head"})}, {}, 3, {},
                            domain::GenerationId::Of("g1")),
               &hello);
  while (!input.empty()) {
    const auto frame = Decode<sync::v1::SessionResponse>(input.Chunk(), codec);
    if (!frame.ok()) return;
    if (const auto* welcome = std::get_if<sync::Welcome>(&*frame)) {
      const bool known = welcome->held.seq <= kHead;
      session.OnWelcome(*welcome, known ? welcome->held.hash : crypto::Hash());
    } else if (const auto* receipt = std::get_if<sync::Receipt>(&*frame)) {
      const uint64_t before = session.held_seq();
      if (session.OnReceipt(*receipt).ok()) {
        KEPING_CHECK(session.held_seq() >= before, "what is proven stays proven");
      }
    } else if (const auto* batch = std::get_if<sync::FeedBatch>(&*frame)) {
      CheckClear(session.OnBatch(*batch));
    }
    size_t sent = 0;
    while (const auto from = session.NextSegment(kHead)) {
      KEPING_CHECK(*from <= kHead, "no segment goes beyond the log");
      session.OnSent(*from);
      KEPING_CHECK(++sent <= sync::kSegmentWindow, "segments under way are bounded");
    }
    KEPING_CHECK(!session.welcomed() || session.held_seq() <= kHead,
                 "the centre holds no more than there is");
  }
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  keping::fuzz::FuzzInput input(data, size);
  if (input.Byte() % 2 == 0) {
    keping::fuzz::HearNode(input);
  } else {
    keping::fuzz::HearCentre(input);
  }
  return 0;
}
