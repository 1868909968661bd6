#include "common/wire/frame_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/domain/entry.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::wire {
namespace {

using ::testing::HasSubstr;
namespace d = ::keping::domain;
namespace s = ::keping::sync;
namespace pb = ::keping::sync::v1;

crypto::Hash HashOf(const char* text) { return crypto::Sha256({text}); }

s::Receipt SomeReceipt() {
  return {.node = d::NodeId::Of("susut"),
          .incarnation = d::IncarnationId::Of("inc-1"),
          .head = {7, HashOf("head")},
          .generation = d::GenerationId::Of("g1"),
          .centre_time = absl::FromUnixMicros(1493251200000001),
          .signature = std::string(64, '\xfe')};
}

template <typename Frame>
Frame ThroughNode(const Frame& frame) {
  pb::SessionRequest proto;
  EncodeFrame(s::NodeFrame(frame), &proto);
  pb::SessionRequest parsed;
  EXPECT_TRUE(parsed.ParseFromString(proto.SerializeAsString()));
  const auto decoded = DecodeFrame(parsed);
  EXPECT_TRUE(decoded.ok()) << decoded.status();
  return std::get<Frame>(*decoded);
}

template <typename Frame>
Frame ThroughCentre(const Frame& frame) {
  pb::SessionResponse proto;
  EncodeFrame(s::CentreFrame(frame), &proto);
  pb::SessionResponse parsed;
  EXPECT_TRUE(parsed.ParseFromString(proto.SerializeAsString()));
  const auto decoded = DecodeFrame(parsed);
  EXPECT_TRUE(decoded.ok()) << decoded.status();
  return std::get<Frame>(*decoded);
}

TEST(FrameCodecTest, HelloComesBack) {
  const s::Hello hello{.node = d::NodeId::Of("susut"),
                       .incarnation = d::IncarnationId::Of("inc-1"),
                       .head = {7, HashOf("head")},
                       .feed_position = 8,
                       .feed_state = HashOf("feed"),
                       .generation = d::GenerationId::Of("g1"),
                       .protocol_min = 1,
                       .protocol_max = 3,
                       .software_version = "0.1.0"};
  const s::Hello back = ThroughNode(hello);
  EXPECT_EQ(back.node, hello.node);
  EXPECT_EQ(back.incarnation, hello.incarnation);
  EXPECT_EQ(back.head, hello.head);
  EXPECT_EQ(back.feed_position, 8u);
  EXPECT_EQ(back.feed_state, hello.feed_state);
  EXPECT_EQ(back.generation, hello.generation);
  EXPECT_EQ(back.protocol_min, 1u);
  EXPECT_EQ(back.protocol_max, 3u);
  EXPECT_EQ(back.software_version, "0.1.0");
}

TEST(FrameCodecTest, AFirstHelloHasNoHashesAndNoGeneration) {
  s::Hello hello;
  hello.node = d::NodeId::Of("susut");
  hello.incarnation = d::IncarnationId::Of("inc-1");
  const s::Hello back = ThroughNode(hello);
  EXPECT_EQ(back.head, s::Head());
  EXPECT_TRUE(back.feed_state.IsZero());
  EXPECT_TRUE(back.generation.empty());
}

TEST(FrameCodecTest, SegmentAndAckComeBack) {
  const s::Segment segment{.incarnation = d::IncarnationId::Of("inc-1"),
                           .first_seq = 5,
                           .entries = {std::string("\0\1", 2), "entry"},
                           .signature = std::string(64, '\xfe')};
  const s::Segment back = ThroughNode(segment);
  EXPECT_EQ(back.incarnation, segment.incarnation);
  EXPECT_EQ(back.first_seq, 5u);
  EXPECT_EQ(back.entries, segment.entries);
  EXPECT_EQ(back.signature, segment.signature);
  EXPECT_EQ(ThroughNode(s::FeedAck{9}).position, 9u);
}

TEST(FrameCodecTest, WelcomeComesBack) {
  const s::Welcome welcome{.held = {7, HashOf("held")},
                           .generation = d::GenerationId::Of("g1"),
                           .generation_order = 2,
                           .protocol = 1,
                           .feed_from = 3,
                           .centre_time = absl::FromUnixMicros(1493251200000001)};
  const s::Welcome back = ThroughCentre(welcome);
  EXPECT_EQ(back.held, welcome.held);
  EXPECT_EQ(back.generation, welcome.generation);
  EXPECT_EQ(back.generation_order, 2u);
  EXPECT_EQ(back.protocol, 1u);
  EXPECT_EQ(back.feed_from, 3u);
  EXPECT_EQ(back.centre_time, welcome.centre_time);
}

TEST(FrameCodecTest, WhatShowsThatTheCentreWasSetBackComesBack) {
  const s::Receipt receipt = SomeReceipt();
  const auto word = ThroughNode(s::CentreSetBack{d::GenerationId::Of("g2"), 2, receipt});
  EXPECT_EQ(word.generation.value(), "g2");
  EXPECT_EQ(word.generation_order, 2u);
  EXPECT_EQ(s::ReceiptStatement(*word.receipt), s::ReceiptStatement(receipt));
  EXPECT_EQ(word.receipt->signature, receipt.signature);
  const auto bare = ThroughNode(s::CentreSetBack{d::GenerationId::Of("g2"), 2, std::nullopt});
  EXPECT_FALSE(bare.receipt.has_value());

  s::Welcome welcome;
  welcome.generation = d::GenerationId::Of("g2");
  welcome.unheard = true;
  EXPECT_TRUE(ThroughCentre(welcome).unheard);
}

TEST(FrameCodecTest, RecordsInPartsAndTurnsComeBack) {
  s::Hello hello;
  hello.node = d::NodeId::Of("susut");
  hello.incarnation = d::IncarnationId::Of("inc-1");
  EXPECT_EQ(ThroughNode(hello).oldest_unproven, absl::InfiniteFuture());
  hello.oldest_unproven = absl::FromUnixMicros(1493251200000001);
  EXPECT_EQ(ThroughNode(hello).oldest_unproven, hello.oldest_unproven);

  s::Welcome welcome;
  welcome.generation = d::GenerationId::Of("g1");
  EXPECT_FALSE(ThroughCentre(welcome).wait);
  welcome.wait = true;
  EXPECT_TRUE(ThroughCentre(welcome).wait);
  ThroughCentre(s::Admitted());

  const s::RecordWanted wanted =
      ThroughNode(s::RecordWanted{d::PrrId::Of("p1"), HashOf("record"), 4096, 8192});
  EXPECT_EQ(wanted.prr.value(), "p1");
  EXPECT_EQ(wanted.digest, HashOf("record"));
  EXPECT_EQ(wanted.offset, 4096u);
  EXPECT_EQ(wanted.size, 8192u);
  const s::RecordPart part = ThroughCentre(
      s::RecordPart{d::PrrId::Of("p1"), HashOf("record"), 4096, std::string("\0bytes", 6), false});
  EXPECT_EQ(part.offset, 4096u);
  EXPECT_EQ(part.bytes, std::string("\0bytes", 6));
  EXPECT_FALSE(part.gone);
  EXPECT_TRUE(ThroughCentre(s::RecordPart{d::PrrId::Of("p1"), HashOf("record"), 0, "", true}).gone);
}

TEST(FrameCodecTest, WhatIsSaidOfALogThatPartedComesBack) {
  s::Hello hello;
  hello.node = d::NodeId::Of("susut");
  hello.incarnation = d::IncarnationId::Of("inc-1");
  hello.head = {9, HashOf("9")};
  hello.locator = {"hash-8--", "hash-7--", "hash-5--"};
  EXPECT_EQ(ThroughNode(hello).locator, hello.locator);
  hello.locator.assign(1000, "hash-1--");
  EXPECT_EQ(ThroughNode(hello).locator.size(), s::kMaxLocator);

  s::Welcome welcome;
  welcome.generation = d::GenerationId::Of("g1");
  welcome.held = {7, HashOf("held")};
  welcome.common = {5, HashOf("common")};
  welcome.problem = s::Problem{s::ProblemKind::kSuperseded, "another machine took over"};
  const s::Welcome back = ThroughCentre(welcome);
  EXPECT_EQ(back.common, welcome.common);
  ASSERT_TRUE(back.problem.has_value());
  EXPECT_EQ(back.problem->kind, welcome.problem->kind);
  EXPECT_EQ(back.problem->detail, welcome.problem->detail);

  EXPECT_EQ(ThroughNode(s::TailWanted{12}).first_seq, 12u);
  const s::LogTail tail{{.incarnation = d::IncarnationId::Of("inc-1"),
                         .first_seq = 5,
                         .entries = {"entry"},
                         .signature = std::string(64, '\xfe')}};
  EXPECT_EQ(ThroughCentre(tail).segment.entries, tail.segment.entries);
  EXPECT_EQ(ThroughCentre(tail).segment.signature, tail.segment.signature);
}

TEST(FrameCodecTest, ReceiptComesBackWithTheSameStatement) {
  const s::Receipt receipt = SomeReceipt();
  const s::Receipt back = ThroughCentre(receipt);
  EXPECT_EQ(s::ReceiptStatement(back), s::ReceiptStatement(receipt));
  EXPECT_EQ(back.signature, receipt.signature);
}

TEST(FrameCodecTest, BatchComesBackWithTheSameStatement) {
  const s::FeedBatch batch{.from = 3,
                           .to = 5,
                           .items = {"one", "two"},
                           .at_head = true,
                           .state = HashOf("state"),
                           .signature = std::string(64, '\xfe')};
  const s::FeedBatch back = ThroughCentre(batch);
  const d::NodeId node = d::NodeId::Of("susut");
  EXPECT_EQ(s::BatchStatement(node, back), s::BatchStatement(node, batch));
  EXPECT_EQ(back.items, batch.items);
  EXPECT_EQ(back.signature, batch.signature);
}

TEST(FrameCodecTest, ProblemComesBack) {
  const s::Problem back = ThroughCentre(s::Problem{s::ProblemKind::kBadSegment, "got that"});
  EXPECT_EQ(back.kind, s::ProblemKind::kBadSegment);
  EXPECT_EQ(back.detail, "got that");
}

TEST(FrameCodecTest, FramesOfALaterVersionAreRefused) {
  EXPECT_FALSE(DecodeFrame(pb::SessionRequest()).ok());
  EXPECT_FALSE(DecodeFrame(pb::SessionResponse()).ok());
}

TEST(FrameCodecTest, ErrorsNameTheField) {
  pb::SessionRequest hello;
  hello.mutable_hello()->set_node("susut");
  EXPECT_THAT(std::string(DecodeFrame(hello).status().message()),
              HasSubstr("bad SessionRequest.incarnation"));
  hello.mutable_hello()->set_incarnation("inc");
  hello.mutable_hello()->set_head_hash("short");
  EXPECT_THAT(std::string(DecodeFrame(hello).status().message()),
              HasSubstr("bad SessionRequest.hash"));
  pb::SessionResponse problem;
  problem.mutable_problem()->set_detail("no kind");
  EXPECT_THAT(std::string(DecodeFrame(problem).status().message()),
              HasSubstr("bad SessionResponse.kind: got enum number 0, want 1 to 7"));
}

TEST(FrameCodecTest, UnitsAreBounded) {
  pb::SessionRequest segment;
  segment.mutable_segment()->set_incarnation("inc");
  for (size_t i = 0; i < s::kMaxSegmentEntries; ++i) segment.mutable_segment()->add_entries("e");
  EXPECT_TRUE(DecodeFrame(segment).ok());
  segment.mutable_segment()->add_entries("e");
  EXPECT_THAT(std::string(DecodeFrame(segment).status().message()),
              HasSubstr("bad segment: got 1025 parts"));

  pb::SessionResponse batch;
  for (size_t i = 0; i < s::kMaxBatchItems; ++i) batch.mutable_feed_batch()->add_items("i");
  EXPECT_TRUE(DecodeFrame(batch).ok());
  batch.mutable_feed_batch()->add_items("i");
  EXPECT_FALSE(DecodeFrame(batch).ok());
}

TEST(FrameCodecTest, OneLargestEntryFitsAndTwoDoNot) {
  pb::SessionRequest segment;
  segment.mutable_segment()->set_incarnation("inc");
  segment.mutable_segment()->add_entries(std::string(d::kMaxPayloadSize + 512, 'e'));
  EXPECT_TRUE(DecodeFrame(segment).ok());
  segment.mutable_segment()->add_entries(std::string(d::kMaxPayloadSize + 512, 'e'));
  EXPECT_EQ(DecodeFrame(segment).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(FrameCodecTest, LongTextsFromOutsideAreCut) {
  s::Hello hello;
  hello.node = d::NodeId::Of("susut");
  hello.incarnation = d::IncarnationId::Of("inc-1");
  hello.software_version.assign(5000, 'v');
  EXPECT_EQ(ThroughNode(hello).software_version.size(), 64u);
  EXPECT_EQ(ThroughCentre(s::Problem{s::ProblemKind::kFork, std::string(5000, 'd')}).detail.size(),
            1024u);
  const std::string cut = std::string(1023, 'd') + "\xe2\x80\xa6";
  EXPECT_EQ(ThroughCentre(s::Problem{s::ProblemKind::kFork, cut}).detail.size(), 1023u)
      << "never in the middle of a character";
}

}  // namespace
}  // namespace keping::wire
