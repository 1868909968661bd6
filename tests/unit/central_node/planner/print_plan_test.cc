#include "central_node/planner/print_plan.h"

#include <algorithm>
#include <string>

#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::AddOffice;
using tests::AddRecords;
using tests::kPlanMonday;

const domain::NodeId kSusut = domain::NodeId::Of("susut");
const domain::NodeId kBangli = domain::NodeId::Of("bangli");
const domain::NodeId kDistrict = domain::NodeId::Of("district");

std::vector<PlannedDay> PlanFor(const PlanInput& input, const domain::NodeId& node) {
  return PrintPlanOf(*MakePlan(input), node);
}

std::vector<std::string> Ids(const PlannedRun& run) {
  std::vector<std::string> ids;
  for (const domain::PrrId& prr : run.records) ids.push_back(prr.value());
  return ids;
}

std::vector<uint64_t> Printed(const std::vector<PlannedDay>& days) {
  std::vector<uint64_t> printed;
  for (const PlannedDay& day : days) printed.push_back(day.printed);
  return printed;
}

PlanInput Susut(uint64_t blanks, uint32_t cards_per_day) {
  PlanInput input = tests::SamplePlan();
  AddOffice(
      input,
      {.name = "susut", .kecamatan = "51.06.01", .blanks = blanks, .cards_per_day = cards_per_day});
  return input;
}

TEST(PrintPlanTest, FirstEnrolledFirstPrintedOverVillages) {
  PlanInput input = Susut(100, 2);
  AddRecords(input, {.prefix = "late", .count = 2, .enrolled_on = absl::CivilDay(2017, 3, 1)});
  AddRecords(input, {.prefix = "early", .village = "51.06.01.2002", .count = 2});
  const std::vector<PlannedDay> days = PlanFor(input, kSusut);
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(days[0].day, kPlanMonday);
  EXPECT_EQ(days[0].runs[0].printer.value(), "printer-susut");
  EXPECT_EQ(days[0].runs[0].operator_id.value(), "operator-susut");
  EXPECT_EQ(Ids(days[0].runs[0]), (std::vector<std::string>{"early-00001", "early-00002"}));
  EXPECT_EQ(Ids(days[1].runs[0]), (std::vector<std::string>{"late-00001", "late-00002"}));
}

TEST(PrintPlanTest, ClassesGoInThePolicysOrder) {
  PlanInput input = Susut(100, 1);
  AddRecords(input, {.prefix = "lost", .count = 1, .priority_class = PriorityClass::kLost});
  AddRecords(input, {.prefix = "first",
                     .count = 1,
                     .enrolled_on = absl::CivilDay(2017, 3, 1),
                     .priority_class = PriorityClass::kFirstCard});
  EXPECT_EQ(Ids(PlanFor(input, kSusut)[0].runs[0])[0], "first-00001");
  std::reverse(input.policy.class_order.begin(), input.policy.class_order.end());
  EXPECT_EQ(Ids(PlanFor(input, kSusut)[0].runs[0])[0], "lost-00001");
}

TEST(PrintPlanTest, PrinterLimitWeekendAndBlanksBound) {
  PlanInput input = Susut(13, 2);
  AddRecords(input, {.prefix = "a", .count = 20});
  input.policy.horizon_days = 14;
  EXPECT_EQ(Printed(PlanFor(input, kSusut)),
            (std::vector<uint64_t>{2, 2, 2, 2, 2, 0, 0, 2, 1, 0, 0, 0, 0, 0}));
}

TEST(PrintPlanTest, WhatAPrinterHasFedTodayCounts) {
  PlanInput input = Susut(100, 3);
  AddRecords(input, {.prefix = "a", .count = 5});
  input.printers[0].fed_today = 2;
  EXPECT_EQ(Printed(PlanFor(input, kSusut)), (std::vector<uint64_t>{1, 3, 1}));
  input.printers[0].fed_today = 4;
  EXPECT_EQ(Printed(PlanFor(input, kSusut)), (std::vector<uint64_t>{0, 3, 2})) << "by override";
}

TEST(PrintPlanTest, AnOperatorServesAsManyPrintersAsThePolicySays) {
  PlanInput input = Susut(100, 2);
  input.printers.push_back(
      {.printer = domain::PrinterId::Of("second"), .node = kSusut, .cards_per_day = 5});
  AddRecords(input, {.prefix = "a", .count = 7});
  // The larger printer is the one that is staffed.
  EXPECT_EQ(Printed(PlanFor(input, kSusut)), (std::vector<uint64_t>{5, 2}));
  input.policy.printers_per_operator = 2;
  EXPECT_EQ(Printed(PlanFor(input, kSusut)), (std::vector<uint64_t>{7}));
}

TEST(PrintPlanTest, ASharedOperatorIsAtOneOfficeADay) {
  PlanInput input = Susut(100, 3);
  AddOffice(input, {.name = "bangli", .kecamatan = "51.06.02", .blanks = 100, .cards_per_day = 3});
  AddRecords(input, {.prefix = "s", .count = 4});
  AddRecords(input, {.prefix = "b", .village = "51.06.02.2001", .count = 6});
  input.operators.pop_back();
  input.operators[0].nodes = {kSusut, kBangli};
  // Where most cards can be printed today; of equals where somebody has waited longest.
  EXPECT_EQ(Printed(PlanFor(input, kBangli)), (std::vector<uint64_t>{3, 0, 3, 0}));
  EXPECT_EQ(Printed(PlanFor(input, kSusut)), (std::vector<uint64_t>{0, 3, 0, 1}));
}

