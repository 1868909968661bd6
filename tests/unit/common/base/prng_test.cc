#include "common/base/prng.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>

namespace keping::base {
namespace {

// SplitMix64 and xoshiro256**, computed apart in Python from the authors' reference C code.
TEST(PrngTest, KnownSequence) {
  Prng prng(0);
  const std::array<uint64_t, 4> want = {0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0,
                                        0x6aa594f1262d2d2c};
  for (const uint64_t value : want) EXPECT_EQ(prng.Next(), value);
}

TEST(PrngTest, CopyForksTheSequence) {
  Prng prng(5);
  prng.Next();
  Prng fork = prng;
  EXPECT_EQ(prng.Next(), fork.Next());
}

TEST(PrngTest, BelowIsInRangeAndEven) {
  Prng prng(1);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60000; ++i) ++counts.at(prng.Below(6));
  for (const int count : counts) {
    EXPECT_GT(count, 9500);
    EXPECT_LT(count, 10500);
  }
  for (int i = 0; i < 10; ++i) EXPECT_EQ(prng.Below(1), 0u);
}

TEST(PrngTest, BetweenIncludesBothEnds) {
  Prng prng(2);
  bool low = false;
  bool high = false;
  for (int i = 0; i < 1000; ++i) {
    const int64_t value = prng.Between(-2, 2);
    ASSERT_GE(value, -2);
    ASSERT_LE(value, 2);
    low |= value == -2;
    high |= value == 2;
  }
  EXPECT_TRUE(low && high);
  EXPECT_EQ(prng.Between(7, 7), 7);
}

TEST(PrngTest, BetweenTheExtremesDoesNotAbort) {
  Prng prng(2);
  prng.Between(std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max());
}

TEST(PrngTest, ChanceIsAboutRight) {
  Prng prng(3);
  int hits = 0;
  for (int i = 0; i < 10000; ++i) hits += prng.Chance(1, 4) ? 1 : 0;
  EXPECT_GT(hits, 2300);
  EXPECT_LT(hits, 2700);
  EXPECT_FALSE(prng.Chance(0, 10));
  EXPECT_TRUE(prng.Chance(10, 10));
}

TEST(PrngTest, BytesHaveTheSizeAskedFor) {
  Prng prng(4);
  EXPECT_EQ(prng.Bytes(0), "");
  EXPECT_EQ(prng.Bytes(33).size(), 33u);
  EXPECT_NE(prng.Bytes(16), prng.Bytes(16));
}

}  // namespace
}  // namespace keping::base
