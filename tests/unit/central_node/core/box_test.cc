// Boxes of blanks that came by quantity, from their delivery to the last scan.

#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/core/judge_box.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ledger::Account;
using ledger::Place;

SerialSet Serials(const std::string& text) { return *SerialSet::Parse(text); }

// Two offices; lot L7 came by quantity in two boxes of ten, of printed serials C1000 to C1999.
class BoxTest : public ::testing::Test {
 protected:
  BoxTest() : centre_({.offices = {{susut_, "51.06.01"}, {bangli_, "51.06.02"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    for (const NodeId& node : {susut_, bangli_}) {
      centre_.Handle(EnrolNode{.node = node,
                               .incarnation = IncarnationId::Of(node.value() + "-1"),
                               .public_key = std::string(32, 'k')});
    }
    centre_.Handle(SetOfficer{.officer = OperatorId::Of("adi"),
                              .role = Role::kAdministrator,
                              .by = OperatorId::Of("adi")});
    for (const char* officer : {"gede", "made"}) {
      centre_.Handle(SetOfficer{.officer = OperatorId::Of(officer),
                                .role = Role::kStockKeeper,
                                .by = OperatorId::Of("adi")});
    }
    EXPECT_EQ(Receive(Delivery()).outcome, CommandOutcome::kDone);
  }

  static Box BoxOf(const std::string& box, uint64_t quantity = 10) {
    return {.box = BoxId::Of(box),
            .quantity = quantity,
            .scheme = SerialScheme::kPrinted,
            .serials = Serials("C1000..C1999")};
  }
  static AllotmentReceived Delivery() {
    return {.allotment = AllotmentId::Of("A-7"),
            .bast_number = "470/7/BAST/2017",
            .serials = {},
            .boxes = {BoxOf("L7-01"), BoxOf("L7-02")},
            .scheme = SerialScheme::kPrinted,
            .lot = LotId::Of("L7"),
            .day = absl::CivilDay(2017, 4, 27),
            .handed_over_by = OfficeCode::Of("DITJEN-DUKCAPIL/GUDANG"),
            .received_by = OperatorId::Of("gede"),
            .second = OperatorId::Of("made")};
  }
  CommandResult Receive(const AllotmentReceived& delivery) {
    return centre_.Handle(ReceiveDelivery{.delivery = delivery}).result;
  }
  CommandResult Send(const std::string& transfer, const NodeId& node, const std::string& box) {
    return centre_
        .Handle(Dispatch{.transfer = TransferId::Of(transfer),
                         .node = node,
                         .quantity = 0,
                         .serials = {},
                         .boxes = {BoxId::Of(box)}})
        .result;
  }
  void Came(const std::string& node, const std::string& transfer, const std::string& box) {
    centre_.FromNode(node, BlanksReceived{.act = ActId::Of("came-" + transfer),
                                          .transfer = TransferId::Of(transfer),
                                          .operator_id = OperatorId::Of("op"),
                                          .received = {},
                                          .missing = {},
                                          .unexpected = {},
                                          .boxes = {BoxOf(box)}});
  }
  void Open(const std::string& node, const std::string& box, const std::string& serials,
            bool emptied = false) {
    centre_.FromNode(node, BoxOpened{.act = ActId::Of(absl::StrCat("open-", ++opened_)),
                                     .box = BoxId::Of(box),
                                     .serials = Serials(serials),
                                     .emptied = emptied,
                                     .operator_id = OperatorId::Of("op"),
                                     .second = {}});
  }

  void Identify(const std::string& printed, const std::string& uid) {
    centre_.FromNode("susut", BlankIdentified{.act = ActId::Of(printed + uid),
                                              .printed = BlankSerial::Of(printed),
                                              .uid = BlankSerial::Of(uid),
                                              .operator_id = OperatorId::Of("op")});
  }

  int64_t At(Account account, const NodeId& node = {}) {
    return centre_.balances().At({account, node});
  }
  bool Balanced() { return centre_.balances().Close().balanced; }
  CaseRow Difference(const std::string& box) {
    return centre_.case_of(CaseKind::kBoxDifference, box);
  }

  const NodeId susut_ = NodeId::Of("susut");
  const NodeId bangli_ = NodeId::Of("bangli");
  int opened_ = 0;
  MemoryCentre centre_;
};

TEST_F(BoxTest, WhatCameByQuantityIsANumberUntilItIsScanned) {
  EXPECT_EQ(At(Account::kUnidentified), 20);
  EXPECT_EQ(At(Account::kCentre), -20);
  EXPECT_EQ(Send("t1", susut_, "L7-01").outcome, CommandOutcome::kDone);
  EXPECT_EQ(At(Account::kUnidentified), 10);
  EXPECT_EQ(At(Account::kInTransit, susut_), 10);
  Came("susut", "t1", "L7-01");
  EXPECT_EQ(At(Account::kUnidentified, susut_), 10);
  Open("susut", "L7-01", "C1000..C1003");
  EXPECT_EQ(At(Account::kUnidentified, susut_), 6);
  EXPECT_EQ(At(Account::kNodeStock, susut_), 4);
  Open("susut", "L7-01", "C1010..C1015", true);
  EXPECT_EQ(At(Account::kUnidentified, susut_), 0);
  EXPECT_EQ(At(Account::kNodeStock, susut_), 10);
  EXPECT_EQ(At(Account::kCentre), -20);
  EXPECT_TRUE(Balanced());
  EXPECT_EQ(Difference("L7-01").revision, 0u);
  EXPECT_EQ(centre_.case_of(CaseKind::kNeverIssued, "C1000").revision, 0u);
  EXPECT_EQ(centre_.case_of(CaseKind::kTransferDifference, "t1").revision, 0u);
}

TEST_F(BoxTest, AScanMovesABlankFromItsBoxInOneMove) {
  Send("t1", susut_, "L7-01");
  Came("susut", "t1", "L7-01");
  const Effects effects = centre_.FromNode("susut", BoxOpened{.act = ActId::Of("open"),
                                                              .box = BoxId::Of("L7-01"),
                                                              .serials = Serials("C1000..C1003"),
                                                              .operator_id = OperatorId::Of("op"),
                                                              .second = {}});
  ASSERT_EQ(effects.moves.size(), 1u);
  EXPECT_EQ(effects.moves[0].from, (Place{Account::kUnidentified, susut_}));
  EXPECT_EQ(effects.moves[0].to, (Place{Account::kNodeStock, susut_}));
  EXPECT_EQ(effects.moves[0].quantity, 4);
}

TEST_F(BoxTest, MoreThanTheBoxHoldsHasNoOriginAndIsACase) {
  Send("t1", susut_, "L7-01");
  Came("susut", "t1", "L7-01");
  Open("susut", "L7-01", "C1000..C1011");
  EXPECT_EQ(At(Account::kNodeStock, susut_), 12);
  EXPECT_EQ(At(Account::kUnknownOrigin), -2);
  EXPECT_EQ(At(Account::kCentre), -20);
  EXPECT_TRUE(Balanced());
  EXPECT_EQ(Difference("L7-01").state, CaseState::kOpen);
}

TEST_F(BoxTest, FewerAtItsEndAreMissingUntilTheyAreFound) {
  Send("t1", susut_, "L7-01");
  Came("susut", "t1", "L7-01");
  Open("susut", "L7-01", "C1000..C1006", true);
  EXPECT_EQ(At(Account::kMissing, susut_), 3);
  EXPECT_EQ(Difference("L7-01").state, CaseState::kOpen);
  EXPECT_EQ(Difference("L7-01").node, susut_);
  Open("susut", "L7-01", "C1007..C1009");
  EXPECT_EQ(At(Account::kMissing, susut_), 0);
  EXPECT_EQ(Difference("L7-01").state, CaseState::kClosed);
  EXPECT_TRUE(Balanced());
}

TEST_F(BoxTest, WhatIsNotOfItsSchemeIsACase) {
  Send("t1", susut_, "L7-01");
  Came("susut", "t1", "L7-01");
  Open("susut", "L7-01", "04A1B2C3D4E5F6,D1");
  const BoxVerdict verdict = JudgeBox(centre_.box("L7-01").facts);
  EXPECT_EQ(verdict.unfit, Serials("04A1B2C3D4E5F6,D1"));
  EXPECT_EQ(Difference("L7-01").state, CaseState::kOpen);
}

// Whichever is heard first.
TEST_F(BoxTest, AListedSerialIsNoPartOfABox) {
  Send("t1", susut_, "L7-01");
  Came("susut", "t1", "L7-01");
  Open("susut", "L7-01", "C1000..C1003");
  centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of("A-8"),
                                     .bast_number = "B/8",
                                     .serials = Serials("C1003..C1004")}}});
  EXPECT_EQ(centre_.box("L7-01").facts.strays, Serials("C1003"));
  EXPECT_EQ(At(Account::kUnidentified, susut_), 7);
  EXPECT_EQ(At(Account::kCentre), -22);
  EXPECT_TRUE(Balanced());
  Open("susut", "L7-01", "C1004");
  EXPECT_EQ(centre_.box("L7-01").facts.strays, Serials("C1003..C1004"));
  EXPECT_EQ(At(Account::kUnidentified, susut_), 7);
  EXPECT_EQ(At(Account::kCentre), -22);
  EXPECT_TRUE(Balanced());
}

