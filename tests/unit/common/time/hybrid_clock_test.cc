#include "common/time/hybrid_clock.h"

#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "common/base/prng.h"

namespace keping::time {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1493251200);

TEST(HybridClockTest, UpperBitsAreWallMilliseconds) {
  HybridClock hybrid;
  EXPECT_EQ(hybrid.Tick(kStart).value >> 16, 1493251200000u);
}

TEST(HybridClockTest, TicksGrowWhateverTheWallClockDoes) {
  base::Prng prng(1);
  HybridClock hybrid;
  HybridTime last;
  absl::Time wall = kStart;
  for (int i = 0; i < 10000; ++i) {
    wall += absl::Milliseconds(prng.Between(-50, 50));
    const HybridTime next = hybrid.Tick(wall);
    ASSERT_GT(next, last);
    last = next;
  }
}

TEST(HybridClockTest, WallClockBeforeTheEpochIsFine) {
  HybridClock hybrid;
  EXPECT_GT(hybrid.Tick(absl::FromUnixSeconds(-100)), HybridTime{});
  EXPECT_LT(HybridTime{}, hybrid.Tick(absl::InfinitePast()));
}

TEST(HybridClockTest, ObservedTimeOrdersCauseBeforeEffect) {
  HybridClock ahead;
  HybridClock behind;
  const HybridTime cause = ahead.Tick(kStart + absl::Minutes(10));
  EXPECT_TRUE(behind.Observe(cause, kStart));
  EXPECT_GT(behind.Tick(kStart), cause);
}

TEST(HybridClockTest, ObservingThePastChangesNothing) {
  HybridClock hybrid;
  const HybridTime now = hybrid.Tick(kStart);
  EXPECT_TRUE(hybrid.Observe(HybridTime{1}, kStart));
  EXPECT_EQ(hybrid.last(), now);
}

TEST(HybridClockTest, TimeBeyondTheBoundIsIgnored) {
  HybridClock hybrid;
  const HybridTime now = hybrid.Tick(kStart);
  HybridClock from_2099;
  const HybridTime remote = from_2099.Tick(kStart + absl::Hours(24 * 365 * 82));
  EXPECT_FALSE(hybrid.Observe(remote, kStart));
  EXPECT_EQ(hybrid.last(), now);
  const HybridTime limit = HybridClock().Tick(kStart + HybridClock::kMaxAhead);
  EXPECT_TRUE(hybrid.Observe(limit, kStart));
  EXPECT_FALSE(hybrid.Observe(HybridTime{limit.value + 1}, kStart));
}

TEST(HybridClockTest, RestoredClockGoesOn) {
  const HybridTime restored = HybridClock().Tick(kStart);
  HybridClock hybrid(restored);
  EXPECT_GT(hybrid.Tick(kStart - absl::Hours(1)), restored);
}

}  // namespace
}  // namespace keping::time
