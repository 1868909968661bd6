#include "central_node/planner/forecast.h"

#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::AddOffice;
using tests::AddRecords;
using tests::kPlanMonday;
using Numbers = std::vector<uint64_t>;

PlanInput Susut(uint64_t blanks, uint32_t records) {
  PlanInput input = tests::SamplePlan();
  AddOffice(input, {.name = "susut", .kecamatan = "51.06.01", .blanks = blanks});
  AddRecords(input, {.prefix = "a", .count = records});
  input.policy.horizon_days = 28;
  return input;
}

TEST(ForecastTest, TheBacklogGoesDownDayByDay) {
  const Forecast forecast = ForecastOf(*MakePlan(Susut(100, 25)));
  for (const Backlog& backlog :
       {forecast.district.backlog, forecast.offices[0].backlog, forecast.villages[0].backlog}) {
    EXPECT_EQ(backlog.records, 25u);
    EXPECT_EQ(backlog.waiting, (Numbers{15, 5, 0}));
    EXPECT_EQ(backlog.ends_on, kPlanMonday + 2);
  }
  EXPECT_EQ(forecast.district.working_days_needed, 3u);
  EXPECT_FALSE(forecast.district.run_out.has_value());
  EXPECT_FALSE(forecast.request.has_value());
}

TEST(ForecastTest, NobodyWaitsAndNothingIsNeeded) {
  const Forecast forecast = ForecastOf(*MakePlan(Susut(100, 0)));
  EXPECT_EQ(forecast.district.working_days_needed, 0u);
  EXPECT_TRUE(forecast.villages.empty());
  EXPECT_FALSE(forecast.request.has_value());
}

TEST(ForecastTest, RunOutSaysSinceWhenAndUntilWhen) {
  PlanInput input = Susut(15, 60);
  input.parcels = {{input.offices[0].node, kPlanMonday + 3, 20}};
  const RunOut run_out = *ForecastOf(*MakePlan(input)).offices[0].run_out;
  EXPECT_EQ(run_out.used_up_on, kPlanMonday + 1) << "five of Tuesday's ten";
  EXPECT_EQ(run_out.working_days, 2u);
  EXPECT_EQ(run_out.dry_from, kPlanMonday + 1);
  EXPECT_EQ(run_out.dry_until, kPlanMonday + 3);
}

TEST(ForecastTest, WithoutABlankTheOfficeIsDryFromTheFirstWorkingDay) {
  PlanInput input = Susut(0, 5);
  input.offices[0].closed.push_back(kPlanMonday);
  const RunOut run_out = *ForecastOf(*MakePlan(input)).offices[0].run_out;
  EXPECT_FALSE(run_out.used_up_on.has_value());
  EXPECT_EQ(run_out.working_days, 0u);
  EXPECT_EQ(run_out.dry_from, kPlanMonday + 1);
}

TEST(ForecastTest, TheDistrictLastsAsLongAsAnyOffice) {
  PlanInput input = Susut(10, 30);
  AddOffice(input, {.name = "bangli", .kecamatan = "51.06.02", .blanks = 20});
  AddRecords(input, {.prefix = "b", .village = "51.06.02.2001", .count = 30});
  const Forecast forecast = ForecastOf(*MakePlan(input));
  EXPECT_EQ(forecast.offices[1].run_out->dry_from, kPlanMonday + 1);
  EXPECT_EQ(forecast.district.run_out->dry_from, kPlanMonday + 2);
  EXPECT_EQ(forecast.district.run_out->working_days, 2u);
}

TEST(ForecastTest, ARequestThatIsAlreadyLateIsMadeToday) {
  const BlankRequest request = *ForecastOf(*MakePlan(Susut(30, 60))).request;
  EXPECT_EQ(request.blanks, 30u);
  EXPECT_EQ(request.needed_on, kPlanMonday + 3);
  EXPECT_TRUE(request.late);
  EXPECT_EQ(request.request_by, kPlanMonday);
}

TEST(ForecastTest, TheReserveAndExpectedAllotmentsCount) {
  PlanInput input = Susut(30, 60);
  input.allotments = {{domain::AllotmentId::Of("expected"), kPlanMonday + 2, 20},
                      {domain::AllotmentId::Of("overdue"), kPlanMonday - 2, 500}};
  EXPECT_EQ(ForecastOf(*MakePlan(input)).request->blanks, 10u);
  input.policy.reserve_blanks = 5;
  EXPECT_EQ(ForecastOf(*MakePlan(input)).request->blanks, 15u);
}

TEST(ForecastTest, AnAllotmentAfterTheRunOutIsLate) {
  PlanInput input = Susut(30, 60);
  input.policy.safety_days = 1;
  input.allotments = {{domain::AllotmentId::Of("second"), kPlanMonday + 4, 30}};
  const Forecast late = ForecastOf(*MakePlan(input));
  EXPECT_FALSE(late.request.has_value());
  ASSERT_EQ(late.late_allotments.size(), 1u);
  EXPECT_EQ(late.late_allotments[0].needed_on, kPlanMonday + 3);
  EXPECT_EQ(late.late_allotments[0].arrive_by, kPlanMonday + 2);
  input.allotments[0].arrives_on = kPlanMonday + 3;
  EXPECT_TRUE(ForecastOf(*MakePlan(input)).late_allotments.empty());
}

TEST(ForecastTest, WhatCanNeverBePrintedHasNoEnd) {
  PlanInput input = Susut(100, 5);
  input.printers[0].broken = {{kPlanMonday, std::nullopt}};
  const Forecast forecast = ForecastOf(*MakePlan(input));
  EXPECT_FALSE(forecast.district.working_days_needed.has_value());
  EXPECT_FALSE(forecast.offices[0].backlog.ends_on.has_value());
}

}  // namespace
}  // namespace keping::planner
