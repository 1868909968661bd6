// Stock as a whole at an office: go-live, deliveries before their record, counts, the fire,
// ribbons, and what was first written on paper.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "edge_node/core/office_rules.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::DocumentNumber;
using domain::OperatorId;
using domain::Pile;
using domain::SerialSet;
using domain::TransferId;
using ::testing::HasSubstr;

const OperatorId kMade = OperatorId::Of("made");

SerialSet Serials(const std::string& text) { return *SerialSet::Parse(text); }

std::string Why(const Decision& decision) { return std::string(decision.status.message()); }

// An office with ten blanks, two people and verbs for its stock.
class InventoryTest : public ::testing::Test {
 protected:
  InventoryTest() { bench_.Roster("made", {}); }

  Decision Open(Pile pile, const std::string& serials, const OperatorId& second = kMade) {
    return bench_.Do(OpenStock{.act = bench_.NewAct(),
                               .pile = pile,
                               .serials = Serials(serials),
                               .minutes = DocumentNumber::Of("470/1/BA"),
                               .operator_id = kAyu,
                               .second = second});
  }
  CountPile CountOf(Pile pile, const std::string& scanned) {
    return {.act = bench_.NewAct(),
            .pile = pile,
            .scanned = Serials(scanned),
            .operator_id = kAyu,
            .second = {}};
  }
  Decision Spoil(const std::string& blank) {
    return bench_.Do(SpoilBlank{.act = bench_.NewAct(),
                                .blank = BlankSerial::Of(blank),
                                .cause = domain::SpoilCause::kWarped,
                                .operator_id = kAyu,
                                .step = domain::SpoilStep::kStorage});
  }
  Decision Destroy(const std::string& serials, const OperatorId& second = kMade) {
    return bench_.Do(DestroyCards{.act = bench_.NewAct(),
                                  .serials = Serials(serials),
                                  .minutes = DocumentNumber::Of("470/2/BA"),
                                  .operator_id = kAyu,
                                  .second = second,
                                  .witnesses = crypto::Sha256({"witnesses"})});
  }
  Decision ReceiveEarly(const std::string& number, const std::string& scanned) {
    return bench_.Do(ReceiveTransfer{.act = bench_.NewAct(),
                                     .transfer = TransferId::Of(number),
                                     .scanned = Serials(scanned),
                                     .operator_id = kAyu,
                                     .before_dispatch = true});
  }
  Decision Lend(const std::string& blanks, const std::string& number = "L1",
                const OperatorId& second = kMade) {
    return bench_.Do(LendBlanks{.act = bench_.NewAct(),
                                .transfer = TransferId::Of(number),
                                .to = domain::NodeId::Of("bangli"),
                                .blanks = Serials(blanks),
                                .operator_id = kAyu,
                                .second = second});
  }
  Decision Rescan(const std::string& scanned, const OperatorId& second = kMade) {
    return bench_.Do(RescanStock{.act = bench_.NewAct(),
                                 .scanned = Serials(scanned),
                                 .operator_id = kAyu,
                                 .second = second});
  }
  // The first entry of a new incarnation.
  void Restore() {
    bench_.Write(domain::IncarnationOpened{.reason = domain::IncarnationReason::kRestored,
                                           .parent = domain::IncarnationId::Of("inc-1"),
                                           .parent_seq = 9,
                                           .parent_head = crypto::Sha256({"head"}),
                                           .public_key = {}});
  }
  std::string Where(const std::string& serial) {
    return WhereInBooks(bench_.core(), BlankSerial::Of(serial));
  }
  std::string BookOf(Pile pile) { return Book(bench_.core(), pile).ToString(); }

  CoreBench bench_ = CoreBench::Ready();
};

// ---- Go-live.

TEST_F(InventoryTest, WhatLayThereAtGoLiveIsInTheBooksOfItsPile) {
  ASSERT_TRUE(Open(Pile::kTray, "C1..C3").status.ok());
  ASSERT_TRUE(Open(Pile::kSpoiled, "C4").status.ok());
  ASSERT_TRUE(Open(Pile::kPrinted, "C5").status.ok());
  EXPECT_EQ(BookOf(Pile::kTray), "A1..A9,B1,C1..C3");
  EXPECT_EQ(BookOf(Pile::kSpoiled), "C4");
  EXPECT_EQ(BookOf(Pile::kPrinted), "C5");
  bench_.Print("prr-1", "C1");
}

