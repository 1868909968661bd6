#include "edge_node/core/box_decisions.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/core_bench.h"

namespace keping::edge {
namespace {

using domain::Box;
using domain::BoxId;
using domain::SerialSet;
using domain::TransferId;
using ::testing::HasSubstr;

const domain::OperatorId kMade = domain::OperatorId::Of("made");

SerialSet Serials(const std::string& text) { return *SerialSet::Parse(text); }

// Transfer t-2 brings two sealed boxes of five, of printed serials C1 to C99.
class BoxDecisionsTest : public ::testing::Test {
 protected:
  BoxDecisionsTest() : bench_(CoreBench::Ready()) {
    bench_.Roster("made", {}, domain::Role::kSupervisor);
    bench_.Tell(domain::TransferItem{
        .transfer = TransferId::Of("t-2"), .serials = {}, .boxes = {BoxOf("b1"), BoxOf("b2")}});
  }

  static Box BoxOf(const std::string& box) {
    return {.box = BoxId::Of(box),
            .quantity = 5,
            .scheme = domain::SerialScheme::kPrinted,
            .serials = Serials("C1..C9,C10..C99")};
  }
  Decision Receive(std::vector<Box> boxes, bool none = false, const std::string& transfer = "t-2",
                   bool before_dispatch = false) {
    return bench_.Do(ReceiveTransfer{.act = bench_.NewAct(),
                                     .transfer = TransferId::Of(transfer),
                                     .scanned = {},
                                     .operator_id = kAyu,
                                     .before_dispatch = before_dispatch,
                                     .boxes = std::move(boxes),
                                     .no_boxes = none});
  }
  Decision Open(const std::string& box, const std::string& serials, bool emptied = false,
                const domain::OperatorId& second = {}) {
    return bench_.Do(OpenBox{.act = bench_.NewAct(),
                             .box = BoxId::Of(box),
                             .scanned = Serials(serials),
                             .emptied = emptied,
                             .operator_id = kAyu,
                             .second = second});
  }
  static std::string Why(const Decision& decision) {
    return std::string(decision.status.message());
  }
  const HeldBox& Held(const std::string& box) {
    return *bench_.core().boxes().Find(BoxId::Of(box));
  }

  CoreBench bench_;
};

TEST_F(BoxDecisionsTest, ASealedBoxIsReceivedAndGivesNoBlank) {
  ASSERT_TRUE(Receive({BoxOf("b1"), BoxOf("b2")}).status.ok());
  EXPECT_EQ(Held("b1").left(), 5u);
  EXPECT_EQ(bench_.core().boxes().left(), 10u);
  EXPECT_FALSE(bench_.core().tray().Knows(domain::BlankSerial::Of("C1")));
  EXPECT_EQ(bench_.Do(bench_.PrintOf("prr-1", "C1")).refusal,
            domain::PrintRefusal::kBlankNotInTray);
}

TEST_F(BoxDecisionsTest, ABlankIsBornByItsScanAndCanBePrintedOn) {
  Receive({BoxOf("b1"), BoxOf("b2")});
  ASSERT_TRUE(Open("b1", "C1..C3").status.ok());
  EXPECT_EQ(Held("b1").left(), 2u);
  bench_.Print("prr-1", "C2");
  const Decision last = Open("b1", "C4..C5");
  ASSERT_EQ(last.events.size(), 1u);
  EXPECT_TRUE(std::get<domain::BoxOpened>(last.events[0]).emptied);
  EXPECT_THAT(Why(Open("b1", "C6")), HasSubstr("K-139"));
}

TEST_F(BoxDecisionsTest, WhichBoxesCameMustBeSaid) {
  EXPECT_THAT(Why(Receive({})), HasSubstr("K-130: transfer t-2 has 2 sealed boxes"));
  const Decision some = Receive({{.box = BoxId::Of("b1")}, {.box = BoxId::Of("other")}});
  ASSERT_TRUE(some.status.ok());
  const auto& event = std::get<domain::BlanksReceived>(some.events[0]);
  EXPECT_EQ(event.boxes, std::vector<Box>{BoxOf("b1")});
  EXPECT_EQ(event.missing_boxes, std::vector<BoxId>{BoxId::Of("b2")});
  EXPECT_EQ(event.unexpected_boxes, std::vector<BoxId>{BoxId::Of("other")});
}

TEST_F(BoxDecisionsTest, NoBoxCanBeSaidToHaveComeAndOneIsFoundLater) {
  ASSERT_TRUE(Receive({}, true).status.ok());
  EXPECT_EQ(bench_.core().boxes().left(), 0u);
  ASSERT_TRUE(Open("b1", "C1..C2").status.ok());
  EXPECT_THAT(Why(Open("b1", "C3..C6")),
              HasSubstr("K-136: got 4 blanks out of box b1, want at most the 3"));
}

TEST_F(BoxDecisionsTest, WhatCannotComeOutOfABoxIsRefused) {
  EXPECT_THAT(Why(Open("b1", "C1")), HasSubstr("K-135: box b1"));
  Receive({BoxOf("b1"), BoxOf("b2")});
  EXPECT_THAT(Why(Open("b3", "C1")), HasSubstr("K-135: box b3"));
  EXPECT_THAT(Why(Open("b1", "A1,C1")), HasSubstr("K-137: 1 of these are known already"));
  EXPECT_THAT(Why(Open("b1", "D1,C1")), HasSubstr("K-138: 1 of these"));
  EXPECT_THAT(Why(Open("b1", "C1..C6")),
              HasSubstr("K-136: got 6 blanks out of box b1, want at most the 5"));
  EXPECT_THAT(Why(Open("b1", "")), HasSubstr("want at least one"));
  bench_.Tell(domain::TransferItem{TransferId::Of("t-3"), Serials("C7")});
  EXPECT_THAT(Why(Open("b1", "C7")), HasSubstr("K-137"));
  EXPECT_TRUE(Held("b1").born.empty());
}

TEST_F(BoxDecisionsTest, FewerThanThePaperSaysTakeTwoPersons) {
  Receive({BoxOf("b1"), BoxOf("b2")});
  EXPECT_FALSE(Open("b1", "C1..C3", true).status.ok());
  EXPECT_FALSE(Open("b1", "C1..C3", true, kAyu).status.ok());
  ASSERT_TRUE(Open("b1", "C1..C3", true, kMade).status.ok());
  EXPECT_EQ(Held("b1").left(), 0u);
}

TEST_F(BoxDecisionsTest, ABoxBeforeItsDispatchRecordNeedsTheQuantityOnItsLabel) {
  EXPECT_THAT(Why(Receive({{.box = BoxId::Of("b9")}}, false, "BAST-9", true)), HasSubstr("K-130"));
  ASSERT_TRUE(
      Receive({{.box = BoxId::Of("b9"), .quantity = 7}}, false, "BAST-9", true).status.ok());
  EXPECT_EQ(Held("b9").left(), 7u);
  EXPECT_TRUE(Open("b9", "04A1B2C3D4E5F6").status.ok());
}

TEST_F(BoxDecisionsTest, ABoxComesOnce) {
  Receive({BoxOf("b1"), BoxOf("b2")});
  EXPECT_THAT(Why(Receive({{.box = BoxId::Of("b1"), .quantity = 5}}, false, "BAST-9", true)),
              HasSubstr("K-139"));
}

}  // namespace
}  // namespace keping::edge