TEST_F(BoxTest, ASerialOutOfTwoBoxesIsPartOfOne) {
  Send("t1", susut_, "L7-01");
  Send("t2", bangli_, "L7-02");
  Came("susut", "t1", "L7-01");
  Came("bangli", "t2", "L7-02");
  Open("bangli", "L7-02", "C1000..C1001");
  Open("susut", "L7-01", "C1000");
  EXPECT_EQ(At(Account::kUnidentified, susut_), 9);
  EXPECT_EQ(At(Account::kUnidentified, bangli_), 9);
  EXPECT_EQ(Difference("L7-02").state, CaseState::kOpen);
  EXPECT_EQ(Difference("L7-01").revision, 0u);
  EXPECT_EQ(centre_.case_of(CaseKind::kDoubleDispatch, "C1000").state, CaseState::kOpen);
  EXPECT_TRUE(Balanced());
}

// One blank, whose names are joined before or after it is scanned under the second one.
TEST_F(BoxTest, ABlankThatCameOutUnderBothOfItsNamesIsOneBlankOfTheBox) {
  Send("t1", susut_, "L7-01");
  Came("susut", "t1", "L7-01");
  Open("susut", "L7-01", "C1000,04A1B2C3D4E5F6");
  EXPECT_EQ(At(Account::kUnidentified, susut_), 8);
  Identify("C1000", "04A1B2C3D4E5F6");
  EXPECT_EQ(At(Account::kUnidentified, susut_), 9);
  EXPECT_EQ(centre_.box("L7-01").facts.born, Serials("C1000"));
  EXPECT_TRUE(centre_.box("L7-01").facts.strays.empty());
  EXPECT_EQ(Difference("L7-01").state, CaseState::kClosed);

  Identify("C1001", "04A1B2C3D4E5F7");
  Open("susut", "L7-01", "04A1B2C3D4E5F7");
  EXPECT_EQ(centre_.box("L7-01").facts.born, Serials("C1000,04A1B2C3D4E5F7"));
  Open("susut", "L7-01", "C1001");
  EXPECT_EQ(centre_.box("L7-01").facts.born, Serials("C1000..C1001"));
  EXPECT_TRUE(centre_.box("L7-01").facts.strays.empty());
  EXPECT_EQ(Difference("L7-01").state, CaseState::kClosed);
  EXPECT_EQ(At(Account::kUnidentified, susut_), 8);
  EXPECT_TRUE(Balanced());

  // Then nobody knows which two are one.
  Identify("C1002", "04A1B2C3D4E5F7");
  EXPECT_EQ(centre_.box("L7-01").facts.born, Serials("C1000..C1001,04A1B2C3D4E5F7"));
  EXPECT_EQ(Difference("L7-01").state, CaseState::kOpen);
}