TEST_F(InventoryTest, WhatTheBooksKnowIsNotOpenedAgain) {
  ASSERT_TRUE(Open(Pile::kSpoiled, "C4").status.ok());
  for (const char* known : {"A1", "C4"}) {
    const Decision again = Open(Pile::kTray, known);
    EXPECT_THAT(Why(again), HasSubstr("K-191"));
    EXPECT_THAT(Why(again), HasSubstr(known));
    EXPECT_TRUE(again.events.empty());
  }
}

TEST_F(InventoryTest, GoLiveAndFireTakeTwoDifferentPeopleOfTheRoster) {
  Spoil("A1");
  EXPECT_THAT(Why(Open(Pile::kTray, "C1", kAyu)), HasSubstr("K-173"));
  EXPECT_THAT(Why(Open(Pile::kTray, "C1", OperatorId::Of("nobody"))), HasSubstr("K-101"));
  EXPECT_THAT(Why(Destroy("A1", kAyu)), HasSubstr("K-173"));
  EXPECT_THAT(Why(Destroy("A1", OperatorId::Of("nobody"))), HasSubstr("K-101"));
}

TEST_F(InventoryTest, RolesDecideWhoActsAndWhoWitnesses) {
  const auto auditor = OperatorId::Of("auditor");
  const auto administrator = OperatorId::Of("administrator");
  bench_.Roster("auditor", {}, domain::Role::kAuditor);
  bench_.Roster("administrator", {}, domain::Role::kAdministrator);
  Spoil("A1");
  EXPECT_THAT(Why(Destroy("A1", administrator)), HasSubstr("K-173"));
  const Decision by_auditor = bench_.Do(DestroyCards{.act = bench_.NewAct(),
                                                     .serials = Serials("A1"),
                                                     .minutes = domain::DocumentNumber::Of("1"),
                                                     .operator_id = auditor,
                                                     .second = kAyu,
                                                     .witnesses = {}});
  EXPECT_THAT(Why(by_auditor), HasSubstr("K-172"));
  EXPECT_TRUE(Destroy("A1", auditor).status.ok());
  const CountPile count{.act = bench_.NewAct(),
                        .pile = Pile::kTray,
                        .scanned = {},
                        .operator_id = auditor,
                        .second = {}};
  EXPECT_TRUE(bench_.Do(count).status.ok());
  CountPile other = count;
  other.operator_id = administrator;
  EXPECT_THAT(Why(bench_.Do(other)), HasSubstr("K-172"));
}

// ---- Deliveries before their dispatch record.

TEST_F(InventoryTest, BlanksAreReceivedByTheNumberOnTheirPaper) {
  const Decision early = ReceiveEarly("BAST-17", "C1..C3");
  ASSERT_TRUE(early.status.ok()) << early.status;
  EXPECT_EQ(Find<domain::BlanksReceived>(early)->received.ToString(), "C1..C3");
  EXPECT_TRUE(Find<domain::BlanksReceived>(early)->missing.empty());
  bench_.Print("prr-1", "C1");
  bench_.Tell(domain::TransferItem{TransferId::Of("BAST-17"), Serials("C1..C4")});
  EXPECT_TRUE(bench_.core().Received(TransferId::Of("BAST-17"))) << "the record is matched";
  EXPECT_THAT(Why(ReceiveEarly("BAST-17", "C4")), HasSubstr("K-132"));
}

TEST_F(InventoryTest, WithoutTheFlagAnUnknownNumberIsASlip) {
  EXPECT_THAT(Why(bench_.Receive("BAST-17", "C1")), HasSubstr("K-131"));
}

TEST_F(InventoryTest, WhatIsHereAlreadyIsUnexpectedInAnEarlyDelivery) {
  const Decision early = ReceiveEarly("BAST-17", "A1,C1");
  EXPECT_EQ(Find<domain::BlanksReceived>(early)->received.ToString(), "C1");
  EXPECT_EQ(Find<domain::BlanksReceived>(early)->unexpected.ToString(), "A1");
}

TEST_F(InventoryTest, AKnownTransferIsComparedAlsoWithTheFlag) {
  bench_.Tell(domain::TransferItem{TransferId::Of("t-9"), Serials("C1..C3")});
  const Decision received = ReceiveEarly("t-9", "C1,D1");
  EXPECT_EQ(Find<domain::BlanksReceived>(received)->missing.ToString(), "C2..C3");
  EXPECT_EQ(Find<domain::BlanksReceived>(received)->unexpected.ToString(), "D1");
}

// ---- Counts.

