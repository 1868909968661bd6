#include "common/wire/session_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/domain/entry.h"
#include "common/wire/frame_codec.h"
#include "common/wire/zstd.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::wire {
namespace {

using ::testing::HasSubstr;
namespace d = ::keping::domain;
namespace s = ::keping::sync;
namespace pb = ::keping::sync::v1;

const d::NodeId kNode = d::NodeId::Of("susut");
const d::IncarnationId kIncarnation = d::IncarnationId::Of("inc-1");

// A log that grows entry by entry, as a node writes it.
class Log {
 public:
  s::Segment Segment(size_t count) {
    s::Segment segment{.incarnation = kIncarnation,
                       .first_seq = head_.seq + 1,
                       .entries = {},
                       .signature = std::string(64, '\xfe')};
    for (size_t i = 0; i < count; ++i) segment.entries.push_back(Next());
    return segment;
  }

  const s::Head& head() const { return head_; }

 private:
  std::string Next() {
    d::Entry entry;
    entry.header = {.node = kNode,
                    .incarnation = kIncarnation,
                    .seq = head_.seq + 1,
                    .previous = head_.hash,
                    .hybrid_time = (1493251200000 + head_.seq * 20'000) << 16,
                    .boot_id = "5c1b1b0c-5d4e-4b43-8a7e-000000000001",
                    .monotonic_micros = static_cast<int64_t>(head_.seq * 20'000'123),
                    .wall_micros = 1493251200000000 + static_cast<int64_t>(head_.seq * 20'000'125),
                    .type = 5};
    const std::string act = crypto::Sha256({absl::StrCat(head_.seq)}).ShortHex();
    entry.payload = absl::StrCat("act ", act, act, " of operator ayu at printer p1");
    std::string bytes = d::EncodeEntry(entry);
    head_ = {entry.header.seq, d::HashEntryBytes(bytes)};
    return bytes;
  }

  s::Head head_;
};

// Both ends of one session and what crossed between them.
class Session {
 public:
  explicit Session(uint32_t protocol, const s::Head& held = {},
                   const std::optional<s::Head>& common = {}) {
    Up(s::Hello{.node = kNode,
                .incarnation = kIncarnation,
                .head = held,
                .feed_position = 0,
                .feed_state = {},
                .generation = {},
                .protocol_min = 1,
                .protocol_max = protocol,
                .software_version = "test"});
    const auto problem = s::Problem{s::ProblemKind::kFork, "goes on twice"};
    Down(s::Welcome{.held = held,
                    .common = common.value_or(held),
                    .problem = common.has_value() ? std::optional(problem) : std::nullopt,
                    .generation = d::GenerationId::Of("g1"),
                    .generation_order = 1,
                    .protocol = protocol,
                    .feed_from = 0,
                    .centre_time = absl::FromUnixSeconds(1493251200)});
  }

  template <typename Frame>
  Frame Up(const Frame& frame) {
    pb::SessionRequest proto;
    node.Encode(frame, &proto);
    bytes = proto.SerializeAsString();
    EXPECT_TRUE(proto.ParseFromString(bytes));
    const auto decoded = centre.Decode(proto);
    EXPECT_TRUE(decoded.ok()) << decoded.status();
    return std::get<Frame>(*decoded);
  }

  template <typename Frame>
  Frame Down(const Frame& frame) {
    pb::SessionResponse proto;
    centre.Encode(frame, &proto);
    bytes = proto.SerializeAsString();
    EXPECT_TRUE(proto.ParseFromString(bytes));
    const auto decoded = node.Decode(proto);
    EXPECT_TRUE(decoded.ok()) << decoded.status();
    return std::get<Frame>(*decoded);
  }

