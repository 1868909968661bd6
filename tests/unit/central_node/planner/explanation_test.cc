#include "central_node/planner/explanation.h"

#include <ostream>
#include <string>

#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {

void PrintTo(const Wait& wait, std::ostream* out) {
  *out << "reason " << static_cast<int>(wait.reason) << ", " << wait.days << " days until "
       << wait.until << ", behind " << wait.earlier_records;
}

namespace {

using tests::AddOffice;
using tests::AddRecords;
using tests::kPlanMonday;
using Waits = std::vector<Wait>;

class ExplanationTest : public testing::Test {
 protected:
  ExplanationTest() {
    AddOffice(input_,
              {.name = "susut", .kecamatan = "51.06.01", .blanks = 100, .cards_per_day = 2});
    input_.policy.horizon_days = 28;
  }

  Explanation Why(const std::string& prr) const {
    return *Explain(*MakePlan(input_), domain::PrrId::Of(prr));
  }

  PlanInput input_ = tests::SamplePlan();
};

TEST_F(ExplanationTest, WhoIsPrintedOnTheFirstDayWaitsForNothing) {
  AddRecords(input_, {.prefix = "a", .count = 1});
  const Explanation why = Why("a-00001");
  EXPECT_TRUE(why.waits.empty());
  ASSERT_TRUE(why.print.has_value());
  EXPECT_EQ(why.print->day, kPlanMonday);
  EXPECT_EQ(why.print->node.value(), "susut");
  EXPECT_EQ(why.print->printer.value(), "printer-susut");
  EXPECT_FALSE(why.diversion.has_value());
  EXPECT_FALSE(Explain(*MakePlan(input_), domain::PrrId::Of("unknown")).has_value());
}

TEST_F(ExplanationTest, ThePrinterIsFullWithWhoCameBefore) {
  AddRecords(input_, {.prefix = "a", .count = 13});
  // Twelve before it are six working days, with a weekend between.
  EXPECT_EQ(Why("a-00013").waits, (Waits{{WaitReason::kEarlierRecords, 6, kPlanMonday + 8, 12},
                                         {WaitReason::kOfficeClosed, 2, kPlanMonday + 7}}));
}

TEST_F(ExplanationTest, BlanksComeLater) {
  AddRecords(input_, {.prefix = "a", .count = 3});
  input_.offices[0].blanks = 1;
  input_.parcels = {{input_.offices[0].node, kPlanMonday + 2, 50}};
  EXPECT_TRUE(Why("a-00001").waits.empty());
  // On Monday the one blank is used up before it, on Tuesday there is none.
  EXPECT_EQ(Why("a-00003").waits, (Waits{{WaitReason::kNoBlanks, 2, kPlanMonday + 2}}));
}

TEST_F(ExplanationTest, WhatAnOfficeLacksIsNamedOneAfterTheOther) {
  AddRecords(input_, {.prefix = "a", .count = 1});
  input_.policy.replan_after_days = 20;
  input_.offices[0].application_from = kPlanMonday + 1;
  input_.printers[0].broken = {{kPlanMonday, kPlanMonday + 1}};
  input_.operators[0].certified_from = kPlanMonday + 3;
  input_.operators[0].away = {{kPlanMonday + 3, kPlanMonday + 3}};
  EXPECT_EQ(Why("a-00001").waits, (Waits{{WaitReason::kOldApplication, 1, kPlanMonday + 1},
                                         {WaitReason::kNoPrinter, 1, kPlanMonday + 2},
                                         {WaitReason::kNoOperator, 2, kPlanMonday + 4}}));
}

TEST_F(ExplanationTest, AnOfficeTooLongWithoutALinkPrintsNoMore) {
  AddRecords(input_, {.prefix = "a", .count = 3});
  input_.policy.replan_after_days = 20;
  input_.policy.horizon_days = 7;
  input_.offices[0].contact_until = kPlanMonday;
  const Explanation why = Why("a-00003");
  EXPECT_FALSE(why.print.has_value());
  EXPECT_EQ(why.waits, (Waits{{WaitReason::kEarlierRecords, 1, kPlanMonday + 1, 2},
                              {WaitReason::kNoContact, 4, kPlanMonday + 5},
                              {WaitReason::kOfficeClosed, 2, kPlanMonday + 7}}));
}

TEST_F(ExplanationTest, TheVillageIsNotReadyAndThenItsDayIsFull) {
  AddRecords(input_, {.prefix = "a", .count = 3});
  input_.policy.print_ahead_days = 1;
  input_.villages = {{input_.records[0].village, {{kPlanMonday + 2, 1}, {kPlanMonday + 4, 9}}}};
  EXPECT_EQ(Why("a-00001").waits, (Waits{{WaitReason::kVillageNotReady, 1, kPlanMonday + 1}}));
  EXPECT_EQ(Why("a-00002").waits, (Waits{{WaitReason::kVillageNotReady, 2, kPlanMonday + 3},
                                         {WaitReason::kReadyDayFull, 1, kPlanMonday + 2}}));
}

TEST_F(ExplanationTest, AfterTheLongestWaitTheVillageIsNotAwaited) {
  AddRecords(input_, {.prefix = "a", .count = 1});
  input_.policy.print_ahead_days = 1;
  input_.policy.max_batching_days = 3;
  input_.villages = {{input_.records[0].village, {{kPlanMonday + 15, 0}}}};
  const Explanation why = Why("a-00001");
  EXPECT_EQ(why.waits, (Waits{{WaitReason::kVillageNotReady, 3, kPlanMonday + 3}}));
  EXPECT_TRUE(why.village_not_awaited);
}

TEST_F(ExplanationTest, OverflowIsPrintedAtTheDistrict) {
  AddOffice(input_, {.name = "district", .blanks = 100, .cards_per_day = 2});
  AddRecords(input_, {.prefix = "a", .count = 8, .holder = "susut"});
  const Explanation why = Why("a-00005");
  // Its lease has to move first.
  ASSERT_TRUE(why.print.has_value());
  EXPECT_EQ(why.print->node.value(), "district");
  EXPECT_EQ(why.waits, (Waits{{WaitReason::kEarlierRecords, 1, kPlanMonday + 1, 4}}));
  ASSERT_TRUE(why.diversion.has_value());
  EXPECT_EQ(why.diversion->from.value(), "susut");
  EXPECT_EQ(why.diversion->reason, MoveReason::kOverflow);
}

TEST_F(ExplanationTest, ALeaseThatAnotherOfficeHoldsMustComeBackFirst) {
  AddRecords(input_, {.prefix = "a", .count = 1, .holder = "gone"});
  input_.policy.lease_move_days = 2;
  const Explanation why = Why("a-00001");
  EXPECT_EQ(why.waits, (Waits{{WaitReason::kLeaseMoves, 2, kPlanMonday + 2}}));
  ASSERT_TRUE(why.diversion.has_value());
  EXPECT_EQ(why.diversion->from.value(), "gone");
  EXPECT_EQ(why.diversion->reason, MoveReason::kHolderGone);
}

}  // namespace
}  // namespace keping::planner
