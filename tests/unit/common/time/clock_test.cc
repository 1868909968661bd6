#include "common/time/clock.h"

#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "common/time/simulated_clock.h"
#include "common/time/system_clock.h"

namespace keping::time {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1493251200);

TEST(SimulatedClockTest, StandsStillUntilMoved) {
  SimulatedClock clock(kStart);
  EXPECT_EQ(clock.Now(), clock.Now());
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(clock.Now().wall, kStart + absl::Hours(1));
  EXPECT_EQ(clock.Now().monotonic, absl::Hours(1));
}

TEST(SimulatedClockTest, WallIsSetApartFromRunningTime) {
  SimulatedClock clock(kStart);
  clock.Advance(absl::Hours(1));
  clock.SetWall(kStart - absl::Hours(24));
  EXPECT_EQ(clock.Now().wall, kStart - absl::Hours(24));
  EXPECT_EQ(clock.Now().monotonic, absl::Hours(1));
}

TEST(SimulatedClockTest, RebootStartsRunningTimeAnew) {
  SimulatedClock clock(kStart);
  clock.Advance(absl::Hours(1));
  const Moment before = clock.Now();
  clock.Reboot();
  EXPECT_EQ(clock.Now().wall, before.wall);
  EXPECT_EQ(clock.Now().monotonic, absl::ZeroDuration());
  EXPECT_NE(clock.Now().boot_id, before.boot_id);
}

TEST(SystemClockTest, RunningTimeNeverGoesBack) {
  const SystemClock clock;
  const Moment first = clock.Now();
  const Moment second = clock.Now();
  EXPECT_GE(second.monotonic, first.monotonic);
  EXPECT_EQ(second.boot_id, first.boot_id);
  EXPECT_GE(first.boot_id.size(), 1u);
  EXPECT_LE(first.boot_id.size(), 36u);
}

}  // namespace
}  // namespace keping::time