  NodeSessionCodec node;
  CentreSessionCodec centre;
  std::string bytes;  // of the frame that crossed last
};

s::Receipt ReceiptAt(const s::Head& head) {
  return {.node = kNode,
          .incarnation = kIncarnation,
          .head = head,
          .generation = d::GenerationId::Of("g1"),
          .centre_time = absl::FromUnixMicros(1493251200000001),
          .signature = std::string(64, '\xfd')};
}

void ExpectSame(const s::Segment& got, const s::Segment& want) {
  EXPECT_EQ(got.incarnation, want.incarnation);
  EXPECT_EQ(got.first_seq, want.first_seq);
  EXPECT_EQ(got.entries, want.entries);
  EXPECT_EQ(got.signature, want.signature);
}

TEST(SessionCodecTest, SegmentsComeBackByteForByteAndShort) {
  Log log;
  Session session(2);
  size_t whole = 0;
  for (size_t count : {1, 3, 1, 200, 1}) {
    const s::Segment segment = log.Segment(count);
    ExpectSame(session.Up(segment), segment);
    whole = segment.entries[0].size();
  }
  // The last one alone, signature and all.
  EXPECT_LT(session.bytes.size(), 64 + 40);
  EXPECT_GT(whole, 150u);
}

TEST(SessionCodecTest, SegmentsGoOnWhereTheWelcomeSaysTheCentreIs) {
  Log log;
  log.Segment(9);
  Session session(2, log.head());
  const s::Segment segment = log.Segment(2);
  ExpectSame(session.Up(segment), segment);
  EXPECT_LT(session.bytes.size(), 64 + segment.entries[0].size());
}

TEST(SessionCodecTest, WhatDoesNotGoOnTravelsAsItIs) {
  Log log;
  const s::Segment first = log.Segment(1);
  Session session(2);
  const s::Segment gap = log.Segment(2);
  ExpectSame(session.Up(gap), gap);
  EXPECT_GT(session.bytes.size(), gap.entries[0].size());
  s::Segment strange = first;
  strange.entries = {"not of this grammar"};
  ExpectSame(session.Up(strange), strange);
  // What goes on from there is short again.
  const s::Segment next = log.Segment(1);
  ExpectSame(session.Up(next), next);
  EXPECT_LT(session.bytes.size(), 64 + next.entries[0].size() / 2);
  session.Down(ReceiptAt(log.head()));
  EXPECT_LT(session.bytes.size(), 64 + 20);
}

TEST(SessionCodecTest, ALogThatPartedGoesOnWhereBothAgree) {
  Log log;
  log.Segment(9);
  const s::Head common = log.head();
  Session session(2, {12, crypto::Sha256({"another"})}, common);
  const s::Segment segment = log.Segment(2);
  ExpectSame(session.Up(segment), segment);
  EXPECT_LT(session.bytes.size(), 64 + segment.entries[0].size());
}

TEST(SessionCodecTest, ATailTravelsAfterItsFirstEntryInShort) {
  Log log;
  log.Segment(3);
  Session session(2);
  for (size_t count : {1, 2, 200}) {
    const s::Segment lost = log.Segment(count);
    ExpectSame(session.Down(s::LogTail{lost}).segment, lost);
    EXPECT_LE(session.bytes.size(), 64 + 90 + 80 + count * lost.entries[0].size() / 3) << count;
  }
  const s::Segment whole = log.Segment(2);
  Session old(1);
  ExpectSame(old.Down(s::LogTail{whole}).segment, whole);
}

TEST(SessionCodecTest, ReceiptsLeaveOutWhatTheSessionKnows) {
  Log log;
  Session session(2);
  session.Up(log.Segment(3));
  const s::Head middle = log.head();
  session.Up(log.Segment(2));
  for (const s::Head& head : {middle, middle, log.head()}) {
    const s::Receipt back = session.Down(ReceiptAt(head));
    EXPECT_EQ(s::ReceiptStatement(back), s::ReceiptStatement(ReceiptAt(head)));
    EXPECT_LT(session.bytes.size(), 64 + 20);
  }
}

TEST(SessionCodecTest, ReceiptOfAnotherHeadOrGenerationIsWhole) {
  Log log;
  Session session(2);
  session.Up(log.Segment(3));
  s::Receipt other = ReceiptAt({2, crypto::Sha256({"another"})});
  EXPECT_EQ(s::ReceiptStatement(session.Down(other)), s::ReceiptStatement(other));
  other = ReceiptAt(log.head());
  other.generation = d::GenerationId::Of("g2");
  EXPECT_EQ(s::ReceiptStatement(session.Down(other)), s::ReceiptStatement(other));
}

TEST(SessionCodecTest, BatchesComeBackPacked) {
  Session session(2);
  const s::FeedBatch batch{.from = 3,
                           .to = 5,
                           .items = {std::string(5000, 'a'), "", "two"},
                           .at_head = true,
                           .state = crypto::Sha256({"state"}),
                           .signature = std::string(64, '\xfe')};
  const s::FeedBatch back = session.Down(batch);
  EXPECT_EQ(back.items, batch.items);
  EXPECT_EQ(s::BatchStatement(kNode, back), s::BatchStatement(kNode, batch));
  EXPECT_LT(session.bytes.size(), 250u);
}

TEST(SessionCodecTest, ProtocolOneTravelsAsBefore) {
  Log log;
  Session session(1);
  const s::Segment segment = log.Segment(2);
  ExpectSame(session.Up(segment), segment);
  pb::SessionRequest plain;
  EncodeFrame(s::NodeFrame(segment), &plain);
  EXPECT_EQ(session.bytes, plain.SerializeAsString());
  session.Down(ReceiptAt(log.head()));
  pb::SessionResponse receipt;
  EncodeFrame(s::CentreFrame(ReceiptAt(log.head())), &receipt);
  EXPECT_EQ(session.bytes, receipt.SerializeAsString());
}

TEST(SessionCodecTest, ShortFormsAreRefusedBeforeTheyAreAgreedOn) {
  pb::SessionRequest segment;
  segment.mutable_segment()->set_packed_entries(Pack("x", ""));
  CentreSessionCodec centre;
  EXPECT_THAT(std::string(centre.Decode(segment).status().message()), HasSubstr("agreed on"));
  pb::SessionResponse receipt;
  receipt.mutable_receipt()->set_seq(1);
  NodeSessionCodec node;
  EXPECT_THAT(std::string(node.Decode(receipt).status().message()), HasSubstr("agreed on"));
  pb::SessionResponse batch;
  batch.mutable_feed_batch()->set_packed_items(Pack("", ""));
  EXPECT_FALSE(node.Decode(batch).ok());
  pb::SessionResponse tail;
  tail.mutable_log_tail()->mutable_segment()->set_packed_entries(Pack("x", ""));
  EXPECT_THAT(std::string(node.Decode(tail).status().message()), HasSubstr("agreed on"));
}

TEST(SessionCodecTest, ReceiptForNoSegmentOfTheSessionIsRefused) {
  Session session(2);
  pb::SessionResponse receipt;
  receipt.mutable_receipt()->set_seq(7);
  EXPECT_THAT(std::string(session.node.Decode(receipt).status().message()),
              HasSubstr("got one up to 7 without a hash"));
}

TEST(SessionCodecTest, HostileSegmentsCostNoMemory) {
  // Three megabytes of zeros in a few bytes; and entries that claim to be long.
  for (const std::string& compact :
       {std::string(3'000'000, '\0'), std::string("\0\0\0\0\5\xff\xff", 7)}) {
    Session session(2);
    pb::SessionRequest request;
    request.mutable_segment()->set_packed_entries(Pack(compact, ""));
    EXPECT_EQ(session.centre.Decode(request).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(SessionCodecTest, MoreEntriesThanASegmentHoldsAreRefused) {
  Log log;
  Session session(2);
  pb::SessionRequest request;
  session.node.Encode(log.Segment(s::kMaxSegmentEntries + 1), &request);
  EXPECT_THAT(std::string(session.centre.Decode(request).status().message()),
              HasSubstr("an entry 1025 that cannot be read"));
}

}  // namespace
}  // namespace keping::wire
