#include "common/sync/centre_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

namespace keping::sync {
namespace {

using domain::GenerationId;
using domain::IncarnationId;
using domain::NodeId;
using ::testing::HasSubstr;

crypto::Hash HashOf(const char* text) { return crypto::Sha256({text}); }
const absl::Time kNow = absl::FromUnixSeconds(1493251200);

Generation GenerationOne() { return {GenerationId::Of("g1"), 1}; }

Hello HelloAt(uint64_t seq, const crypto::Hash& hash) {
  Hello hello;
  hello.node = NodeId::Of("susut");
  hello.incarnation = IncarnationId::Of("inc-1");
  hello.head = {seq, hash};
  hello.generation = GenerationId::Of("g1");
  return hello;
}

Standing Agreed(const Head& held) {
  return {.held = held, .common = held, .problem = std::nullopt};
}

FeedBatch BatchTo(uint64_t to) {
  FeedBatch batch;
  batch.to = to;
  return batch;
}

TEST(CentreSessionTest, WelcomesWithWhatItHolds) {
  CentreSession session;
  const auto answer =
      session.OnHello(HelloAt(9, HashOf("9")), Agreed({5, HashOf("5")}), {}, GenerationOne(), kNow);
  const auto* welcome = std::get_if<Welcome>(&answer);
  ASSERT_NE(welcome, nullptr);
  EXPECT_EQ(welcome->held, (Head{5, HashOf("5")}));
  EXPECT_EQ(welcome->generation.value(), "g1");
  EXPECT_EQ(welcome->generation_order, 1u);
  EXPECT_EQ(welcome->protocol, kProtocolMax);
  EXPECT_EQ(welcome->centre_time, kNow);
  EXPECT_TRUE(session.welcomed());
}

TEST(CentreSessionTest, ALogWithAProblemIsTakenAndGetsNoFeed) {
  const Standing forked{.held = {5, HashOf("5")},
                        .common = {3, HashOf("3")},
                        .problem = Problem{ProblemKind::kFork, "goes on twice after entry 3"}};
  CentreSession session;
  const auto answer =
      session.OnHello(HelloAt(4, HashOf("4'")), forked, {100, {}}, GenerationOne(), kNow);
  const auto* welcome = std::get_if<Welcome>(&answer);
  ASSERT_NE(welcome, nullptr);
  EXPECT_EQ(welcome->held, forked.held);
  EXPECT_EQ(welcome->common, forked.common);
  ASSERT_TRUE(welcome->problem.has_value());
  EXPECT_EQ(welcome->problem->kind, ProblemKind::kFork);
  EXPECT_TRUE(session.welcomed());
  EXPECT_FALSE(session.MaySendBatch(100));
}

struct ProtocolCase {
  uint32_t min;
  uint32_t max;
  bool good;
};

TEST(CentreSessionTest, SpeaksAProtocolThatBothKnow) {
  const ProtocolCase kCases[] = {{kProtocolMin, kProtocolMax, true},
                                 {0, kProtocolMax + 5, true},
                                 {kProtocolMax + 1, kProtocolMax + 5, false},
                                 {0, kProtocolMin - 1, false}};
  for (const ProtocolCase& row : kCases) {
    Hello hello = HelloAt(0, {});
    hello.protocol_min = row.min;
    hello.protocol_max = row.max;
    CentreSession session;
    const auto answer = session.OnHello(hello, {}, {}, GenerationOne(), kNow);
    ASSERT_EQ(std::holds_alternative<Welcome>(answer), row.good) << row.min << " " << row.max;
    if (row.good) {
      EXPECT_LE(std::get<Welcome>(answer).protocol, kProtocolMax);
    } else {
      EXPECT_THAT(std::get<Problem>(answer).detail, HasSubstr("update the older side"));
    }
  }
}

struct FeedCase {
  const char* name;
  uint64_t position;
  const char* state;
  const char* generation;
  uint64_t from;
};

TEST(CentreSessionTest, FeedGoesOnOrStartsAnew) {
  const FeedCase kCases[] = {
      {"up to date", 50, "50", "g1", 50},
      {"behind", 20, "20", "g1", 20},
      {"new node", 0, "", "", 0},
      {"other state at the head", 50, "wrong", "g1", 0},
      {"ahead of the centre", 51, "51", "g1", 0},
      {"another life of the centre", 20, "20", "g0", 0},
  };
  for (const FeedCase& row : kCases) {
    Hello hello = HelloAt(0, {});
    hello.feed_position = row.position;
    hello.feed_state = HashOf(row.state);
    hello.generation = *row.generation == '\0' ? GenerationId() : GenerationId::Of(row.generation);
    CentreSession session;
    const auto answer = session.OnHello(hello, {}, {50, HashOf("50")}, GenerationOne(), kNow);
    EXPECT_EQ(std::get<Welcome>(answer).feed_from, row.from) << row.name;
    EXPECT_EQ(session.feed_sent(), row.from) << row.name;
    EXPECT_EQ(session.MaySendBatch(50), row.from < 50) << row.name;
  }
}

TEST(CentreSessionTest, BatchWindowClosesAndAnAckOpensIt) {
  CentreSession session;
  EXPECT_FALSE(session.MaySendBatch(100)) << "nothing before the welcome";
  session.OnHello(HelloAt(0, {}), {}, {100, HashOf("100")}, GenerationOne(), kNow);
  for (uint64_t to = 1; to <= kBatchWindow; ++to) {
    ASSERT_TRUE(session.MaySendBatch(100));
    session.OnBatchSent(BatchTo(10 * to));
  }
  EXPECT_FALSE(session.MaySendBatch(100));
  session.OnFeedAck({9});
  EXPECT_FALSE(session.MaySendBatch(100)) << "an ack inside a batch frees nothing";
  session.OnFeedAck({20});
  EXPECT_TRUE(session.MaySendBatch(100));
  EXPECT_EQ(session.feed_sent(), 10 * kBatchWindow);
  EXPECT_FALSE(session.MaySendBatch(10 * kBatchWindow)) << "all is sent";
}

}  // namespace
}  // namespace keping::sync