TEST_F(BoxTest, ABoxThatNoDeliveryNamesIsOneCase) {
  Came("susut", "t9", "X-1");
  Open("susut", "X-1", "C1000..C1004");
  EXPECT_EQ(Difference("X-1").state, CaseState::kOpen);
  EXPECT_EQ(centre_.case_of(CaseKind::kNeverIssued, "C1000").revision, 0u);
  EXPECT_EQ(At(Account::kUnknownOrigin), -5);
  EXPECT_EQ(At(Account::kNodeStock, susut_), 5);
  // Its paper turns up.
  AllotmentReceived late = Delivery();
  late.allotment = AllotmentId::Of("A-9");
  late.boxes = {BoxOf("X-1")};
  EXPECT_EQ(Receive(late).outcome, CommandOutcome::kDone);
  EXPECT_EQ(Difference("X-1").state, CaseState::kClosed);
  EXPECT_EQ(At(Account::kUnknownOrigin), 0);
  EXPECT_EQ(At(Account::kUnidentified, susut_), 5);
  EXPECT_TRUE(Balanced());
}

TEST_F(BoxTest, ABoxThatDidNotComeIsMissingAndItsTransferDiffers) {
  Send("t1", susut_, "L7-01");
  centre_.FromNode("susut", BlanksReceived{.act = ActId::Of("came"),
                                           .transfer = TransferId::Of("t1"),
                                           .operator_id = OperatorId::Of("op"),
                                           .received = {},
                                           .missing = {},
                                           .unexpected = {},
                                           .missing_boxes = {BoxId::Of("L7-01")}});
  EXPECT_EQ(At(Account::kMissing, susut_), 10);
  EXPECT_EQ(centre_.case_of(CaseKind::kTransferDifference, "t1").state, CaseState::kOpen);
}