TEST_F(InventoryTest, ACountNamesWhatDiffersAndAdjustsNothing) {
  for (int i = 0; i < 2; ++i) {
    const Decision count = bench_.Do(CountOf(Pile::kTray, "A1..A8,D1"));
    ASSERT_TRUE(count.status.ok());
    const auto& counted = *Find<domain::StockCounted>(count);
    EXPECT_EQ(counted.missing.ToString(), "A9,B1");
    EXPECT_EQ(counted.surplus.ToString(), "D1");
  }
  EXPECT_EQ(BookOf(Pile::kTray), "A1..A9,B1");
}

TEST_F(InventoryTest, ABlankInThePrinterIsNotInTheTray) {
  bench_.Print("prr-1", "A1");
  const Decision count = bench_.Do(CountOf(Pile::kTray, "A2..A9,B1"));
  EXPECT_TRUE(Find<domain::StockCounted>(count)->missing.empty());
  EXPECT_EQ(Where("A1"), "bound");
}

TEST_F(InventoryTest, AnEmptyPileIsCountedToo) {
  const Decision count = bench_.Do(CountOf(Pile::kSpoiled, ""));
  ASSERT_TRUE(count.status.ok());
  EXPECT_TRUE(Find<domain::StockCounted>(count)->missing.empty());
}

// ---- The fire.

TEST_F(InventoryTest, SpoiledBlanksBurnOnRecord) {
  ASSERT_EQ(Find<domain::BlankSpoiled>(Spoil("A1"))->step, domain::SpoilStep::kStorage);
  const Decision burnt = Destroy("A1");
  ASSERT_TRUE(burnt.status.ok()) << burnt.status;
  EXPECT_EQ(Find<domain::CardsDestroyed>(burnt)->witnesses, crypto::Sha256({"witnesses"}));
  EXPECT_EQ(Where("A1"), "destroyed");
  EXPECT_EQ(BookOf(Pile::kSpoiled), "");
  EXPECT_THAT(Why(Destroy("A1")), HasSubstr("K-197"));
}

TEST_F(InventoryTest, WhatIsNeitherSpoiledNorCalledBackDoesNotBurn) {
  Spoil("A1");
  const Decision burnt = Destroy("A1..A3");
  EXPECT_THAT(Why(burnt), HasSubstr("K-197"));
  EXPECT_THAT(Why(burnt), HasSubstr("A2, A3"));
  EXPECT_THAT(Why(burnt), HasSubstr("\"tray\""));
  EXPECT_TRUE(burnt.events.empty());
}

TEST_F(InventoryTest, ACardThatWasCalledBackLiesWithTheSpoiledOnesAndBurns) {
  bench_.Verify(bench_.Print("prr-1", "A1"), "A1");
  EXPECT_EQ(BookOf(Pile::kPrinted), "A1");
  bench_.Tell(domain::ActionItem{.action = domain::ActionId::Of("recall-1"),
                                 .kind = domain::ActionKind::kRecallCard,
                                 .case_id = domain::CaseId::Of("case-1"),
                                 .prr = domain::PrrId::Of("prr-1"),
                                 .blank = BlankSerial::Of("A1")});
  EXPECT_EQ(BookOf(Pile::kSpoiled), "") << "nobody has carried the order out";
  bench_.Do(AcknowledgeAction{domain::ActionId::Of("recall-1"), kAyu});
  EXPECT_EQ(BookOf(Pile::kPrinted), "");
  EXPECT_EQ(BookOf(Pile::kSpoiled), "A1");
  EXPECT_EQ(Where("A1"), "called_back");
  ASSERT_TRUE(Destroy("A1").status.ok());
  EXPECT_EQ(Where("A1"), "destroyed");
}

// ---- Ribbons, films, cleaning cards.

