// Frames byte for byte as each released protocol writes them. An office that was not updated for
// a year still speaks them, and its facts must arrive: a row is never changed, a new protocol adds
// rows.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "common/domain/entry.h"
#include "common/wire/frame_codec.h"
#include "common/wire/session_codec.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace s = ::keping::sync;
namespace pb = ::keping::sync::v1;

const d::NodeId kNode = d::NodeId::Of("susut");
const d::IncarnationId kIncarnation = d::IncarnationId::Of("inc-1");

s::Hello HelloOf(uint32_t protocol) {
  return {.node = kNode,
          .incarnation = kIncarnation,
          .head = {2, crypto::Sha256({"head"})},
          .feed_position = 8,
          .feed_state = crypto::Sha256({"feed"}),
          .generation = d::GenerationId::Of("g1"),
          .protocol_min = 1,
          .protocol_max = protocol,
          .software_version = "0.1.0"};
}

s::Welcome WelcomeOf(uint32_t protocol) {
  return {.held = {0, {}},
          .generation = d::GenerationId::Of("g1"),
          .generation_order = 2,
          .protocol = protocol,
          .feed_from = 3,
          .centre_time = absl::FromUnixMicros(1493251200000001)};
}

std::string EntryBytes() {
  d::Entry entry;
  entry.header = {.node = kNode,
                  .incarnation = kIncarnation,
                  .seq = 1,
                  .previous = {},
                  .hybrid_time = 1493251200000 << 16,
                  .boot_id = "boot-1",
                  .monotonic_micros = 20'000'123,
                  .wall_micros = 1493251200000007,
                  .type = 5};
  entry.payload = "0123456789abcdef0123456789abcdef";
  return d::EncodeEntry(entry);
}

const std::string kSignature(64, '\xfe');

s::Segment SegmentFrame() {
  return {.incarnation = kIncarnation,
          .first_seq = 1,
          .entries = {EntryBytes()},
          .signature = kSignature};
}

s::Receipt ReceiptFrame() {
  return {.node = kNode,
          .incarnation = kIncarnation,
          .head = {1, d::HashEntryBytes(EntryBytes())},
          .generation = d::GenerationId::Of("g1"),
          .centre_time = absl::FromUnixMicros(1493251200000009),
          .signature = kSignature};
}

s::FeedBatch BatchFrame() {
  return {.from = 3,
          .to = 5,
          .items = {"one", "two"},
          .at_head = true,
          .state = crypto::Sha256({"state"}),
          .signature = kSignature};
}

struct Released {
  const char* hello;
  const char* welcome;
  const char* segment;
  const char* receipt;
  const char* batch;
  const char* ack;
  const char* problem;
};

//   protocol 1 is that of 0.1.0
constexpr Released kReleased[] = {
    {.hello = "0a650a0573757375741205696e632d31180222209f2e6d33a3717ee826353a404ba4618d1aeeb6"
              "879ad7936bce8ed5f46814924d28083220c8bc2586cdd87cd6f970fc4262c4bbc4916581178882"
              "5fbc1ba3366bfde454133a026731400148015205302e312e30",
     .welcome = "0a131a0267312002280130033881c0d89aaac3d302",
     .segment = "12c9010a05696e632d3110011a7c0105737573757405696e632d31000000000000000100000000"
                "00000000000000000000000000000000000000000000000000000000015bacb51400000006626f"
                "6f742d310000000001312d7b00054e1aa356200700000005000000203031323334353637383961"
                "6263646566303132333435363738396162636465662240fefefefefefefefefefefefefefefefe"
                "fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefe"
                "fefefefefefefefefe",
     .receipt = "1281010a0573757375741205696e632d3118012220d4953b172c5a3d04f1c8a1bed878d0cd866f"
                "8ad252a741699616550c6ed2645e2a0267313240fefefefefefefefefefefefefefefefefefefe"
                "fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefe"
                "fefefefefefe3889c0d89aaac3d302",
     .batch = "1a74080310051a036f6e651a0374776f20012a204ba69735ca53765ed6a709edb56c6ea236b719"
              "3a3b29a6b390c346f0f4340e4e3240fefefefefefefefefefefefefefefefefefefefefefefefe"
              "fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefe"
              "fe",
     .ack = "1a020805",
     .problem = "220c08031208676f742074686174"},
    {.hello = "0a650a0573757375741205696e632d31180222209f2e6d33a3717ee826353a404ba4618d1aeeb6"
              "879ad7936bce8ed5f46814924d28083220c8bc2586cdd87cd6f970fc4262c4bbc4916581178882"
              "5fbc1ba3366bfde454133a026731400148025205302e312e30",
     .welcome = "0a131a0267312002280230033881c0d89aaac3d302",
     .segment = "126f2240fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefe"
                "fefefefefefefefefefefefefefefefefefefefefefefefefefefefefea2012a0007626f6f742d"
                "31f6b5891398caa7a2d486a705000500100123456789abcdef0123456789abcdef0000",
     .receipt = "124d18013240fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefe"
                "fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefe3889c0d89aaac3d3"
                "02",
     .batch = "1a780803100520012a204ba69735ca53765ed6a709edb56c6ea236b7193a3b29a6b390c346f0f4"
              "340e4e3240fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefe"
              "fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefea2010b001a036f6e65"
              "1a0374776f",
     .ack = "1a020805",
     .problem = "220c08031208676f742074686174"},
};