TEST_F(BoxTest, ABoxInTwoOfficesIsContested) {
  Send("t1", susut_, "L7-01");
  Came("susut", "t1", "L7-01");
  Came("bangli", "t2", "L7-01");
  EXPECT_EQ(At(Account::kContested, bangli_), 10);
  EXPECT_EQ(Difference("L7-01").state, CaseState::kOpen);
  EXPECT_TRUE(Balanced());
}

TEST_F(BoxTest, ABoxIsSentOnceAndOnlyFromTheDistrictsStock) {
  EXPECT_EQ(Send("t1", susut_, "L7-01").outcome, CommandOutcome::kDone);
  EXPECT_EQ(Send("t1", susut_, "L7-01").outcome, CommandOutcome::kDone);
  EXPECT_EQ(Send("t1", susut_, "L7-02").outcome, CommandOutcome::kTransferIdUsed);
  const CommandResult again = Send("t2", bangli_, "L7-01");
  EXPECT_EQ(again.outcome, CommandOutcome::kBoxNotInStock);
  EXPECT_EQ(again.subject, "L7-01");
  EXPECT_EQ(Send("t3", bangli_, "nowhere").outcome, CommandOutcome::kBoxNotInStock);
  EXPECT_EQ(At(Account::kInTransit, susut_), 10);
}

TEST_F(BoxTest, ADispatchTellsTheOfficeWhatThePaperSays) {
  const Effects effects = centre_.Handle(Dispatch{.transfer = TransferId::Of("t1"),
                                                  .node = susut_,
                                                  .quantity = 0,
                                                  .serials = {},
                                                  .boxes = {BoxId::Of("L7-01")}});
  ASSERT_EQ(effects.feed.size(), 1u);
  EXPECT_EQ(std::get<TransferItem>(effects.feed[0].body).boxes, std::vector<Box>{BoxOf("L7-01")});
}

