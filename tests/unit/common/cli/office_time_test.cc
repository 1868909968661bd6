#include "common/cli/office_time.h"

#include <gtest/gtest.h>

namespace keping::cli {
namespace {

constexpr int64_t kMorning = 1493255703000000;  // 2017-04-27 01:15:03 UTC

TEST(OfficeTimeTest, ShowsTheWallClockOfTheOffice) {
  EXPECT_EQ(OfficeTime().Format(kMorning), "2017-04-27 09:15:03 WITA");
  EXPECT_EQ(OfficeTime(420).Format(kMorning), "2017-04-27 08:15:03 WIB");
  EXPECT_EQ(OfficeTime(540).Format(kMorning), "2017-04-27 10:15:03 WIT");
  EXPECT_EQ(OfficeTime(0).Format(kMorning), "2017-04-27 01:15:03 UTC+00:00");
  EXPECT_EQ(OfficeTime().Format(0), "never");
}

TEST(OfficeTimeTest, ShowsDays) {
  EXPECT_EQ(FormatDay(17283), "2017-04-27");
  EXPECT_EQ(FormatDay(0), "none");
}

}  // namespace
}  // namespace keping::cli
