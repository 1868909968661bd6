// What becomes of blanks before an office's first day, and of cards after they were made.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/domain/entry.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a day at the counter
using ledger::Account;
using ledger::Place;
using ::testing::SizeIs;

SerialSet Serials(const std::string& text) { return *SerialSet::Parse(text); }

// Two offices, ten allotted blanks at the first, and verbs for what happens there.
class AfterlifeTest : public ::testing::Test {
 protected:
  AfterlifeTest()
      : centre_(
            {.offices = {{NodeId::Of("susut"), "51.06.01"}, {NodeId::Of("bangli"), "51.06.02"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    for (const std::string node : {"susut", "bangli"}) {
      centre_.Handle(EnrolNode{.node = NodeId::Of(node),
                               .incarnation = IncarnationId::Of(node + "-1"),
                               .public_key = std::string(32, 'k')});
    }
    Allot("a1", "A100..A109");
    centre_.Handle(Dispatch{.transfer = TransferId::Of("t1"),
                            .node = NodeId::Of("susut"),
                            .quantity = 10,
                            .serials = {}});
    Receive("t1", "susut", "A100..A109");
  }

  void Allot(const std::string& id, const std::string& serials) {
    centre_.Handle(AllotmentsArrived{
        {{.allotment = AllotmentId::Of(id), .bast_number = "B", .serials = Serials(serials)}}});
  }
  void Receive(const std::string& transfer, const std::string& node, const std::string& serials) {
    centre_.FromNode(node, BlanksReceived{.act = ActId::Of("receive-" + transfer),
                                          .transfer = TransferId::Of(transfer),
                                          .operator_id = op_,
                                          .received = Serials(serials),
                                          .missing = {},
                                          .unexpected = {}});
  }
  void Open(const std::string& node, Pile pile, const std::string& serials) {
    centre_.FromNode(node, StockOpened{.act = Act(),
                                       .pile = pile,
                                       .serials = Serials(serials),
                                       .minutes = DocumentNumber::Of("BA/1"),
                                       .operator_id = op_,
                                       .second = op_});
  }
  void Print(const std::string& node, const std::string& blank) {
    const ActId act = Act();
    centre_.FromNode(node, PrintIntended{.act = act,
                                         .prr = PrrId::Of("p-" + blank),
                                         .prr_version = 1,
                                         .blank = BlankSerial::Of(blank),
                                         .attempt = 1,
                                         .printer = PrinterId::Of("p"),
                                         .operator_id = op_,
                                         .lease_epoch = {},
                                         .control_position = 0,
                                         .control_state = {},
                                         .proven_seq = 0,
                                         .application_version = {}});
    centre_.FromNode(
        node, PrintVerified{.act = act, .blank = BlankSerial::Of(blank), .operator_id = op_});
  }
  ActionAcknowledged Recalled(const ActionId& order, const std::string& blank) const {
    return {.action = order, .operator_id = op_, .blank = BlankSerial::Of(blank)};
  }
  void Withdraw(const PrrId& prr) {
    centre_.Handle(
        WithdrawalsArrived{{{.prr = prr, .version = 2, .reason = WithdrawalReason::kDeath}}});
  }
  // The order to call the card of a withdrawn record back.
  ActionId PrintAndRecall(const std::string& blank) {
    const PrrId prr = PrrId::Of("p-" + blank);
    centre_.Arrive(prr);
    Print("susut", blank);
    Withdraw(prr);
    return *Case(CaseKind::kWithdrawnPrinted, prr.value()).actions.begin();
  }
  void Spoil(const std::string& node, const std::string& blank) {
    centre_.FromNode(node, BlankSpoiled{.act = Act(),
                                        .blank = BlankSerial::Of(blank),
                                        .cause = SpoilCause::kFactory,
                                        .operator_id = op_});
  }
  void HandOver(const std::string& node, const std::string& cards) {
    centre_.FromNode(node, ManifestHandedOver{.act = Act(),
                                              .manifest = ActId::Of("m"),
                                              .cards = Serials(cards),
                                              .day = absl::CivilDay(2017, 4, 27),
                                              .receiver = {},
                                              .operator_id = op_});
  }
  void Answer(const std::string& node, const std::string& delivered,
              const std::string& not_found = "", const std::string& returned = "") {
    centre_.FromNode(node, CardsAnswered{.act = Act(),
                                         .manifest = ActId::Of("m"),
                                         .delivered = Serials(delivered),
                                         .not_found = Serials(not_found),
                                         .returned = Serials(returned),
                                         .operator_id = op_});
  }
  void Destroy(const std::string& node, const std::string& serials) {
    centre_.FromNode(node, CardsDestroyed{.act = Act(),
                                          .serials = Serials(serials),
                                          .minutes = DocumentNumber::Of("BA/2"),
                                          .operator_id = op_,
                                          .second = op_,
                                          .witnesses = {}});
  }
  // Susut goes on under a new incarnation.
  void Succeed() {
    heir_ = IncarnationId::Of(absl::StrCat(heir_.empty() ? "susut-1" : heir_.value(), ".r"));
    heir_seq_ = 0;
    centre_.Handle(EnrolNode{
        .node = NodeId::Of("susut"), .incarnation = heir_, .public_key = std::string(32, 'r')});
  }
  void FromHeir(const Event& event) {
    ArrivedEntry entry = centre_.Entry("susut", event);
    entry.ref.incarnation = heir_;
    entry.ref.seq = ++heir_seq_;
    centre_.Handle(EntriesArrived{
        .node = NodeId::Of("susut"), .incarnation = heir_, .entries = {std::move(entry)}});
  }
  void Rescan(const std::string& found, const std::string& missing) {
    FromHeir(StockRescanned{.act = Act(),
                            .blanks = Serials(found),
                            .missing = Serials(missing),
                            .operator_id = op_,
                            .second = op_});
  }
  ActId Act() { return ActId::Of(absl::StrCat("act-", ++acts_)); }
  Place At(const std::string& blank) { return centre_.blank(blank).place; }
  static Place Of(Account account, const std::string& node) { return {account, NodeId::Of(node)}; }
  CaseRow Case(CaseKind kind, const std::string& entity) { return centre_.case_of(kind, entity); }
  int64_t Total(Account account) { return centre_.balances().Close().totals.at(account); }

  const OperatorId op_ = OperatorId::Of("op");
  MemoryCentre centre_;
  int acts_ = 0;
  IncarnationId heir_;
  uint64_t heir_seq_ = 0;
};

TEST_F(AfterlifeTest, ACardGoesOutComesBackAndGoesOutAgain) {
  Print("susut", "A100");
  HandOver("susut", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kHandedOver, "susut"));
  Answer("susut", "", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kHandedOver, "susut")) << "the village head still has it";
  Answer("susut", "", "", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kReturned, "susut"));
  HandOver("susut", "A100");
  Answer("susut", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kDelivered, "susut"));
  EXPECT_TRUE(centre_.balances().Close().balanced);
  EXPECT_EQ(Case(CaseKind::kForeignBlank, "A100").revision, 0u);
}

