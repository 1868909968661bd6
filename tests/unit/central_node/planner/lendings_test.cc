#include "central_node/planner/lendings.h"

#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::AddOffice;
using tests::AddRecords;
using tests::kPlanMonday;

// bangli has blanks for ten and many records, susut a hundred blanks and twenty records.
PlanInput DryAndIdle() {
  PlanInput input = tests::SamplePlan();
  AddOffice(input, {.name = "bangli", .kecamatan = "51.06.02", .blanks = 10, .lead_days = 1});
  AddOffice(input, {.name = "susut", .kecamatan = "51.06.01", .blanks = 100});
  AddRecords(input, {.prefix = "b", .village = "51.06.02.2001", .count = 65});
  AddRecords(input, {.prefix = "s", .count = 20});
  input.policy.horizon_days = 28;
  return input;
}

TEST(LendingsTest, WhatOneNeverUsesIsLentToWhoRunsDry) {
  const std::vector<LendingProposal> lendings = LendingsOf(*MakePlan(DryAndIdle()));
  ASSERT_EQ(lendings.size(), 1u);
  EXPECT_EQ(lendings[0].from.value(), "susut");
  EXPECT_EQ(lendings[0].to.value(), "bangli");
  EXPECT_EQ(lendings[0].blanks, 55u) << "no more than it has records for";
  EXPECT_EQ(lendings[0].needed_on, kPlanMonday + 1);
  EXPECT_EQ(lendings[0].send_by, kPlanMonday);
}

TEST(LendingsTest, OnlyUntilBlanksComeAnyway) {
  PlanInput input = DryAndIdle();
  input.parcels = {{domain::NodeId::Of("bangli"), kPlanMonday + 3, 100}};
  const std::vector<LendingProposal> lendings = LendingsOf(*MakePlan(input));
  ASSERT_EQ(lendings.size(), 1u);
  EXPECT_EQ(lendings[0].blanks, 20u) << "Tuesday's and Wednesday's cards";
}

TEST(LendingsTest, NobodyLendsWhatHeNeeds) {
  PlanInput input = DryAndIdle();
  AddRecords(input, {.prefix = "more", .count = 80});
  EXPECT_TRUE(LendingsOf(*MakePlan(input)).empty());
}

TEST(LendingsTest, ABlankIsLentOnce) {
  PlanInput input = DryAndIdle();
  AddOffice(input, {.name = "tembuku", .kecamatan = "51.06.03"});
  AddRecords(input, {.prefix = "t", .village = "51.06.03.2001", .count = 60});
  const std::vector<LendingProposal> lendings = LendingsOf(*MakePlan(input));
  ASSERT_EQ(lendings.size(), 2u);
  EXPECT_EQ(lendings[0].to.value(), "tembuku") << "it is dry first";
  EXPECT_EQ(lendings[0].blanks, 60u);
  EXPECT_EQ(lendings[1].blanks, 20u);
}

}  // namespace
}  // namespace keping::planner