// What the node makes of bytes, or the centre, as the bytes of protocol 1: equal frames are equal
// bytes there.
template <typename Codec, typename Proto>
std::string Understood(Codec& codec, const char* hex) {
  Proto proto;
  EXPECT_TRUE(proto.ParseFromString(absl::HexStringToBytes(hex)));
  const auto frame = codec.Decode(proto);
  EXPECT_TRUE(frame.ok()) << frame.status();
  if (!frame.ok()) return "";
  Proto whole;
  EncodeFrame(*frame, &whole);
  return absl::BytesToHexString(whole.SerializeAsString());
}

template <typename Proto, typename Frame>
std::string Hex(const Frame& frame) {
  Proto proto;
  EncodeFrame(frame, &proto);
  return absl::BytesToHexString(proto.SerializeAsString());
}

class ReleasedFramesTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  const Released& released() const { return kReleased[GetParam() - 1]; }
  std::string AtCentre(const char* hex) {
    return Understood<CentreSessionCodec, pb::SessionRequest>(centre_, hex);
  }
  std::string AtNode(const char* hex) {
    return Understood<NodeSessionCodec, pb::SessionResponse>(node_, hex);
  }

  NodeSessionCodec node_;
  CentreSessionCodec centre_;
};

TEST_P(ReleasedFramesTest, CentreUnderstandsTheNode) {
  using Request = pb::SessionRequest;
  EXPECT_EQ(AtCentre(released().hello), Hex<Request>(s::NodeFrame(HelloOf(GetParam()))));
  pb::SessionResponse welcome;
  centre_.Encode(WelcomeOf(GetParam()), &welcome);
  EXPECT_EQ(AtCentre(released().segment), Hex<Request>(s::NodeFrame(SegmentFrame())));
  EXPECT_EQ(AtCentre(released().ack), Hex<Request>(s::NodeFrame(s::FeedAck{5})));
}

TEST_P(ReleasedFramesTest, NodeUnderstandsTheCentre) {
  using Response = pb::SessionResponse;
  pb::SessionRequest sent;
  node_.Encode(HelloOf(GetParam()), &sent);
  EXPECT_EQ(AtNode(released().welcome), Hex<Response>(s::CentreFrame(WelcomeOf(GetParam()))));
  node_.Encode(SegmentFrame(), &sent);
  EXPECT_EQ(AtNode(released().receipt), Hex<Response>(s::CentreFrame(ReceiptFrame())));
  EXPECT_EQ(AtNode(released().batch), Hex<Response>(s::CentreFrame(BatchFrame())));
  const s::Problem problem{s::ProblemKind::kBadSegment, "got that"};
  EXPECT_EQ(AtNode(released().problem), Hex<Response>(s::CentreFrame(problem)));
}

INSTANTIATE_TEST_SUITE_P(Protocols, ReleasedFramesTest, ::testing::Values(1, 2));

}  // namespace
}  // namespace keping::wire