TEST_F(InventoryTest, ConsumablesAreStock) {
  const auto receive = [this](domain::ConsumableKind kind, const char* id, uint32_t quantity) {
    return bench_.Do(ReceiveConsumable{.act = bench_.NewAct(),
                                       .kind = kind,
                                       .consumable = domain::ConsumableId::Of(id),
                                       .quantity = quantity,
                                       .panels = 500,
                                       .operator_id = kAyu});
  };
  EXPECT_TRUE(receive(domain::ConsumableKind::kRibbon, "r1", 1).status.ok());
  EXPECT_TRUE(receive(domain::ConsumableKind::kCleaningCard, "box", 20).status.ok());
  EXPECT_THAT(Why(receive(domain::ConsumableKind::kRibbon, "r1", 1)), HasSubstr("K-191"));
  EXPECT_TRUE(absl::IsInvalidArgument(receive(domain::ConsumableKind::kFilm, "f1", 2).status));
  const ConsumableStock& stock = bench_.core().consumables();
  EXPECT_EQ(stock.InStock(domain::ConsumableKind::kRibbon), 1u);
  EXPECT_EQ(stock.InStock(domain::ConsumableKind::kCleaningCard), 20u);
  EXPECT_EQ(stock.InStock(domain::ConsumableKind::kFilm), 0u);
  bench_.Write(domain::ConsumableMoved{.act = bench_.NewAct(),
                                       .kind = domain::ConsumableKind::kRibbon,
                                       .step = domain::ConsumableStep::kInstalled,
                                       .consumable = domain::ConsumableId::Of("r1"),
                                       .quantity = 1,
                                       .panels = 500,
                                       .printer = kPrinter,
                                       .operator_id = kAyu,
                                       .second = {},
                                       .transfer = {}});
  EXPECT_EQ(stock.InStock(domain::ConsumableKind::kRibbon), 0u);
  EXPECT_EQ(stock.Find(domain::ConsumableId::Of("r1"))->printer, kPrinter);
  const auto settle = [this](const char* id, domain::ConsumableStep step, uint32_t quantity) {
    return bench_.Do(SettleConsumable{.act = bench_.NewAct(),
                                      .consumable = domain::ConsumableId::Of(id),
                                      .step = step,
                                      .quantity = quantity,
                                      .operator_id = kAyu,
                                      .second = kMade});
  };
  EXPECT_THAT(Why(settle("r1", domain::ConsumableStep::kSpoiled, 1)), HasSubstr("K-347"));
  EXPECT_THAT(Why(settle("r9", domain::ConsumableStep::kCounted, 1)), HasSubstr("K-347"));
  EXPECT_THAT(Why(settle("box", domain::ConsumableStep::kSpoiled, 21)), HasSubstr("K-347"));
  EXPECT_TRUE(settle("box", domain::ConsumableStep::kSpoiled, 2).status.ok());
  EXPECT_EQ(stock.InStock(domain::ConsumableKind::kCleaningCard), 18u);
  EXPECT_TRUE(settle("box", domain::ConsumableStep::kCounted, 19).status.ok());
  EXPECT_EQ(stock.InStock(domain::ConsumableKind::kCleaningCard), 19u);
}

// ---- Late paper.

TEST_F(InventoryTest, AFactFromAPaperFormNamesTheFormAndItsTime) {
  const absl::Time stated = bench_.clock().Now().wall - absl::Hours(30);
  const domain::ActId act = bench_.NewAct();
  const Decision late =
      bench_.Do(LateEntry{.form = DocumentNumber::Of("F/12"),
                          .stated_at = stated,
                          .what = SpoilBlank{.act = act,
                                             .blank = BlankSerial::Of("A1"),
                                             .cause = domain::SpoilCause::kFactory,
                                             .operator_id = kAyu}});
  ASSERT_EQ(late.events.size(), 2u);
  EXPECT_NE(Find<domain::BlankSpoiled>(late), nullptr);
  EXPECT_EQ(*Find<domain::LateEntryMade>(late),
            (domain::LateEntryMade{.act = act,
                                   .form = DocumentNumber::Of("F/12"),
                                   .stated_at = stated,
                                   .operator_id = kAyu}));
  EXPECT_EQ(Where("A1"), "spoiled");
}

TEST_F(InventoryTest, LatePaperKeepsTheRulesAndTheCalendar) {
  const LateEntry of_tomorrow{.form = DocumentNumber::Of("F/12"),
                              .stated_at = bench_.clock().Now().wall + absl::Hours(1),
                              .what = CountOf(Pile::kTray, "A1")};
  EXPECT_THAT(Why(bench_.Do(of_tomorrow)), HasSubstr("K-199"));
  const Decision unknown =
      bench_.Do(LateEntry{.form = DocumentNumber::Of("F/12"),
                          .stated_at = bench_.clock().Now().wall,
                          .what = SpoilBlank{.act = bench_.NewAct(),
                                             .blank = BlankSerial::Of("Z9"),
                                             .cause = domain::SpoilCause::kFactory,
                                             .operator_id = kAyu}});
  EXPECT_THAT(Why(unknown), HasSubstr("K-123"));
  EXPECT_TRUE(unknown.events.empty());
}

// ---- Lending.

