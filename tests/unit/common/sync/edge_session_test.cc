#include "common/sync/edge_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace keping::sync {
namespace {

using domain::GenerationId;
using domain::IncarnationId;
using domain::NodeId;
using ::testing::HasSubstr;

crypto::Hash HashOf(const char* text) { return crypto::Sha256({text}); }

EdgeSession Session() { return {NodeId::Of("susut"), IncarnationId::Of("inc-1"), "0.1.0"}; }

Welcome WelcomeAt(uint64_t held, const crypto::Hash& hash, uint64_t feed_from = 0) {
  Welcome welcome;
  welcome.held = {held, hash};
  welcome.generation = GenerationId::Of("g1");
  welcome.feed_from = feed_from;
  return welcome;
}

// Welcomed with nothing held.
EdgeSession Welcomed() {
  EdgeSession session = Session();
  session.Open({3, HashOf("3")}, {}, 0, {}, {});
  EXPECT_FALSE(session.OnWelcome(WelcomeAt(0, {}), {}).has_value());
  return session;
}

Receipt ReceiptFor(uint64_t seq) {
  Receipt receipt;
  receipt.node = NodeId::Of("susut");
  receipt.incarnation = IncarnationId::Of("inc-1");
  receipt.head = {seq, HashOf("any")};
  return receipt;
}

TEST(EdgeSessionTest, HelloTellsWhatTheNodeHas) {
  EdgeSession session = Session();
  const Hello hello =
      session.Open({7, HashOf("7")}, {}, 41, HashOf("feed"), GenerationId::Of("g1"));
  EXPECT_EQ(hello.node.value(), "susut");
  EXPECT_EQ(hello.incarnation.value(), "inc-1");
  EXPECT_EQ(hello.head, (Head{7, HashOf("7")}));
  EXPECT_EQ(hello.feed_position, 41u);
  EXPECT_EQ(hello.feed_state, HashOf("feed"));
  EXPECT_EQ(hello.generation.value(), "g1");
  EXPECT_EQ(hello.protocol_min, kProtocolMin);
  EXPECT_EQ(hello.protocol_max, kProtocolMax);
  EXPECT_EQ(hello.software_version, "0.1.0");
  EXPECT_FALSE(session.welcomed());
}

TEST(EdgeSessionTest, ALogWaitsForItsTurn) {
  EdgeSession session = Session();
  session.Open({3, HashOf("3")}, {}, 0, {}, {});
  Welcome welcome = WelcomeAt(0, {});
  welcome.wait = true;
  EXPECT_FALSE(session.OnWelcome(welcome, {}).has_value());
  EXPECT_FALSE(session.NextSegment(3).has_value());
  session.OnAdmitted();
  EXPECT_EQ(session.NextSegment(3), 1u);
}

struct WelcomeCase {
  const char* name;
  uint64_t held;
  crypto::Hash held_hash;
  crypto::Hash own_hash;
  std::optional<ProblemKind> problem;
};

TEST(EdgeSessionTest, WelcomeComparesHashAtSeq) {
  const WelcomeCase kCases[] = {
      {"first contact", 0, {}, {}, std::nullopt},
      {"same entry", 5, HashOf("5"), HashOf("5"), std::nullopt},
      {"other entry", 5, HashOf("5"), HashOf("5'"), ProblemKind::kFork},
      {"centre holds more", 5, HashOf("5"), {}, ProblemKind::kRollback},
      {"centre holds a zero hash", 5, {}, HashOf("5"), ProblemKind::kFork},
      {"centre holds more, with a zero hash", 5, {}, {}, ProblemKind::kRollback},
  };
  for (const WelcomeCase& row : kCases) {
    EdgeSession session = Session();
    session.Open({9, HashOf("9")}, {}, 0, {}, {});
    const auto problem = session.OnWelcome(WelcomeAt(row.held, row.held_hash), row.own_hash);
    ASSERT_EQ(problem.has_value(), row.problem.has_value()) << row.name;
    EXPECT_TRUE(session.welcomed()) << row.name;
    if (!problem) continue;
    EXPECT_EQ(problem->kind, *row.problem) << row.name;
    EXPECT_THAT(problem->detail, HasSubstr("5")) << row.name;
    EXPECT_EQ(session.NextSegment(9), 1u) << row.name << ": what both have is not known";
  }
}

TEST(EdgeSessionTest, SendsFromWhatTheCentreHolds) {
  EdgeSession session = Session();
  session.Open({9, HashOf("9")}, {}, 0, {}, {});
  EXPECT_FALSE(session.NextSegment(9).has_value()) << "nothing before the welcome";
  session.OnWelcome(WelcomeAt(5, HashOf("5")), HashOf("5"));
  EXPECT_EQ(session.held_seq(), 5u);
  EXPECT_EQ(session.NextSegment(9), 6u);
  session.OnSent(8);
  EXPECT_EQ(session.NextSegment(9), 9u);
  session.OnSent(9);
  EXPECT_FALSE(session.NextSegment(9).has_value());
  EXPECT_EQ(session.NextSegment(10), 10u);
}

TEST(EdgeSessionTest, WindowClosesAndAReceiptOpensIt) {
  EdgeSession session = Welcomed();
  for (uint64_t seq = 1; seq <= kSegmentWindow; ++seq) {
    ASSERT_EQ(session.NextSegment(100), seq);
    session.OnSent(seq);
  }
  EXPECT_FALSE(session.NextSegment(100).has_value());
  EXPECT_TRUE(session.OnReceipt(ReceiptFor(3)).ok());
  EXPECT_EQ(session.held_seq(), 3u);
  for (uint64_t seq = kSegmentWindow + 1; seq <= kSegmentWindow + 3; ++seq) {
    ASSERT_EQ(session.NextSegment(100), seq);
    session.OnSent(seq);
  }
  EXPECT_FALSE(session.NextSegment(100).has_value());
}

TEST(EdgeSessionTest, AReceiptInsideASegmentDoesNotFreeIt) {
  EdgeSession session = Welcomed();
  for (uint64_t seq = 10; seq <= 10 * kSegmentWindow; seq += 10) session.OnSent(seq);
  EXPECT_TRUE(session.OnReceipt(ReceiptFor(9)).ok());
  EXPECT_FALSE(session.NextSegment(100).has_value());
  EXPECT_TRUE(session.OnReceipt(ReceiptFor(10)).ok());
  EXPECT_TRUE(session.NextSegment(100).has_value());
}

struct ReceiptCase {
  const char* name;
  uint64_t seq;
  bool good;
};

TEST(EdgeSessionTest, ReceiptsProveOnlyWhatWasSent) {
  const ReceiptCase kCases[] = {
      {"behind what the welcome stated", 4, false},
      {"the welcome's own", 5, true},
      {"part of what was sent", 6, true},
      {"all that was sent", 8, true},
      {"more than was sent", 9, false},
  };
  for (const ReceiptCase& row : kCases) {
    EdgeSession session = Session();
    session.Open({9, HashOf("9")}, {}, 0, {}, {});
    session.OnWelcome(WelcomeAt(5, HashOf("5")), HashOf("5"));
    session.OnSent(8);
    EXPECT_EQ(session.OnReceipt(ReceiptFor(row.seq)).ok(), row.good) << row.name;
    EXPECT_EQ(session.held_seq(), row.good ? row.seq : 5u) << row.name;
  }
}

TEST(EdgeSessionTest, ReceiptsOfOthersAreRefused) {
  EdgeSession session = Welcomed();
  session.OnSent(3);
  Receipt node = ReceiptFor(3);
  node.node = NodeId::Of("kintamani");
  EXPECT_FALSE(session.OnReceipt(node).ok());
  Receipt incarnation = ReceiptFor(3);
  incarnation.incarnation = IncarnationId::Of("inc-2");
  EXPECT_FALSE(session.OnReceipt(incarnation).ok());
}

TEST(EdgeSessionTest, NothingCountsBeforeTheWelcome) {
  EdgeSession session = Session();
  session.Open({3, HashOf("3")}, {}, 0, {}, {});
  EXPECT_FALSE(session.OnReceipt(ReceiptFor(0)).ok());
  EXPECT_FALSE(
      session
          .OnBatch(
              {.from = 0, .to = 1, .items = {}, .at_head = false, .state = {}, .signature = {}})
          .ok());
}

TEST(EdgeSessionTest, ANewConnectionForgetsWhatWasUnderWay) {
  EdgeSession session = Welcomed();
  session.OnSent(3);
  session.Close();
  EXPECT_FALSE(session.welcomed());
  EXPECT_FALSE(session.NextSegment(3).has_value());
  session.Open({3, HashOf("3")}, {}, 0, {}, {});
  session.OnWelcome(WelcomeAt(1, HashOf("1")), HashOf("1"));
  EXPECT_EQ(session.NextSegment(3), 2u) << "what was not receipted is sent again";
}

struct BatchCase {
  const char* name;
  uint64_t from;
  uint64_t to;
  bool good;
};

TEST(EdgeSessionTest, BatchesGoOnWhereTheLastOneEnded) {
  const BatchCase kCases[] = {
      {"the next", 41, 50, true},      {"empty", 41, 41, true},      {"a gap", 42, 50, false},
      {"a repetition", 40, 50, false}, {"backwards", 41, 40, false},
  };
  for (const BatchCase& row : kCases) {
    EdgeSession session = Session();
    session.Open({0, {}}, {}, 41, {}, {});
    session.OnWelcome(WelcomeAt(0, {}, 41), {});
    FeedBatch batch;
    batch.from = row.from;
    batch.to = row.to;
    EXPECT_EQ(session.OnBatch(batch).ok(), row.good) << row.name;
    FeedBatch next;
    next.from = row.good ? row.to : 41;
    next.to = next.from + 1;
    EXPECT_TRUE(session.OnBatch(next).ok()) << row.name;
  }
}

}  // namespace
}  // namespace keping::sync