TEST_F(AfterlifeTest, ALaterIncarnationHasTheLastWord) {
  Print("susut", "A100");
  HandOver("susut", "A100");
  Succeed();
  FromHeir(CardsAnswered{.act = Act(),
                         .manifest = ActId::Of("m"),
                         .delivered = {},
                         .not_found = {},
                         .returned = Serials("A100"),
                         .operator_id = op_});
  EXPECT_EQ(At("A100"), Of(Account::kReturned, "susut"));
  EXPECT_TRUE(centre_.balances().Close().balanced);
}

TEST_F(AfterlifeTest, ABranchGoesOnFromWhatItShares) {
  Print("susut", "A100");
  HandOver("susut", "A100");
  // The other machine's branch begins with the next entry.
  ArrivedEntry returned = centre_.Entry("susut", CardsAnswered{.act = Act(),
                                                               .manifest = ActId::Of("m"),
                                                               .delivered = {},
                                                               .not_found = {},
                                                               .returned = Serials("A100"),
                                                               .operator_id = op_});
  const IncarnationId branch = BranchName(returned.ref.id);
  const LogForked forked{.node = NodeId::Of("susut"),
                         .incarnation = IncarnationId::Of("susut-1"),
                         .branch = branch,
                         .seq = returned.ref.seq,
                         .held_hash = {},
                         .other_hash = returned.ref.id};
  returned.ref.incarnation = branch;
  centre_.Handle(EntriesArrived{
      .node = NodeId::Of("susut"), .incarnation = branch, .entries = {returned}, .forked = forked});
  EXPECT_EQ(At("A100"), Of(Account::kReturned, "susut"));
  // What came on the stream that it left is neither before nor after it.
  ArrivedEntry again = centre_.Entry("susut", ManifestHandedOver{.act = Act(),
                                                                 .manifest = ActId::Of("m"),
                                                                 .cards = Serials("A100"),
                                                                 .day = absl::CivilDay(2017, 4, 28),
                                                                 .receiver = {},
                                                                 .operator_id = op_});
  again.ref.seq = returned.ref.seq;
  centre_.Handle(EntriesArrived{
      .node = NodeId::Of("susut"), .incarnation = again.ref.incarnation, .entries = {again}});
  EXPECT_EQ(At("A100"), Of(Account::kHandedOver, "susut"));
}