TEST_F(BoxTest, OfALostOfficeNobodyKnowsWhetherABoxWasOpened) {
  Send("t1", susut_, "L7-01");
  Came("susut", "t1", "L7-01");
  centre_.Handle(CloseNode{.node = susut_,
                           .end = NodeEnd::kLost,
                           .by = OperatorId::Of("kadis"),
                           .second = OperatorId::Of("sekdis"),
                           .document = DocumentNumber::Of("470/12/2017"),
                           .boxes = {BoxId::Of("L7-01")}});
  EXPECT_EQ(At(Account::kMaybeUsed, susut_), 10);
  EXPECT_EQ(centre_.case_of(CaseKind::kLostTail, "susut").state, CaseState::kOpen);
  centre_.Handle(EnrolNode{.node = susut_,
                           .incarnation = IncarnationId::Of("susut-2"),
                           .public_key = std::string(32, 'k')});
  centre_.Handle(EntriesArrived{.node = susut_,
                                .incarnation = IncarnationId::Of("susut-2"),
                                .entries = {{.ref = {.id = crypto::Sha256({"later"}),
                                                     .node = susut_,
                                                     .incarnation = IncarnationId::Of("susut-2"),
                                                     .seq = 1},
                                             .event = BoxOpened{.act = ActId::Of("open"),
                                                                .box = BoxId::Of("L7-01"),
                                                                .serials = Serials("C1000..C1009"),
                                                                .emptied = true,
                                                                .operator_id = OperatorId::Of("op"),
                                                                .second = {}}}}});
  EXPECT_EQ(At(Account::kMaybeUsed, susut_), 0);
  EXPECT_EQ(At(Account::kNodeStock, susut_), 10);
  EXPECT_EQ(centre_.case_of(CaseKind::kLostTail, "susut").state, CaseState::kClosed);
}

TEST_F(BoxTest, ANumberIsOfOneDelivery) {
  AllotmentReceived other = Delivery();
  other.boxes = {BoxOf("L7-03")};
  EXPECT_EQ(Receive(other).outcome, CommandOutcome::kDeliveryKnown);
  EXPECT_EQ(At(Account::kUnidentified), 20);
}

TEST_F(BoxTest, ADeliveryThatCannotBeIsRefused) {
  const auto refused = [&](auto change) {
    AllotmentReceived delivery = Delivery();
    delivery.allotment = AllotmentId::Of("A-9");
    delivery.boxes = {BoxOf("L9-01")};
    change(delivery);
    return Receive(delivery).outcome;
  };
  EXPECT_EQ(refused([](auto& one) { one.second = one.received_by; }), CommandOutcome::kSamePerson);
  EXPECT_EQ(refused([](auto& one) { one.second = OperatorId::Of("nobody"); }),
            CommandOutcome::kUnknownOfficer);
  EXPECT_EQ(refused([](auto& one) { one.boxes = {}; }), CommandOutcome::kEmptyDelivery);
  EXPECT_EQ(refused([](auto& one) { one.boxes[0].quantity = 0; }), CommandOutcome::kEmptyDelivery);
  EXPECT_EQ(refused([](auto& one) { one.boxes.push_back(one.boxes[0]); }),
            CommandOutcome::kBoxKnown);
  EXPECT_EQ(refused([](auto& one) { one.boxes[0].box = BoxId::Of("L7-01"); }),
            CommandOutcome::kBoxKnown);
  EXPECT_EQ(refused([](auto& one) { one.boxes[0].scheme = SerialScheme::kChips; }),
            CommandOutcome::kSchemeUnfit);
  EXPECT_EQ(refused([](auto& one) { one.serials = Serials("04A1B2C3D4E5F6"); }),
            CommandOutcome::kSchemeUnfit);
  EXPECT_EQ(
      refused([](auto& one) { one.handed_over_by = OfficeCode::Of("NIP-196501011990031001"); }),
      CommandOutcome::kPersonalNumber);
  EXPECT_EQ(refused([](auto& one) { one.bast_number = "BAST/5106015509870003"; }),
            CommandOutcome::kPersonalNumber);
  centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of("A-8"),
                                     .bast_number = "B/8",
                                     .serials = Serials("D01..D09")}}});
  EXPECT_EQ(refused([](auto& one) { one.serials = Serials("D09..D12"); }),
            CommandOutcome::kSerialsIssued);
  EXPECT_EQ(refused([](auto&) {}), CommandOutcome::kDone);
}

TEST(OutcomeSentenceTest, OfDeliveriesNameWhatWasGot) {
  for (int i = static_cast<int>(CommandOutcome::kDeliveryKnown);
       i <= static_cast<int>(CommandOutcome::kPersonalNumber); ++i) {
    const std::string sentence =
        Sentence({.outcome = static_cast<CommandOutcome>(i), .got = 3, .subject = "L7-01"});
    EXPECT_THAT(sentence, ::testing::StartsWith("K-"));
  }
}

}  // namespace
}  // namespace keping::central
