#include "central_node/planner/supply.h"

#include "central_node/planner/plan.h"
#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::AddOffice;
using tests::AddRecords;
using tests::kPlanMonday;

// susut is two days away; both have 100 records and print ten a day.
PlanInput TwoOffices() {
  PlanInput input = tests::SamplePlan();
  AddOffice(input, {.name = "bangli", .kecamatan = "51.06.02"});
  AddOffice(input, {.name = "susut", .kecamatan = "51.06.01", .lead_days = 2});
  AddRecords(input, {.prefix = "s", .count = 100});
  AddRecords(input, {.prefix = "b", .village = "51.06.02.2001", .count = 100});
  return input;
}

TEST(SupplyTest, TheDistrictsStockGoesOutTodayAndArrivesAfterItsWay) {
  PlanInput input = TwoOffices();
  input.district_blanks = 60;
  const Plan plan = *MakePlan(input);
  ASSERT_EQ(plan.supply.dispatches.size(), 1u);
  EXPECT_EQ(plan.supply.supply.arrivals[0][0], 20u);
  EXPECT_EQ(plan.supply.supply.arrivals[1][0], 0u);
  EXPECT_EQ(plan.supply.supply.arrivals[1][2], 40u);
}

TEST(SupplyTest, AParcelThatArrivesOnAHolidayIsThereAfterIt) {
  PlanInput input = TwoOffices();
  input.parcels = {{domain::NodeId::Of("bangli"), kPlanMonday + 5, 7},
                   {domain::NodeId::Of("bangli"), kPlanMonday - 9, 3}};
  const Plan plan = *MakePlan(input);
  EXPECT_EQ(plan.supply.supply.arrivals[0][7], 7u);
  EXPECT_EQ(plan.supply.supply.arrivals[0][0], 3u) << "overdue ones are counted on";
}

TEST(SupplyTest, AllotmentsAreSplitWhenTheyComeOnWhatThereIs) {
  PlanInput input = TwoOffices();
  input.offices[0].blanks = 100;
  input.allotments = {{domain::AllotmentId::Of("second"), kPlanMonday + 7, 50}};
  const Plan plan = *MakePlan(input);
  ASSERT_EQ(plan.supply.dispatches.size(), 2u);
  EXPECT_EQ(plan.supply.dispatches[1].day, 7);
  EXPECT_EQ(plan.supply.dispatches[1].allotment.value(), "second");
  EXPECT_EQ(plan.supply.dispatches[1].split.shares[0].blanks, 0u);
  EXPECT_EQ(plan.supply.dispatches[1].split.shares[1].blanks, 50u);
  EXPECT_EQ(plan.supply.supply.arrivals[1][9], 50u);
}

TEST(SupplyTest, TheReserveStaysAtTheDistrictOnce) {
  PlanInput input = TwoOffices();
  input.policy.reserve_blanks = 15;
  input.district_blanks = 10;
  input.allotments = {{domain::AllotmentId::Of("second"), kPlanMonday + 1, 20}};
  const Plan plan = *MakePlan(input);
  EXPECT_EQ(plan.supply.dispatches[0].split.reserve, 10u);
  EXPECT_EQ(plan.supply.dispatches[1].split.reserve, 15u);
}

TEST(SupplyTest, WhatComesUnexpectedlyIsSplitBeyondWhatIsSent) {
  PlanInput input = TwoOffices();
  input.offices[0].blanks = 100;
  input.offices[1].blanks = 70;
  input.district_blanks = 10;
  const AllotmentSplit split = ProposeSplit(*MakePlan(input), 50);
  EXPECT_EQ(split.shares[0].blanks, 0u);
  EXPECT_EQ(split.shares[1].blanks, 20u);
  EXPECT_EQ(split.reserve, 30u);
}

}  // namespace
}  // namespace keping::planner
