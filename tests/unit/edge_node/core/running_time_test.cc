#include "edge_node/core/running_time.h"

#include <gtest/gtest.h>

namespace keping::edge {
namespace {

time::Moment At(const char* boot, absl::Duration monotonic, int wall_hour = 0) {
  return {
      .wall = absl::UnixEpoch() + absl::Hours(wall_hour), .monotonic = monotonic, .boot_id = boot};
}

TEST(RunningTimeTest, CountsFromEntryToEntryAndToNow) {
  RunningTime running;
  running.ApplyStamp("a", absl::Minutes(10));
  running.ApplyStamp("a", absl::Minutes(30));
  EXPECT_EQ(running.total(), absl::Minutes(30));
  EXPECT_EQ(running.At(At("a", absl::Minutes(45))), absl::Minutes(45));
}

TEST(RunningTimeTest, TheWallClockDoesNotMatter) {
  RunningTime running;
  running.ApplyStamp("a", absl::Minutes(10));
  for (int hour : {-100000, 0, 100000}) {
    EXPECT_EQ(running.At(At("a", absl::Minutes(11), hour)), absl::Minutes(11)) << hour;
  }
}

TEST(RunningTimeTest, ABootAddsOnlyWhatItRan) {
  RunningTime running;
  running.ApplyStamp("a", absl::Minutes(10));
  // The machine stood still for a week in between; nobody can tell.
  EXPECT_EQ(running.At(At("b", absl::Minutes(2))), absl::Minutes(12));
  running.ApplyStamp("b", absl::Minutes(2));
  running.ApplyStamp("b", absl::Minutes(5));
  EXPECT_EQ(running.total(), absl::Minutes(15));
}

TEST(RunningTimeTest, NeverGoesBack) {
  RunningTime running;
  running.ApplyStamp("a", absl::Minutes(10));
  running.ApplyStamp("a", absl::Minutes(4));
  EXPECT_EQ(running.total(), absl::Minutes(10));
  EXPECT_EQ(running.At(At("a", absl::Minutes(1))), absl::Minutes(10));
}

}  // namespace
}  // namespace keping::edge
