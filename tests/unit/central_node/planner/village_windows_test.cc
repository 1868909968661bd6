#include "central_node/planner/village_windows.h"

#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::ClosedDays;
using tests::kPlanMonday;
using Gate = VillageWindows::Gate;

class VillageWindowsTest : public testing::Test {
 protected:
  VillageWindows Windows(const std::vector<ReadyDay>& ready) {
    VillageWindows windows;
    windows.Add(ready, calendar_, kPlanMonday, policy_);
    return windows;
  }

  const OfficeCalendar calendar_{kPlanMonday, 21, ClosedDays(kPlanMonday, {})};
  Policy policy_{.print_ahead_days = 2};
};

TEST_F(VillageWindowsTest, AVillageThatNamesNoDayTakesCardsOnAnyDay) {
  EXPECT_EQ(Windows({}).At(0, 3).gate, Gate::kFree);
  EXPECT_EQ(Windows({{kPlanMonday - 3}}).At(0, 3).gate, Gate::kFree) << "its day is over";
}

TEST_F(VillageWindowsTest, CardsArePrintedInTheWorkingDaysBefore) {
  // Tuesday of the second week: Friday and Monday are the two working days before it.
  const VillageWindows windows = Windows({{kPlanMonday + 8}});
  EXPECT_EQ(windows.At(0, 3).gate, Gate::kNotReady);
  EXPECT_EQ(windows.At(0, 4).gate, Gate::kOpen);
  EXPECT_EQ(windows.At(0, 7).gate, Gate::kOpen);
  EXPECT_EQ(windows.At(0, 8).gate, Gate::kFree) << "no day is ahead any more";
}

TEST_F(VillageWindowsTest, EachDayIsForTheNextReadyDay) {
  const VillageWindows windows = Windows({{kPlanMonday + 10}, {kPlanMonday + 8}});
  EXPECT_EQ(windows.At(0, 7).ready, 0);
  EXPECT_EQ(windows.At(0, 8).ready, 1);
  EXPECT_EQ(windows.At(0, 8).gate, Gate::kOpen);
}

TEST_F(VillageWindowsTest, WhoMayNotWaitIsNotBatched) {
  policy_.max_batching_days = 0;
  EXPECT_EQ(Windows({{kPlanMonday + 8}}).At(0, 3).gate, Gate::kFree);
}

TEST_F(VillageWindowsTest, AReadyDayTakesAsManyPersonsAsItSaid) {
  // Said twice: the larger number counts.
  const VillageWindows windows = Windows(
      {{kPlanMonday + 1, 1}, {kPlanMonday + 1, 2}, {kPlanMonday + 2, 5}, {kPlanMonday + 2, 0}});
  VillageGate gate(windows);
  gate.Count(0, 0);
  EXPECT_TRUE(gate.LetsPass(0, 0));
  gate.Count(0, 0);
  EXPECT_FALSE(gate.LetsPass(0, 0));
  for (int i = 0; i < 100; ++i) gate.Count(0, 1);
  EXPECT_TRUE(gate.LetsPass(0, 1)) << "as many as there are";
}

}  // namespace
}  // namespace keping::planner
