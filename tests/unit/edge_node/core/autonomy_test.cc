#include "edge_node/core/autonomy.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::ConsumableKind;
using domain::ConsumableStep;

// Three records and ten blanks; two printers of three cards a day each.
class AutonomyTest : public ::testing::Test {
 protected:
  Autonomy Now() { return AutonomyOf(bench_.core(), bench_.clock().Now()); }
  // "records 3 in 0 days, blanks …", in the order of running out.
  std::string Supplies() {
    std::string text;
    for (const SupplyLeft& left : Now().supplies) {
      absl::StrAppend(&text, text.empty() ? "" : ", ", SupplyName(left.supply), " ");
      if (left.cards.has_value()) absl::StrAppend(&text, *left.cards, " in ");
      absl::StrAppend(&text, left.days);
    }
    return text;
  }
  void Move(ConsumableStep step, const char* id, uint32_t panels) {
    bench_.Write(domain::ConsumableMoved{.act = bench_.NewAct(),
                                         .kind = ConsumableKind::kRibbon,
                                         .step = step,
                                         .consumable = domain::ConsumableId::Of(id),
                                         .quantity = 1,
                                         .panels = panels,
                                         .printer = kPrinter,
                                         .operator_id = kAyu,
                                         .second = {},
                                         .transfer = {}});
  }

  CoreBench bench_ = CoreBench::Ready();
};

TEST_F(AutonomyTest, WhatRunsOutFirstDecides) {
  EXPECT_EQ(Now().cards_per_day, 2 * kLimit) << "before the first card: what the printers may feed";
  EXPECT_EQ(Supplies(), "records 3 in 0, blanks 10 in 1");
  EXPECT_EQ(Now().days, 0);
  for (int i = 4; i <= 40; ++i) bench_.Tell(PrrOf(absl::StrCat("prr-", i)));
  EXPECT_EQ(Supplies(), "blanks 10 in 1, records 40 in 6");
  EXPECT_EQ(Now().days, 1);
}

TEST_F(AutonomyTest, ThePaceIsThatOfTheDaysWithCards) {
  bench_.Verify(bench_.Print("prr-1", "A1"), "A1");
  EXPECT_EQ(Now().cards_per_day, 1);
  EXPECT_EQ(Supplies(), "records 2 in 2, blanks 9 in 9");
  bench_.clock().Advance(absl::Hours(24));
  bench_.Verify(bench_.Print("prr-2", "A2"), "A2");
  bench_.Verify(bench_.Print("prr-3", "A3", "p2"), "A3");
  EXPECT_EQ(Now().cards_per_day, 2) << "three cards in two days";
}

TEST_F(AutonomyTest, RibbonsCountOnceOneWasInstalled) {
  Move(ConsumableStep::kReceived, "r1", 0);
  EXPECT_EQ(Supplies().find("ribbons"), std::string::npos) << "nobody knows what it is good for";
  bench_.Verify(bench_.Print("prr-1", "A1"), "A1");
  Move(ConsumableStep::kReceived, "r2", 0);
  Move(ConsumableStep::kInstalled, "r2", 200);
  EXPECT_NE(Supplies().find("ribbons 400 in 400"), std::string::npos) << Supplies();
  bench_.Verify(bench_.Print("prr-2", "A2"), "A2");
  EXPECT_NE(Supplies().find("ribbons 399 in 199"), std::string::npos) << Supplies();
}

TEST_F(AutonomyTest, TheTimeWithoutContactIsASupply) {
  for (int i = 4; i <= 400; ++i) bench_.Tell(PrrOf(absl::StrCat("prr-", i)));
  bench_.ReceiptNow();
  EXPECT_NE(Supplies().find("contact 30"), std::string::npos) << Supplies();
  bench_.clock().Advance(absl::Hours(24 * 29 + 1));
  EXPECT_EQ(Supplies(), "contact 0, blanks 10 in 1, records 400 in 66");
  bench_.clock().Advance(absl::Hours(24 * 30));
  EXPECT_EQ(Now().days, 0);
}

TEST_F(AutonomyTest, NobodyToPrintIsNoAutonomy) {
  for (int i = 4; i <= 40; ++i) bench_.Tell(PrrOf(absl::StrCat("prr-", i)));
  bench_.Roster("ayu", {});
  EXPECT_EQ(Supplies(), "operators 0, blanks 10 in 1, records 40 in 6");
}

TEST(AutonomyOfNoPrinterTest, IsNone) {
  EdgeSettings settings = CoreSettings();
  settings.cards_per_day.clear();
  CoreBench bench(settings);
  bench.Roster("ayu", {kVersion});
  const Autonomy autonomy = AutonomyOf(bench.core(), bench.clock().Now());
  EXPECT_EQ(autonomy.days, 0);
  EXPECT_EQ(autonomy.cards_per_day, 0);
  EXPECT_EQ(autonomy.supplies.front().supply, Supply::kPrinters);
}

}  // namespace
}  // namespace keping::edge
