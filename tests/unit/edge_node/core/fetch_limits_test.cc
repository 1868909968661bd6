#include "edge_node/core/fetch_limits.h"

#include <gtest/gtest.h>

namespace keping::edge {
namespace {

constexpr int kHour = 60;

absl::CivilSecond At(int hour, int minute = 0, int day = 27) {
  return absl::CivilSecond(2017, 4, day, hour, minute);
}

TEST(FetchLimitsTest, NoneMeansAtAnyTime) {
  const FetchLimits limits;
  EXPECT_FALSE(limits.any());
  FetchedOfDay fetched;
  fetched.Add(At(9), uint64_t{1} << 40);
  for (int hour = 0; hour < 24; ++hour) {
    EXPECT_EQ(limits.WaitFor(At(hour), fetched), FetchWait::kNone);
  }
}

TEST(FetchLimitsTest, HoursMayGoOverMidnight) {
  struct Case {
    int from, until, hour, minute;
    FetchWait want;
  };
  for (const Case& one :
       {Case{18, 6, 17, 59, FetchWait::kHours}, Case{18, 6, 18, 0, FetchWait::kNone},
        Case{18, 6, 0, 0, FetchWait::kNone}, Case{18, 6, 5, 59, FetchWait::kNone},
        Case{18, 6, 6, 0, FetchWait::kHours}, Case{6, 8, 5, 59, FetchWait::kHours},
        Case{6, 8, 6, 0, FetchWait::kNone}, Case{6, 8, 8, 0, FetchWait::kHours}}) {
    const FetchLimits limits{.from_minute = one.from * kHour, .until_minute = one.until * kHour};
    EXPECT_TRUE(limits.any());
    EXPECT_EQ(limits.WaitFor(At(one.hour, one.minute), {}), one.want)
        << one.from << " to " << one.until << " at " << one.hour << ":" << one.minute;
  }
}

TEST(FetchLimitsTest, ABudgetBeginsAnewWithTheDate) {
  const FetchLimits limits{.bytes_per_day = 1000};
  FetchedOfDay fetched;
  fetched.Add(At(9), 600);
  EXPECT_EQ(limits.WaitFor(At(10), fetched), FetchWait::kNone);
  fetched.Add(At(11), 600);
  EXPECT_EQ(fetched.On(At(12)), 1200u);
  EXPECT_EQ(limits.WaitFor(At(23, 59), fetched), FetchWait::kBudget);
  EXPECT_EQ(limits.WaitFor(At(0, 0, 28), fetched), FetchWait::kNone);
  fetched.Add(At(8, 0, 28), 10);
  EXPECT_EQ(fetched.On(At(9, 0, 28)), 10u);
}

TEST(FetchLimitsTest, OutsideTheHoursTheyAreWhatItWaitsFor) {
  const FetchLimits limits{
      .from_minute = 18 * kHour, .until_minute = 6 * kHour, .bytes_per_day = 1};
  FetchedOfDay fetched;
  fetched.Add(At(9), 5);
  EXPECT_EQ(limits.WaitFor(At(9), fetched), FetchWait::kHours);
  EXPECT_EQ(limits.WaitFor(At(19), fetched), FetchWait::kBudget);
}

}  // namespace
}  // namespace keping::edge
