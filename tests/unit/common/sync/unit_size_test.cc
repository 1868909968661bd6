#include "common/sync/unit_size.h"

#include <gtest/gtest.h>

namespace keping::sync {
namespace {

// Sends one unit and has it answered after `wait`.
void SendOne(UnitSize& size, absl::Duration wait) {
  size.OnSent(absl::Seconds(100));
  size.OnAnswered(absl::Seconds(100) + wait);
}

TEST(UnitSizeTest, GrowsWhileAnswersComeSoonUpToTheMost) {
  UnitSize size(8, 30);
  EXPECT_EQ(size.bytes(), 8u);
  SendOne(size, absl::Milliseconds(100));
  EXPECT_EQ(size.bytes(), 16u);
  SendOne(size, absl::Seconds(2));
  EXPECT_EQ(size.bytes(), 16u);
  for (int i = 0; i < 5; ++i) SendOne(size, absl::Milliseconds(100));
  EXPECT_EQ(size.bytes(), 30u);
}

TEST(UnitSizeTest, ShrinksWhenAnswersAreLateButNotToNothing) {
  UnitSize size(8, 64);
  SendOne(size, absl::Milliseconds(100));
  for (const size_t want : {8u, 4u, 4u}) {
    SendOne(size, absl::Seconds(5));
    EXPECT_EQ(size.bytes(), want);
  }
}

TEST(UnitSizeTest, AnswersAreMeasuredFromTheirOwnUnit) {
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

TEST(UnitSizeTest, ASessionBeginsSmall) {
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
