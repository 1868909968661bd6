// Ribbons, films and cleaning cards: commands, accounts, parcels and what is left.

#include "central_node/core/supply_book.h"

#include <algorithm>
#include <string>

#include "central_node/core/step.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district

class SupplyBookTest : public ::testing::Test {
 protected:
  SupplyBookTest() : centre_({.offices = {{susut_, "51.06.01"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    centre_.Handle(EnrolNode{.node = susut_,
                             .incarnation = IncarnationId::Of("susut-1"),
                             .public_key = std::string(32, 'k')});
    for (const auto& [name, role] : {std::pair{"made", Role::kAdministrator},
                                     {"rai", Role::kReconciler},
                                     {"sari", Role::kStockKeeper}}) {
      centre_.Handle(
          SetOfficer{.officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("made")});
    }
  }

  CommandOutcome Supply(SupplyStep step, uint32_t quantity, const std::string& document,
                        const std::string& second = "") {
    SupplyMoved moved{.act = ActId::Of("act-" + document),
                      .step = step,
                      .kind = ConsumableKind::kRibbon,
                      .lot = SupplyLotId::Of("R-4"),
                      .quantity = quantity,
                      .panels = 500,
                      .transfer = {},
                      .node = {},
                      .document = DocumentNumber::Of(document),
                      .by = OperatorId::Of("sari"),
                      .second = {}};
    if (!second.empty()) moved.second = OperatorId::Of(second);
    if (step == SupplyStep::kDispatched) {
      moved.transfer = TransferId::Of("t1");
      moved.node = susut_;
    }
    return centre_.Handle(EnterSupply{.moved = moved}).result.outcome;
  }
  ConsumableMoved Moved(ConsumableStep step, const std::string& ribbon, uint32_t quantity = 1,
                        const std::string& transfer = "") {
    ConsumableMoved moved{.act = ActId::Of("office-" + std::to_string(++acts_)),
                          .kind = ConsumableKind::kRibbon,
                          .step = step,
                          .consumable = ConsumableId::Of(ribbon),
                          .quantity = quantity,
                          .panels = step == ConsumableStep::kReceived ? 500u : 0u,
                          .printer = {},
                          .operator_id = OperatorId::Of("op"),
                          .second = {},
                          .transfer = {}};
    if (!transfer.empty()) moved.transfer = TransferId::Of(transfer);
    return moved;
  }
  SupplyBook Book() const { return ReadSupplies(centre_.resident()); }
  int64_t At(SupplyAccount account, const NodeId& holder) const {
    return Book().At({account, holder, ConsumableKind::kRibbon});
  }

  NodeId susut_ = NodeId::Of("susut");
  int acts_ = 0;
  MemoryCentre centre_;
};

TEST_F(SupplyBookTest, FromTheDeliveryToTheFire) {
  EXPECT_EQ(Supply(SupplyStep::kTakenIn, 40, "50"), CommandOutcome::kDone);
  EXPECT_EQ(Supply(SupplyStep::kDispatched, 3, "51"), CommandOutcome::kDone);
  EXPECT_EQ(At(SupplyAccount::kDistrictStock, {}), 37);
  EXPECT_EQ(At(SupplyAccount::kInTransit, susut_), 3);
  centre_.FromNode("susut", Moved(ConsumableStep::kReceived, "r1", 1, "t1"));
  centre_.FromNode("susut", Moved(ConsumableStep::kReceived, "r2", 1, "t1"));
  EXPECT_EQ(At(SupplyAccount::kInTransit, susut_), 1);
  EXPECT_EQ(At(SupplyAccount::kNodeStock, susut_), 2);
  ASSERT_EQ(Book().Differing().size(), 1u);
  EXPECT_EQ(Book().Differing().front().sent, 3);
  EXPECT_EQ(Book().Differing().front().came, 2);
  centre_.FromNode("susut", Moved(ConsumableStep::kInstalled, "r1"));
  EXPECT_EQ(At(SupplyAccount::kInstalled, susut_), 1);
  centre_.FromNode("susut", Moved(ConsumableStep::kRemoved, "r1"));
  centre_.FromNode("susut", Moved(ConsumableStep::kDestroyed, "r1"));
  centre_.FromNode("susut", Moved(ConsumableStep::kSpoiled, "r2"));
  EXPECT_EQ(At(SupplyAccount::kDestroyed, susut_), 1);
  EXPECT_EQ(At(SupplyAccount::kSpoiled, susut_), 1);
  EXPECT_EQ(At(SupplyAccount::kNodeStock, susut_), 0);
  EXPECT_EQ(At(SupplyAccount::kUnrecorded, {}), 0);
  EXPECT_TRUE(Book().balanced());
}

TEST_F(SupplyBookTest, WhatNoParcelBroughtIsUnrecordedUntilItsDispatchIsEntered) {
  Supply(SupplyStep::kTakenIn, 40, "50");
  centre_.FromNode("susut", Moved(ConsumableStep::kReceived, "r1", 1, "t1"));
  EXPECT_EQ(At(SupplyAccount::kUnrecorded, {}), -1);
  Supply(SupplyStep::kDispatched, 1, "51");
  EXPECT_EQ(At(SupplyAccount::kUnrecorded, {}), 0);
  EXPECT_TRUE(Book().Differing().empty());
  EXPECT_TRUE(Book().balanced());
}

TEST_F(SupplyBookTest, CountsMoveWhatIsMissingOrTooMany) {
  Supply(SupplyStep::kTakenIn, 40, "50");
  EXPECT_EQ(Supply(SupplyStep::kCounted, 36, "53"), CommandOutcome::kSamePerson);
  EXPECT_EQ(Supply(SupplyStep::kCounted, 36, "53", "rai"), CommandOutcome::kDone);
  EXPECT_EQ(At(SupplyAccount::kMissing, {}), 4);
  EXPECT_EQ(InStock(centre_.resident().centre, {ConsumableKind::kRibbon, SupplyLotId::Of("R-4")}),
            36u);
  centre_.FromNode("susut", Moved(ConsumableStep::kReceived, "r1"));
  centre_.FromNode("susut", Moved(ConsumableStep::kCounted, "r1", 0));
  EXPECT_EQ(At(SupplyAccount::kMissing, susut_), 1);
  centre_.FromNode("susut", Moved(ConsumableStep::kCounted, "r1", 1));
  EXPECT_EQ(At(SupplyAccount::kMissing, susut_), 0);
  EXPECT_EQ(At(SupplyAccount::kNodeStock, susut_), 1);
  EXPECT_TRUE(Book().balanced());
}

TEST_F(SupplyBookTest, NoMoreIsSentThanThereIs) {
  Supply(SupplyStep::kTakenIn, 2, "50");
  EXPECT_EQ(Supply(SupplyStep::kDispatched, 3, "51"), CommandOutcome::kSuppliesShort);
  EXPECT_EQ(Supply(SupplyStep::kSpoiled, 3, "52", "rai"), CommandOutcome::kSuppliesShort);
  EXPECT_EQ(Supply(SupplyStep::kTakenIn, 0, "54"), CommandOutcome::kNothingSupplied);
  EXPECT_EQ(Supply(SupplyStep::kTakenIn, 2, "50"), CommandOutcome::kDone);
  EXPECT_EQ(Supply(SupplyStep::kTakenIn, 5, "50"), CommandOutcome::kDocumentUsed);
  EXPECT_EQ(At(SupplyAccount::kDistrictStock, {}), 2);
}

TEST_F(SupplyBookTest, APaperIsRepeatedOnlyByAllThatItSaid) {
  SupplyMoved moved{.act = ActId::Of("a1"),
                    .step = SupplyStep::kTakenIn,
                    .kind = ConsumableKind::kRibbon,
                    .lot = SupplyLotId::Of("R-4"),
                    .quantity = 40,
                    .panels = 500,
                    .transfer = {},
                    .node = {},
                    .document = DocumentNumber::Of("50"),
                    .by = OperatorId::Of("sari"),
                    .second = {}};
  const auto enter = [&] { return centre_.Handle(EnterSupply{.moved = moved}).result.outcome; };
  EXPECT_EQ(enter(), CommandOutcome::kDone);
  EXPECT_EQ(enter(), CommandOutcome::kDone);
  moved.panels = 250;
  EXPECT_EQ(enter(), CommandOutcome::kDocumentUsed);
  moved = {.act = ActId::Of("a2"),
           .step = SupplyStep::kDispatched,
           .kind = ConsumableKind::kRibbon,
           .lot = SupplyLotId::Of("R-4"),
           .quantity = 3,
           .transfer = TransferId::Of("t1"),
           .node = susut_,
           .document = DocumentNumber::Of("51"),
           .by = OperatorId::Of("sari"),
           .second = {}};
  EXPECT_EQ(enter(), CommandOutcome::kDone);
  EXPECT_EQ(enter(), CommandOutcome::kDone);
  moved.transfer = TransferId::Of("t2");
  EXPECT_EQ(enter(), CommandOutcome::kDocumentUsed);
  EXPECT_EQ(At(SupplyAccount::kDistrictStock, {}), 37);
}

TEST_F(SupplyBookTest, TheOrderOfArrivalDoesNotMatter) {
  Supply(SupplyStep::kTakenIn, 40, "50");
  Supply(SupplyStep::kDispatched, 2, "51");
  const std::vector<ArrivedEntry> log = {
      centre_.Entry("susut", Moved(ConsumableStep::kReceived, "r1", 1, "t1")),
      centre_.Entry("susut", Moved(ConsumableStep::kInstalled, "r1")),
      centre_.Entry("susut", Moved(ConsumableStep::kRemoved, "r1")),
      centre_.Entry("susut", Moved(ConsumableStep::kReceived, "r2", 1, "t1"))};
  std::vector<size_t> order = {0, 1, 2, 3};
  std::map<SupplyPlace, int64_t> first;
  do {
    Resident resident = centre_.resident();
    for (const size_t at : order) {
      for (int twice = 0; twice < 2; ++twice) {
        AddFact(resident.nodes[susut_].consumables,
                {.fact = log[at].ref, .moved = std::get<ConsumableMoved>(*log[at].event)});
      }
    }
    const SupplyBook book = ReadSupplies(resident);
    EXPECT_TRUE(book.balanced());
    if (first.empty()) first = book.places();
    EXPECT_EQ(book.places(), first);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(SupplyBookTest, CardsLeftAreWhatTheBoxesPromise) {
  const auto left = [this] {
    return CardsLeft({.offices = {}}, centre_.resident().nodes.at(susut_), ConsumableKind::kRibbon);
  };
  EXPECT_EQ(left(), std::nullopt);
  centre_.FromNode("susut", Moved(ConsumableStep::kReceived, "r1"));
  centre_.FromNode("susut", Moved(ConsumableStep::kReceived, "r2"));
  EXPECT_EQ(left(), 1000u);
  centre_.FromNode("susut", Moved(ConsumableStep::kInstalled, "r1"));
  EXPECT_EQ(left(), 1000u);
  centre_.FromNode("susut", BlankSpoiled{.act = ActId::Of("s1"),
                                         .blank = BlankSerial::Of("A1000"),
                                         .operator_id = OperatorId::Of("op")});
  EXPECT_EQ(left(), 999u);
  centre_.FromNode("susut", Moved(ConsumableStep::kSpoiled, "r2"));
  EXPECT_EQ(left(), 499u);
}

}  // namespace
}  // namespace keping::central
