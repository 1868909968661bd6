#include "central_node/planner/readiness.h"

#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::AddOffice;
using tests::AddRecords;
using tests::kPlanMonday;

class ReadinessTest : public testing::Test {
 protected:
  ReadinessTest() {
    AddOffice(input_, {.name = "susut", .kecamatan = "51.06.01", .blanks = 100});
    AddRecords(input_, {.prefix = "a", .count = 30});
    input_.policy.horizon_days = 28;
    input_.policy.replan_after_days = 20;
  }

  Readiness Susut() const {
    const std::vector<Readiness> offices = ReadinessOf(*MakePlan(input_));
    return offices.back();
  }
  ReadinessItem Item(Need need) const { return Susut().items[static_cast<size_t>(need) - 1]; }

  PlanInput input_ = tests::SamplePlan();
};

TEST_F(ReadinessTest, AnOfficeThatHasEverythingStartsToday) {
  const Readiness office = Susut();
  EXPECT_EQ(office.node.value(), "susut");
  EXPECT_EQ(office.starts_on, kPlanMonday);
  EXPECT_TRUE(office.blocked_by.empty());
  const uint64_t counts[] = {100, 1, 1, 1, 30, 0};
  for (int i = 0; i < kNeedCount; ++i) {
    EXPECT_EQ(static_cast<int>(office.items[i].need), i + 1);
    EXPECT_EQ(office.items[i].count, counts[i]) << i;
    EXPECT_EQ(office.items[i].from, kPlanMonday) << i;
  }
}

TEST_F(ReadinessTest, ThePrintersInBangliWaitForTheirPeopleInTraining) {
  input_.operators[0].away = {{kPlanMonday, kPlanMonday + 3}};
  const Readiness office = Susut();
  EXPECT_EQ(office.blocked_by, std::vector<Need>{Need::kOperator});
  EXPECT_EQ(office.starts_on, kPlanMonday + 4);
  EXPECT_EQ(Item(Need::kOperator).from, kPlanMonday + 4);
  EXPECT_EQ(Item(Need::kOperator).count, 0u);
}

TEST_F(ReadinessTest, SomebodyWhoIsNeededElsewhereIsNotThere) {
  AddOffice(input_, {.name = "bangli", .kecamatan = "51.06.02", .blanks = 100});
  AddRecords(input_, {.prefix = "b",
                      .village = "51.06.02.2001",
                      .count = 30,
                      .enrolled_on = absl::CivilDay(2016, 12, 1)});
  input_.operators = {{.operator_id = domain::OperatorId::Of("both"),
                       .nodes = {domain::NodeId::Of("susut"), domain::NodeId::Of("bangli")},
                       .certified_from = kPlanMonday}};
  EXPECT_EQ(Susut().blocked_by, std::vector<Need>{Need::kOperator});
  EXPECT_EQ(Susut().starts_on, kPlanMonday + 3) << "as many wait in bangli, and for longer";
}

TEST_F(ReadinessTest, EverythingThatIsMissingIsNamed) {
  input_.offices[0].blanks = 0;
  input_.district_blanks = 50;
  input_.offices[0].lead_days = 2;
  input_.offices[0].application_from = kPlanMonday + 1;
  input_.offices[0].contact_until = kPlanMonday - 1;
  input_.printers[0].broken = {{kPlanMonday, std::nullopt}};
  input_.villages = {{input_.records[0].village, {{kPlanMonday + 9, 0}}}};
  const Readiness office = Susut();
  EXPECT_EQ(office.blocked_by, (std::vector<Need>{Need::kBlanks, Need::kApplication, Need::kPrinter,
                                                  Need::kRecords, Need::kLink}));
  EXPECT_FALSE(office.starts_on.has_value());
  EXPECT_FALSE(Item(Need::kPrinter).from.has_value());
  EXPECT_FALSE(Item(Need::kLink).from.has_value());
  EXPECT_EQ(Item(Need::kApplication).from, kPlanMonday + 1);
  // Three working days before its village is ready.
  EXPECT_EQ(Item(Need::kRecords).from, kPlanMonday + 4);
}

TEST_F(ReadinessTest, BlanksOfTheDistrictComeInTheirTime) {
  input_.offices[0].blanks = 0;
  input_.district_blanks = 50;
  input_.offices[0].lead_days = 2;
  EXPECT_EQ(Item(Need::kBlanks).from, kPlanMonday + 2);
  EXPECT_EQ(Susut().starts_on, kPlanMonday + 2);
}

TEST_F(ReadinessTest, ALinkIsWantedOnlyAfterTooLongWithoutOne) {
  input_.offices[0].contact_until = kPlanMonday + 8;
  EXPECT_EQ(Item(Need::kLink).count, 9u);
  EXPECT_TRUE(Susut().blocked_by.empty());
}

TEST_F(ReadinessTest, WithoutARecordNothingStarts) {
  input_.records.clear();
  EXPECT_EQ(Susut().blocked_by, std::vector<Need>{Need::kRecords});
  EXPECT_FALSE(Susut().starts_on.has_value());
}

}  // namespace
}  // namespace keping::planner