TEST_F(AfterlifeTest, ALaterIncarnationCallsNoAshesBack) {
  const ActionId order = PrintAndRecall("A100");
  centre_.FromNode("susut", Recalled(order, "A100"));
  Destroy("susut", "A100");
  Succeed();
  FromHeir(Recalled(order, "A100"));
  EXPECT_EQ(At("A100"), Of(Account::kDestroyed, "susut"));
  EXPECT_EQ(Case(CaseKind::kDestroyedReappears, "A100").revision, 0u);
}

TEST_F(AfterlifeTest, WhatTheNextIncarnationFindsIsNotMissing) {
  Succeed();
  Rescan("A101..A109", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kMissing, "susut"));
  Succeed();
  Rescan("A100..A108", "A109");
  EXPECT_EQ(At("A100"), Of(Account::kNodeStock, "susut"));
  EXPECT_EQ(At("A109"), Of(Account::kMissing, "susut"));
}

// It goes on from a branch that does not know the box, and nobody will look for the blank again.
TEST_F(AfterlifeTest, WhatTheNextIncarnationDoesNotFindInItsBoxIsMissing) {
  Succeed();
  FromHeir(BlanksReceived{.act = Act(),
                          .transfer = TransferId::Of("t1"),
                          .operator_id = op_,
                          .received = Serials("A101..A109"),
                          .missing = Serials("A100"),
                          .unexpected = {}});
  EXPECT_EQ(At("A100"), Of(Account::kMissing, "susut"));
  EXPECT_EQ(At("A101"), Of(Account::kNodeStock, "susut"));
  Rescan("A100..A109", "");
  EXPECT_EQ(At("A100"), Of(Account::kNodeStock, "susut"));
}

TEST_F(AfterlifeTest, AStockThatIsScannedAgainLocatesTheBlankThatACardWasNotFoundOn) {
  const ActId act = Act();
  centre_.FromNode("susut", PrintIntended{.act = act,
                                          .prr = PrrId::Of("p"),
                                          .prr_version = 1,
                                          .blank = BlankSerial::Of("A100"),
                                          .attempt = 1,
                                          .printer = PrinterId::Of("p"),
                                          .operator_id = op_,
                                          .lease_epoch = {},
                                          .control_position = 0,
                                          .control_state = {},
                                          .proven_seq = 0,
                                          .application_version = {}});
  centre_.FromNode("susut",
                   PrintVerified{.act = act, .blank = BlankSerial::Of("A101"), .operator_id = op_});
  EXPECT_EQ(At("A100"), Of(Account::kMissing, "susut"));
  Succeed();
  Rescan("A100,A102..A109", "");
  EXPECT_EQ(At("A100"), Of(Account::kNodeStock, "susut"));
}

TEST_F(AfterlifeTest, WhatALaterIncarnationSeesOfTheAshesIsACase) {
  Spoil("susut", "A101");
  Destroy("susut", "A101");
  Succeed();
  Rescan("A101", "");
  EXPECT_EQ(Case(CaseKind::kDestroyedReappears, "A101").state, CaseState::kOpen);
}

