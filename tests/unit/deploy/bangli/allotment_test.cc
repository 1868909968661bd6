#include "deploy/bangli/allotment.h"

#include <gtest/gtest.h>

namespace keping::bangli {
namespace {

TEST(AllotmentTest, MixesRandomUidsWithRangesOfPrintedSerials) {
  const Allotment allotment = MakeAllotment(1, 8000);
  EXPECT_EQ(allotment.serials.size(), 8000u);
  EXPECT_EQ(allotment.date, absl::CivilDay(2017, 4, 27));
  uint64_t in_ranges = 0;
  size_t ranges = 0;
  for (const auto& range : allotment.serials.ranges()) {
    if (range.count == 1) continue;
    in_ranges += range.count;
    ++ranges;
  }
  EXPECT_EQ(ranges, 3u);
  EXPECT_EQ(in_ranges, 1200u);
}

TEST(AllotmentTest, FollowsTheSeed) {
  EXPECT_EQ(MakeAllotment(1, 500).serials, MakeAllotment(1, 500).serials);
  EXPECT_NE(MakeAllotment(1, 500).serials, MakeAllotment(2, 500).serials);
}

TEST(AllotmentTest, GivesAnyNumberOfBlanks) {
  for (uint64_t blanks : {0u, 1u, 19u, 20u, 100u}) {
    EXPECT_EQ(MakeAllotment(1, blanks).serials.size(), blanks);
  }
}

}  // namespace
}  // namespace keping::bangli
