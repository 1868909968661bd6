#include "common/sync/unit_size.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <utility>

namespace keping::sync {
namespace {

class UnitSizeTest : public testing::Test {
 protected:
  // Sends one unit and has it answered after `wait`.
  void SendOne(UnitSize& size, absl::Duration wait) {
    size.OnSent(now_);
    now_ += wait;
    size.OnAnswered(now_);
  }

  absl::Duration now_ = absl::Seconds(100);
};

TEST_F(UnitSizeTest, GrowsWhileAnswersComeSoonUpToTheMost) {
  UnitSize size(8, 30);
  EXPECT_EQ(size.bytes(), 8u);
  SendOne(size, absl::Milliseconds(100));
  EXPECT_EQ(size.bytes(), 16u);
  SendOne(size, absl::Seconds(2));
  EXPECT_EQ(size.bytes(), 16u);
  for (int i = 0; i < 5; ++i) SendOne(size, absl::Milliseconds(100));
  EXPECT_EQ(size.bytes(), 30u);
}

TEST_F(UnitSizeTest, ShrinksWhenAnswersAreLateButNotToNothing) {
  UnitSize size(8, 64);
  SendOne(size, absl::Milliseconds(100));
  for (const size_t want : {8u, 4u, 4u}) {
    SendOne(size, absl::Seconds(5));
    EXPECT_EQ(size.bytes(), want);
  }
}

TEST_F(UnitSizeTest, AnswersAreMeasuredFromTheirOwnUnit) {
  UnitSize size(8, 64);
  size.OnSent(absl::Seconds(0));
  size.OnSent(absl::Seconds(5));
  size.OnAnswered(absl::Seconds(5));
  EXPECT_EQ(size.bytes(), 4u);
  size.OnAnswered(absl::Seconds(6));
  EXPECT_EQ(size.bytes(), 8u);
  size.OnAnswered(absl::Seconds(100));
  EXPECT_EQ(size.bytes(), 8u);
}

TEST_F(UnitSizeTest, OneWindowChangesItOnce) {
  UnitSize size(8, 64);
  for (int i = 0; i < 4; ++i) size.OnSent(absl::ZeroDuration());
  for (int i = 1; i <= 4; ++i) size.OnAnswered(absl::Milliseconds(200 * i));
  EXPECT_EQ(size.bytes(), 16u);
  size.OnSent(absl::Seconds(1));
  size.OnAnswered(absl::Seconds(2));
  EXPECT_EQ(size.bytes(), 32u);
}

// As many bytes a second as the line has, four units under way, each asked for when one came.
TEST_F(UnitSizeTest, SettlesOnALineThatIsAlwaysFull) {
  constexpr double kBytesPerSecond = 16'000;
  UnitSize size(4096, 65536);
  absl::Duration free;
  std::deque<std::pair<absl::Duration, size_t>> under_way;  // when it is here, and its size
  const auto ask = [&](absl::Duration now) {
    size.OnSent(now);
    free = std::max(free, now) + absl::Seconds(static_cast<double>(size.bytes()) / kBytesPerSecond);
    under_way.emplace_back(free, size.bytes());
  };
  for (int i = 0; i < 4; ++i) ask(absl::ZeroDuration());
  for (int i = 0; i < 200; ++i) {
    const auto [here, bytes] = under_way.front();
    under_way.pop_front();
    size.OnAnswered(here);
    EXPECT_GE(bytes, 4096u);
    EXPECT_LE(bytes, 8192u);
    ask(here);
  }
}

TEST_F(UnitSizeTest, ASessionBeginsSmall) {
  UnitSize size(8, 64);
  SendOne(size, absl::Milliseconds(100));
  size.OnSent(absl::Seconds(0));
  size.Reset();
  EXPECT_EQ(size.bytes(), 8u);
  size.OnAnswered(absl::Seconds(9));
  EXPECT_EQ(size.bytes(), 8u);
}

}  // namespace
}  // namespace keping::sync