TEST_F(AfterlifeTest, ASpoiledBlankEndsInTheFire) {
  Spoil("susut", "A101");
  Destroy("susut", "A101");
  EXPECT_EQ(At("A101"), Of(Account::kDestroyed, "susut"));
  EXPECT_EQ(Case(CaseKind::kForeignBlank, "A101").revision, 0u);
  EXPECT_EQ(Case(CaseKind::kDestroyedReappears, "A101").revision, 0u);
}

TEST_F(AfterlifeTest, WhatWasDestroyedAndIsSeenAgainIsACase) {
  Spoil("susut", "A101");
  Destroy("susut", "A101");
  HandOver("susut", "A101");
  EXPECT_EQ(Case(CaseKind::kDestroyedReappears, "A101").state, CaseState::kOpen);
  EXPECT_THAT(Case(CaseKind::kDestroyedReappears, "A101").evidence, SizeIs(2));
}

TEST_F(AfterlifeTest, ABlankHandedOnWithoutACardIsUnaccounted) {
  HandOver("susut", "A102");
  EXPECT_EQ(At("A102"), Of(Account::kUnaccountedClaim, "susut"));
  EXPECT_EQ(Case(CaseKind::kForeignBlank, "A102").state, CaseState::kOpen);
}

TEST_F(AfterlifeTest, AnotherOfficesStepDoesNotMoveTheCard) {
  Print("susut", "A100");
  Destroy("bangli", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kPrintedReady, "susut"));
  EXPECT_EQ(Case(CaseKind::kForeignBlank, "A100").state, CaseState::kOpen);
}

TEST_F(AfterlifeTest, ARecallThatWasCarriedOutPutsTheCardAside) {
  const ActionId recall = PrintAndRecall("A100");
  EXPECT_EQ(At("A100"), Of(Account::kPrintedReady, "susut"));
  centre_.FromNode("susut", Recalled(recall, "A100"));
  EXPECT_EQ(At("A100"), Of(Account::kWithdrawn, "susut"));
  Destroy("susut", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kDestroyed, "susut"));
}

// The centre was set back to before its order, and hears the office's log first.
TEST_F(AfterlifeTest, ARecallThatTheCentreForgotPutsTheCardAsideAndClosesTheCaseThatOrdersItAgain) {
  MemoryCentre before = centre_;
  const ActionId recall = PrintAndRecall("A100");
  centre_ = std::move(before);
  acts_ = 0;
  const PrrId prr = PrrId::Of("p-A100");
  Print("susut", "A100");
  centre_.FromNode("susut", Recalled(recall, "A100"));
  EXPECT_EQ(At("A100"), Of(Account::kWithdrawn, "susut")) << "although no order is known";
  centre_.Arrive(prr);
  Withdraw(prr);
  ASSERT_THAT(Case(CaseKind::kWithdrawnPrinted, prr.value()).actions, ::testing::Contains(recall));
  EXPECT_EQ(Case(CaseKind::kWithdrawnPrinted, prr.value()).state, CaseState::kClosed);
  EXPECT_EQ(At("A100"), Of(Account::kWithdrawn, "susut"));
  EXPECT_EQ(Total(Account::kPrintedReady), 0);
}

TEST_F(AfterlifeTest, WhatIsAshCannotBeCalledBack) {
  const ActionId recall = PrintAndRecall("A100");
  Destroy("susut", "A100");
  centre_.FromNode("susut", Recalled(recall, "A100"));
  EXPECT_EQ(At("A100"), Of(Account::kDestroyed, "susut"));
}

// ---- Go-live.

TEST_F(AfterlifeTest, AnOpeningInventoryComesFromItsOwnSource) {
  Open("bangli", Pile::kTray, "B1..B3");
  Open("bangli", Pile::kSpoiled, "B4");
  Open("bangli", Pile::kPrinted, "B5");
  EXPECT_EQ(At("B1"), Of(Account::kNodeStock, "bangli"));
  EXPECT_EQ(At("B4"), Of(Account::kSpoiled, "bangli"));
  EXPECT_EQ(At("B5"), Of(Account::kPrintedReady, "bangli"));
  EXPECT_EQ(Total(Account::kOpeningBalance), -5);
  EXPECT_EQ(Total(Account::kUnknownOrigin), 0);
  EXPECT_EQ(Case(CaseKind::kNeverIssued, "B1").revision, 0u);
  Print("bangli", "B1");
  HandOver("bangli", "B5");
  EXPECT_EQ(At("B1"), Of(Account::kPrintedReady, "bangli"));
  EXPECT_EQ(At("B5"), Of(Account::kHandedOver, "bangli"));
  EXPECT_TRUE(centre_.balances().Close().balanced);
}