TEST_F(InventoryTest, WhatIsLentLeavesTheTray) {
  EXPECT_THAT(Why(Lend("A1..A3", "L1", kAyu)), HasSubstr("K-173"));
  EXPECT_FALSE(Lend("").status.ok());
  ASSERT_TRUE(Lend("A1..A3").status.ok());
  EXPECT_FALSE(bench_.core().tray().Available(BlankSerial::Of("A1")));
  EXPECT_STREQ(WhereInBooks(bench_.core(), BlankSerial::Of("A1")), "lent");
  EXPECT_EQ(bench_.core().lendings().Given(TransferId::Of("L1"))->blanks, Serials("A1..A3"));
  // Once.
  EXPECT_THAT(Why(Lend("A3..A4", "L2")), HasSubstr("K-266: 1 of these"));
  EXPECT_THAT(Why(Spoil("A2")), HasSubstr("K-123"));
}

TEST_F(InventoryTest, WhatIsLentComesBackByScan) {
  ASSERT_TRUE(Lend("A1..A3").status.ok());
  // The other office did not take it.
  ASSERT_TRUE(bench_.Receive("L1", "A1..A2").status.ok());
  EXPECT_TRUE(bench_.core().tray().Available(BlankSerial::Of("A2")));
  EXPECT_FALSE(bench_.core().tray().Available(BlankSerial::Of("A3")));
  // It lends one back under a number of its own.
  ASSERT_TRUE(ReceiveEarly("L9", "A3").status.ok());
  EXPECT_TRUE(bench_.core().tray().Available(BlankSerial::Of("A3")));
}

TEST_F(InventoryTest, ASlipGivesNoRightBeforeTheScan) {
  EXPECT_THAT(Why(bench_.Receive("L5", "Q1..Q3")), HasSubstr("K-131"));
  bench_.core().ApplySlip({.transfer = TransferId::Of("L5"),
                           .from = domain::NodeId::Of("bangli"),
                           .blanks = Serials("Q1..Q3")});
  EXPECT_FALSE(bench_.core().tray().Available(BlankSerial::Of("Q1")));
  const Decision received = bench_.Receive("L5", "Q1..Q2,Z1");
  ASSERT_TRUE(received.status.ok()) << received.status;
  const auto& event = std::get<domain::BlanksReceived>(received.events.at(0));
  EXPECT_EQ(event.missing, Serials("Q3"));
  EXPECT_EQ(event.unexpected, Serials("Z1"));
  EXPECT_EQ(event.lent_by, domain::NodeId::Of("bangli"));
  EXPECT_TRUE(bench_.core().tray().Available(BlankSerial::Of("Q1")));
  EXPECT_THAT(Why(bench_.Receive("L5", "Q3")), HasSubstr("K-132"));
}

// ---- After the machine was restored or cloned.

TEST_F(InventoryTest, NothingIsScannedAgainWithoutNeed) {
  const Decision decision = Rescan("A0001");
  EXPECT_THAT(Why(decision), HasSubstr("K-264"));
}

TEST_F(InventoryTest, TheTrayIsEmptyUntilItWasScanned) {
  const SerialSet before = bench_.core().tray().available();
  SerialSet found = before;
  const SerialSet lost = found.Take(2);
  Spoil(found.ranges().front().first.text());
  const BlankSerial spoiled = found.Take(1).ranges().front().first;
  Restore();
  EXPECT_TRUE(bench_.core().tray().available().empty());
  EXPECT_THAT(Why(Rescan(spoiled.text())), HasSubstr("K-265"));
  EXPECT_FALSE(Rescan(found.ToString(), kAyu).status.ok()) << "two persons";
  const Decision decision = Rescan(found.ToString());
  ASSERT_TRUE(decision.status.ok()) << decision.status;
  const auto& event = std::get<domain::StockRescanned>(decision.events.at(0));
  EXPECT_EQ(event.blanks, found);
  EXPECT_EQ(event.missing, lost);
  EXPECT_EQ(bench_.core().tray().available(), found);
  // What turns up later is scanned later.
  EXPECT_TRUE(Rescan(lost.ToString()).status.ok());
  EXPECT_EQ(bench_.core().tray().available(), found.Union(lost));
}

TEST_F(InventoryTest, ACardOfAnOpenJobIsAnsweredBeforeTheStockIsScanned) {
  const domain::ActId act = bench_.Print("prr-1", "A1");
  Restore();
  // The blanks were swapped in the hopper: it lies on one that waits to be scanned.
  EXPECT_TRUE(bench_.Verify(act, "A2").status.ok());
  const Decision decision = Rescan("A1,A3..A9,B1");
  ASSERT_TRUE(decision.status.ok()) << decision.status;
  EXPECT_TRUE(std::get<domain::StockRescanned>(decision.events.at(0)).missing.empty());
  EXPECT_EQ(Where("A2"), "printed");
}

}  // namespace
}  // namespace keping::edge
