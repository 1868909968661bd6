#include "central_node/planner/office_calendar.h"

#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::ClosedDays;
using tests::kPlanMonday;

TEST(OfficeCalendarTest, WeekendsAndHolidaysDoNotCount) {
  const OfficeCalendar calendar(kPlanMonday, 14, ClosedDays(kPlanMonday, {kPlanMonday + 7}));
  EXPECT_TRUE(calendar.IsOpen(4));
  EXPECT_FALSE(calendar.IsOpen(5));
  EXPECT_EQ(calendar.NextOpen(5), 8);
  EXPECT_EQ(calendar.OpenDays(0, 14), 9);
  EXPECT_EQ(calendar.GoBack(9, 2), 4);
  EXPECT_EQ(calendar.GoBack(3, 10), 0);
}

TEST(OfficeCalendarTest, NoOpenDayLeftIsTheEnd) {
  const OfficeCalendar calendar(kPlanMonday, 7, ClosedDays(kPlanMonday, {}));
  EXPECT_EQ(calendar.NextOpen(5), 7);
  EXPECT_EQ(calendar.NextOpen(7), 7);
}

TEST(OfficeCalendarTest, TheDistrictWorksWhenSomebodyDoes) {
  const OfficeCalendar one(kPlanMonday, 3, {kPlanMonday, kPlanMonday + 1});
  const OfficeCalendar other(kPlanMonday, 3, {kPlanMonday, kPlanMonday + 2});
  const OfficeCalendar district(std::vector<OfficeCalendar>{one, other});
  EXPECT_FALSE(district.IsOpen(0));
  EXPECT_EQ(district.OpenDays(0, 3), 2);
}

}  // namespace
}  // namespace keping::planner