TEST_F(AfterlifeTest, AnAllotmentThatArrivesLaterIsTheOrigin) {
  Open("bangli", Pile::kTray, "B1..B3");
  Allot("a2", "B1..B4");
  EXPECT_EQ(Total(Account::kOpeningBalance), 0);
  EXPECT_EQ(Total(Account::kCentre), -14);
  EXPECT_EQ(At("B1"), Of(Account::kNodeStock, "bangli"));
  EXPECT_TRUE(centre_.resident().centre.district_stock == Serials("B4"));
  EXPECT_TRUE(centre_.balances().Close().balanced);
}

TEST_F(AfterlifeTest, AClaimThatIsOpenedLaterHasAnOrigin) {
  Print("bangli", "B1");
  EXPECT_EQ(At("B1"), Of(Account::kUnaccountedClaim, "bangli"));
  Open("bangli", Pile::kTray, "B1");
  EXPECT_EQ(At("B1"), Of(Account::kPrintedReady, "bangli"));
  EXPECT_EQ(Total(Account::kOpeningBalance), -1);
  EXPECT_EQ(Total(Account::kUnknownOrigin), 0);
}

TEST_F(AfterlifeTest, OneBlankInTwoOpeningInventoriesIsContested) {
  Open("bangli", Pile::kTray, "B1");
  Open("susut", Pile::kTray, "B1");
  EXPECT_EQ(At("B1").account, Account::kContested);
  EXPECT_EQ(Case(CaseKind::kDoubleDispatch, "B1").state, CaseState::kOpen);
}

// ---- Blanks that arrive before their dispatch is recorded.

TEST_F(AfterlifeTest, AnEarlyReceiptIsMatchedByTheLaterDispatch) {
  Allot("a2", "C1..C5");
  Receive("BAST-17", "bangli", "C1..C3");
  EXPECT_EQ(At("C1"), Of(Account::kNodeStock, "bangli"));
  EXPECT_EQ(Case(CaseKind::kTransferDifference, "BAST-17").state, CaseState::kOpen);
  const CommandResult result = centre_
                                   .Handle(Dispatch{.transfer = TransferId::Of("BAST-17"),
                                                    .node = NodeId::Of("bangli"),
                                                    .quantity = 0,
                                                    .serials = Serials("C1..C3")})
                                   .result;
  EXPECT_EQ(result.outcome, CommandOutcome::kDone);
  EXPECT_EQ(At("C1"), Of(Account::kNodeStock, "bangli"));
  EXPECT_EQ(Case(CaseKind::kTransferDifference, "BAST-17").state, CaseState::kClosed);
}

TEST_F(AfterlifeTest, WhatALaterDispatchNamesBeyondTheReceiptIsInTransit) {
  Allot("a2", "C1..C5");
  Receive("BAST-17", "bangli", "C1..C3");
  centre_.Handle(Dispatch{.transfer = TransferId::Of("BAST-17"),
                          .node = NodeId::Of("bangli"),
                          .quantity = 0,
                          .serials = Serials("C1..C4")});
  EXPECT_EQ(At("C4"), Of(Account::kInTransit, "bangli"));
  EXPECT_EQ(Case(CaseKind::kTransferDifference, "BAST-17").state, CaseState::kOpen);
}

TEST_F(AfterlifeTest, AnotherNumberOrNodeDoesNotTakeThem) {
  Allot("a2", "C1..C5");
  Receive("BAST-17", "bangli", "C1..C3");
  const Dispatch other{.transfer = TransferId::Of("BAST-18"),
                       .node = NodeId::Of("bangli"),
                       .quantity = 0,
                       .serials = Serials("C1..C3")};
  EXPECT_EQ(centre_.Handle(other).result.outcome, CommandOutcome::kNotInStock);
}

}  // namespace
}  // namespace keping::central
