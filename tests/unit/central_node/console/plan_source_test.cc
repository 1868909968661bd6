// Printers that break and move: nothing is mended, the plan is made anew from what was stated
// since.
#include "central_node/console/plan_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "central_node/planner/lease_moves.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using domain::NodeId;
using domain::OperatorId;
using domain::PrinterId;
using ::testing::Contains;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

class PlanSourceTest : public ::testing::Test {
 protected:
  PlanSourceTest() {
    district_.Command(SetOfficer{.officer = OperatorId::Of("made"),
                                 .role = domain::Role::kAdministrator,
                                 .by = OperatorId::Of("made")});
    int first = 1;
    for (const auto& [office, village] : std::map<std::string, std::string>{
             {"susut", "51.06.01.2001"}, {"bangli", "51.06.02.2001"}}) {
      const NodeId node = NodeId::Of(office);
      const OperatorId person = OperatorId::Of("op-" + office);
      district_.Command(AddOperator{.operator_id = person, .node = node});
      district_.Command(
          CertifyOperator{.operator_id = person,
                          .node = node,
                          .application_version = domain::ApplicationVersion::Of("v1")});
      district_.AddRecords(first, 3, village);
      first += 3;
    }
    district_.AddBlanks(100);
  }

  void State(const std::string& printer, const std::string& office, uint32_t cards_per_day) {
    EXPECT_EQ(
        district_.Command(Enter{.entry = domain::PrinterStated{.printer = PrinterId::Of(printer),
                                                               .node = NodeId::Of(office),
                                                               .cards_per_day = cards_per_day,
                                                               .from = kToday,
                                                               .by = OperatorId::Of("made")},
                                .by = OperatorId::Of("made")}),
        CommandOutcome::kDone);
  }
  // The office of each printer that works.
  std::map<std::string, std::string> Printers() {
    std::map<std::string, std::string> offices;
    for (const planner::Printer& printer : Input().printers) {
      if (printer.broken.empty()) offices[printer.printer.value()] = printer.node.value();
    }
    return offices;
  }
  planner::PlanInput Input() { return *ReadPlanInput(district_.centre(), kToday); }
  // "susut -> bangli": whose records the plan proposes to move.
  std::vector<std::string> Moves() {
    std::vector<std::string> moves;
    const planner::Plan plan = *planner::MakePlan(Input());
    for (const planner::LeaseMove& move : planner::LeaseMovesOf(plan)) {
      moves.push_back(move.from.value() + " -> " + move.to.value());
    }
    return moves;
  }

  static constexpr absl::CivilDay kToday{2017, 7, 17};  // a Monday
  tests::LittleDistrict district_{{{"susut", "51.06.01"}, {"bangli", "51.06.02"}}};
};

TEST_F(PlanSourceTest, AnOfficeOfWhichNothingWasStatedHasAPrinter) {
  EXPECT_THAT(Printers(), Contains(Pair("susut", "susut")));
  EXPECT_THAT(Printers(), Contains(Pair("bangli", "bangli")));
  EXPECT_TRUE(Moves().empty());
}

TEST_F(PlanSourceTest, WhereThePrinterDiedItsRecordsGoElsewhere) {
  State("kiosk", "susut", 50);
  EXPECT_TRUE(Moves().empty());
  State("kiosk", "susut", 0);
  EXPECT_THAT(Printers(), Not(Contains(Key("kiosk"))));
  EXPECT_EQ(Moves(), std::vector<std::string>{"susut -> bangli"});
}

TEST_F(PlanSourceTest, APrinterThatMovesLeavesNoneBehind) {
  State("kiosk", "susut", 50);
  State("kiosk", "bangli", 50);
  EXPECT_THAT(Printers(), Contains(Pair("kiosk", "bangli")));
  EXPECT_THAT(Printers(), Not(Contains(Key("susut")))) << "no other one was stated there";
  EXPECT_EQ(Moves(), std::vector<std::string>{"susut -> bangli"});
  // Another one comes: everybody prints at home again.
  State("second", "susut", 50);
  EXPECT_TRUE(Moves().empty());
}

}  // namespace
}  // namespace keping::central
