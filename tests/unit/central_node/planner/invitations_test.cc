#include "central_node/planner/invitations.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/support/sample_plan.h"

namespace keping::planner {
namespace {

using tests::AddOffice;
using tests::AddRecords;
using tests::kPlanMonday;

class InvitationsTest : public testing::Test {
 protected:
  InvitationsTest() {
    AddOffice(input_, {.name = "susut", .kecamatan = "51.06.01", .blanks = 100});
    input_.policy.invitation_hours = {10, 8};
    input_.policy.persons_per_hour = 2;
    input_.policy.horizon_days = 28;
  }

  // "DAY HOUR" for each, counted from the Monday.
  std::vector<std::string> Times() const {
    std::vector<std::string> times;
    for (const Invitation& one : InvitationsOf(*MakePlan(input_), kVillage).invitations) {
      times.push_back(absl::StrCat(one.day - kPlanMonday, " ", one.hour));
    }
    return times;
  }

  const domain::VillageCode kVillage = domain::VillageCode::Of("51.06.01.2001");
  PlanInput input_ = tests::SamplePlan();
};

TEST_F(InvitationsTest, PeopleComeAfterTheirCardIsPrintedSomeAtATime) {
  AddRecords(input_, {.prefix = "a", .count = 5});
  EXPECT_EQ(Times(), (std::vector<std::string>{"1 8", "1 8", "1 10", "1 10", "2 8"}));
}

TEST_F(InvitationsTest, OnTheDaysOnWhichTheVillageIsReady) {
  AddRecords(input_, {.prefix = "a", .count = 5});
  input_.villages = {{kVillage, {{kPlanMonday + 2, 3}, {kPlanMonday + 3, 0}}}};
  EXPECT_EQ(Times(), (std::vector<std::string>{"2 8", "2 8", "2 10", "3 8", "3 8"}));
}

TEST_F(InvitationsTest, AfterItsLastReadyDayOnAnyWorkingDay) {
  AddRecords(input_, {.prefix = "a", .count = 12});
  input_.villages = {{kVillage, {{kPlanMonday + 1, 0}}}};
  // Ten are printed on Monday, four come on its day; the weekend is free.
  EXPECT_EQ(Times(), (std::vector<std::string>{"1 8", "1 8", "1 10", "1 10", "2 8", "2 8", "2 10",
                                               "2 10", "3 8", "3 8", "3 10", "3 10"}));
}

TEST_F(InvitationsTest, WhoIsNotPrintedIsNotInvited) {
  AddRecords(input_, {.prefix = "a", .count = 5});
  input_.offices[0].blanks = 4;
  const InvitationList list = InvitationsOf(*MakePlan(input_), kVillage);
  EXPECT_EQ(list.invitations.size(), 4u);
  ASSERT_EQ(list.not_yet.size(), 1u);
  EXPECT_EQ(list.not_yet[0].value(), "a-00005");
}

TEST_F(InvitationsTest, EachVillageHasItsOwnList) {
  AddRecords(input_, {.prefix = "a", .count = 2});
  AddRecords(input_, {.prefix = "b", .village = "51.06.01.2002", .count = 2});
  EXPECT_EQ(Times(), (std::vector<std::string>{"1 8", "1 8"}));
  EXPECT_TRUE(InvitationsOf(*MakePlan(input_), domain::VillageCode::Of("51.06.01.2009"))
                  .invitations.empty());
}

}  // namespace
}  // namespace keping::planner
