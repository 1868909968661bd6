#include "common/runtime/backoff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace keping::runtime {
namespace {

constexpr absl::Duration kFirst = absl::Milliseconds(250);
constexpr absl::Duration kCap = absl::Seconds(5);

// The longest of many first, second, third … waits comes close to its ceiling, none exceeds it.
TEST(BackoffTest, CeilingsDoubleUpToTheCap) {
  const absl::Duration kCeilings[] = {kFirst,      2 * kFirst, 4 * kFirst, 8 * kFirst,
                                      16 * kFirst, kCap,       kCap};
  absl::Duration longest[std::size(kCeilings)];
  for (uint64_t seed = 0; seed < 500; ++seed) {
    Backoff backoff(kFirst, kCap, seed);
    for (absl::Duration& wait : longest) wait = std::max(wait, backoff.Next());
  }
  for (size_t i = 0; i < std::size(kCeilings); ++i) {
    EXPECT_LE(longest[i], kCeilings[i]) << i;
    EXPECT_GE(longest[i], kCeilings[i] * 9 / 10) << i;
  }
}

TEST(BackoffTest, NodesDoNotWaitInStep) {
  std::set<absl::Duration> waits;
  for (uint64_t seed = 0; seed < 100; ++seed) waits.insert(Backoff(kCap, kCap, seed).Next());
  EXPECT_GT(waits.size(), 90u);
}

TEST(BackoffTest, ASuccessStartsOver) {
  Backoff backoff(kFirst, kCap, 1);
  for (int i = 0; i < 10; ++i) backoff.Next();
  backoff.Reset();
  EXPECT_LE(backoff.Next(), kFirst);
  EXPECT_LE(backoff.Next(), 2 * kFirst);
}

}  // namespace
}  // namespace keping::runtime