TEST(PrintPlanTest, NobodyIsSentWhereThereIsNoBlank) {
  PlanInput input = Susut(0, 3);
  AddOffice(input, {.name = "bangli", .kecamatan = "51.06.02", .blanks = 5});
  AddRecords(input, {.prefix = "a", .count = 9});
  AddRecords(input, {.prefix = "b", .village = "51.06.02.2001", .count = 1});
  input.operators.pop_back();
  input.operators[0].nodes = {kSusut, kBangli};
  EXPECT_EQ(PlanFor(input, kBangli)[0].printed, 1u);
}

TEST(PrintPlanTest, TheDistrictsPrinterTakesTheOverflow) {
  PlanInput input = Susut(100, 2);
  AddOffice(input, {.name = "district", .blanks = 100, .cards_per_day = 2});
  AddRecords(input, {.prefix = "a", .count = 8});
  // What the office can do by itself tomorrow stays.
  EXPECT_EQ(Printed(PlanFor(input, kSusut)), (std::vector<uint64_t>{2, 2, 2}));
  EXPECT_EQ(Ids(PlanFor(input, kDistrict)[0].runs[0]),
            (std::vector<std::string>{"a-00003", "a-00004"}));
  EXPECT_EQ(Printed(PlanFor(input, kDistrict)), (std::vector<uint64_t>{2, 0, 0}));
  input.policy.overflow = Overflow::kNobody;
  EXPECT_EQ(Printed(PlanFor(input, kSusut)), (std::vector<uint64_t>{2, 2, 2, 2}));
}

TEST(PrintPlanTest, WithoutAnOfficeInItsKecamatanARecordGoesToTheDistrict) {
  PlanInput input = Susut(100, 10);
  AddOffice(input, {.name = "district", .blanks = 100});
  AddRecords(input, {.prefix = "a", .village = "51.06.08.2001", .count = 3});
  AddRecords(input, {.prefix = "b", .village = "51.06.09.2001", .count = 2});
  EXPECT_EQ(Printed(PlanFor(input, kDistrict)), (std::vector<uint64_t>{5}));
}

TEST(PrintPlanTest, VillagesArePrintedForTheirReadyDaysAndOthersGoFirst) {
  PlanInput input = Susut(100, 2);
  input.policy.print_ahead_days = 1;
  input.villages = {{domain::VillageCode::Of("51.06.01.2001"), {{kPlanMonday + 4, 0}}}};
  AddRecords(input, {.prefix = "ready-friday", .count = 2});
  AddRecords(input, {.prefix = "any-day",
                     .village = "51.06.01.2002",
                     .count = 2,
                     .enrolled_on = absl::CivilDay(2017, 3, 1)});
  const std::vector<PlannedDay> days = PlanFor(input, kSusut);
  ASSERT_EQ(days.size(), 4u);
  EXPECT_EQ(Ids(days[0].runs[0])[0], "any-day-00001");
  EXPECT_EQ(Ids(days[3].runs[0])[0], "ready-friday-00001");
}

TEST(PrintPlanTest, NobodyWaitsForTheVillageLongerThanThePolicySays) {
  PlanInput input = Susut(100, 2);
  input.policy.print_ahead_days = 1;
  input.policy.max_batching_days = 2;
  input.villages = {{domain::VillageCode::Of("51.06.01.2001"), {{kPlanMonday + 11, 0}}}};
  AddRecords(input, {.prefix = "a", .count = 2});
  EXPECT_EQ(Printed(PlanFor(input, kSusut)), (std::vector<uint64_t>{0, 0, 2}));
}

TEST(PrintPlanTest, AnotherOrderOfTheListsIsTheSamePlan) {
  PlanInput input = Susut(30, 4);
  AddOffice(input, {.name = "district", .blanks = 10, .cards_per_day = 3});
  AddRecords(input, {.prefix = "a", .count = 20});
  AddRecords(input, {.prefix = "b", .village = "51.06.01.2002", .count = 20});
  PlanInput other = input;
  std::reverse(other.offices.begin(), other.offices.end());
  std::reverse(other.printers.begin(), other.printers.end());
  std::reverse(other.records.begin(), other.records.end());
  const auto days = PlanFor(input, kSusut);
  const auto same = PlanFor(other, kSusut);
  ASSERT_EQ(days.size(), same.size());
  for (size_t i = 0; i < days.size(); ++i) {
    ASSERT_EQ(days[i].runs.size(), same[i].runs.size());
    for (size_t run = 0; run < days[i].runs.size(); ++run) {
      EXPECT_EQ(Ids(days[i].runs[run]), Ids(same[i].runs[run]));
    }
  }
}

TEST(PrintPlanTest, AnUnknownNodeHasNoPlan) {
  EXPECT_TRUE(PlanFor(Susut(1, 1), domain::NodeId::Of("nowhere")).empty());
}

}  // namespace
}  // namespace keping::planner
