#include "central_node/planner/lease_moves.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::AddOffice;
using tests::AddRecords;
using tests::kPlanMonday;

PlanInput TwoOffices() {
  PlanInput input = tests::SamplePlan();
  AddOffice(input, {.name = "susut", .kecamatan = "51.06.01", .blanks = 100});
  AddOffice(input, {.name = "bangli", .kecamatan = "51.06.02", .blanks = 100});
  AddRecords(input, {.prefix = "s", .count = 5, .holder = "susut"});
  AddRecords(input, {.prefix = "b", .village = "51.06.02.2001", .count = 5, .holder = "bangli"});
  return input;
}

TEST(LeaseMovesTest, WhereEverybodyCanPrintNothingMoves) {
  EXPECT_TRUE(LeaseMovesOf(*MakePlan(TwoOffices())).empty());
}

TEST(LeaseMovesTest, ABrokenPrintersRecordsGoToAnotherOffice) {
  PlanInput input = TwoOffices();
  input.printers[0].broken = {{kPlanMonday - 30, std::nullopt}};
  const std::vector<LeaseMove> moves = LeaseMovesOf(*MakePlan(input));
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_EQ(moves[0].from.value(), "susut");
  EXPECT_EQ(moves[0].to.value(), "bangli");
  EXPECT_EQ(moves[0].reason, MoveReason::kNoPrinter);
  EXPECT_EQ(moves[0].needed_by, kPlanMonday + 1) << "a lease takes a day to move";
  ASSERT_EQ(moves[0].records.size(), 5u);
  EXPECT_EQ(moves[0].records[0].value(), "s-00001");
}

TEST(LeaseMovesTest, WithoutAnybodyTrainedToo) {
  PlanInput input = TwoOffices();
  input.operators[1].certified_from = std::nullopt;
  const std::vector<LeaseMove> moves = LeaseMovesOf(*MakePlan(input));
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_EQ(moves[0].from.value(), "bangli");
  EXPECT_EQ(moves[0].reason, MoveReason::kNoOperator);
}

TEST(LeaseMovesTest, ForAFewDaysNobodyMoves) {
  PlanInput input = TwoOffices();
  input.printers[0].broken = {{kPlanMonday, kPlanMonday + 4}};
  input.policy.overflow = Overflow::kNobody;
  EXPECT_TRUE(LeaseMovesOf(*MakePlan(input)).empty());
}

TEST(LeaseMovesTest, VillagesAreSpreadOverTheOfficesByTheirWork) {
  PlanInput input = TwoOffices();
  AddOffice(input, {.name = "tembuku", .kecamatan = "51.06.03", .blanks = 100});
  AddRecords(input, {.prefix = "v", .village = "51.06.01.2002", .count = 4, .holder = "susut"});
  input.printers[0].broken = {{kPlanMonday, std::nullopt}};
  const std::vector<LeaseMove> moves = LeaseMovesOf(*MakePlan(input));
  // Bangli has five of its own: both villages go to tembuku, the second with four beside five.
  ASSERT_EQ(moves.size(), 2u);
  EXPECT_EQ(moves[0].to.value(), "bangli");
  EXPECT_EQ(moves[0].records.size(), 4u);
  EXPECT_EQ(moves[1].to.value(), "tembuku");
  EXPECT_EQ(moves[1].records.size(), 5u);
}

TEST(LeaseMovesTest, AFastPrinterHasRoomForMore) {
  PlanInput input = TwoOffices();
  AddOffice(input,
            {.name = "tembuku", .kecamatan = "51.06.03", .blanks = 100, .cards_per_day = 100});
  AddRecords(input, {.prefix = "t", .village = "51.06.03.2001", .count = 20});
  input.printers[0].broken = {{kPlanMonday, std::nullopt}};
  const std::vector<LeaseMove> moves = LeaseMovesOf(*MakePlan(input));
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_EQ(moves[0].to.value(), "tembuku") << "a fifth of a day's work, and bangli half a day's";
}

TEST(LeaseMovesTest, WhereNobodyCanPrintEverythingStays) {
  PlanInput input = TwoOffices();
  for (Printer& printer : input.printers) printer.broken = {{kPlanMonday, std::nullopt}};
  const Plan plan = *MakePlan(input);
  EXPECT_TRUE(LeaseMovesOf(plan).empty());
  EXPECT_EQ(plan.basis.input.offices[plan.assignment.line_of[0]].node.value(), "bangli");
}

TEST(LeaseMovesTest, WhomNobodyHoldsNeedsNoMove) {
  PlanInput input = TwoOffices();
  for (Record& record : input.records) record.holder = {};
  input.printers[0].broken = {{kPlanMonday, std::nullopt}};
  const Plan plan = *MakePlan(input);
  EXPECT_TRUE(LeaseMovesOf(plan).empty());
  const auto diversion = DiversionOf(plan, plan.basis.FindRecord(domain::PrrId::Of("s-00001")));
  ASSERT_TRUE(diversion.has_value()) << "it is printed elsewhere all the same";
  EXPECT_EQ(diversion->reason, MoveReason::kNoPrinter);
}

}  // namespace
}  // namespace keping::planner
