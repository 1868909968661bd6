// What the centre makes of answers that were set aside, of swapped cards, and of test cards.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a day at the counter
using ledger::Account;
using ledger::Place;
using ::testing::SizeIs;

// An office with ten blanks, and verbs for its print room.
class CorrectionTest : public ::testing::Test {
 protected:
  CorrectionTest() : centre_({.offices = {{NodeId::Of("susut"), "51.06.01"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    centre_.Handle(EnrolNode{.node = NodeId::Of("susut"),
                             .incarnation = IncarnationId::Of("susut-1"),
                             .public_key = std::string(32, 'k')});
    const SerialSet serials = *SerialSet::Parse("A100..A109");
    centre_.Handle(AllotmentsArrived{
        {{.allotment = AllotmentId::Of("a1"), .bast_number = "B", .serials = serials}}});
    centre_.Handle(Dispatch{.transfer = TransferId::Of("t1"),
                            .node = NodeId::Of("susut"),
                            .quantity = 10,
                            .serials = {}});
    Write(BlanksReceived{.act = ActId::Of("r1"),
                         .transfer = TransferId::Of("t1"),
                         .operator_id = op_,
                         .received = serials,
                         .missing = {},
                         .unexpected = {}});
  }

  // The id of the entry.
  crypto::Hash Write(const Event& event) {
    const ArrivedEntry entry = centre_.Entry("susut", event);
    centre_.Handle(EntriesArrived{.node = NodeId::Of("susut"),
                                  .incarnation = IncarnationId::Of("susut-1"),
                                  .entries = {entry}});
    return entry.ref.id;
  }
  void Intend(const char* act, const char* prr, const char* blank) {
    PrintIntended intent;
    intent.act = ActId::Of(act);
    intent.prr = PrrId::Of(prr);
    intent.prr_version = 1;
    intent.blank = BlankSerial::Of(blank);
    intent.printer = PrinterId::Of("p");
    intent.operator_id = op_;
    intent.application_version = ApplicationVersion::Of("1");
    Write(intent);
  }
  crypto::Hash Verify(const char* act, const char* blank) {
    return Write(
        PrintVerified{.act = ActId::Of(act), .blank = BlankSerial::Of(blank), .operator_id = op_});
  }
  void Correct(const char* act, const crypto::Hash& event, const char* blank = nullptr) {
    Corrected corrected;
    corrected.act = ActId::Of("c1");
    corrected.subject = ActId::Of(act);
    corrected.event = event;
    corrected.operator_id = op_;
    corrected.second = OperatorId::Of("second");
    if (blank != nullptr) corrected.blank = BlankSerial::Of(blank);
    Write(corrected);
  }
  Place At(const char* blank) { return centre_.blank(blank).place; }
  static Place Of(Account account) { return {account, NodeId::Of("susut")}; }
  CaseState StateOf(CaseKind kind, const char* entity) {
    return centre_.case_of(kind, entity).state;
  }
  uint32_t Revision(CaseKind kind, const char* entity) {
    return centre_.case_of(kind, entity).revision;
  }

  const OperatorId op_ = OperatorId::Of("op");
  MemoryCentre centre_;
};

TEST_F(CorrectionTest, AnAnswerThatIsSetAsideLeavesADoubt) {
  Intend("j1", "p1", "A100");
  const crypto::Hash answer = Verify("j1", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kPrintedReady));
  Correct("j1", answer);
  EXPECT_EQ(At("A100"), Of(Account::kInDoubt));
  EXPECT_EQ(centre_.prr("p1").state, PrrState::kInDoubt);
  Write(PrintUnused{.act = ActId::Of("j1"), .operator_id = op_});
  EXPECT_EQ(At("A100"), Of(Account::kNodeStock));
}

TEST_F(CorrectionTest, OnlyTheNamedAnswerIsSetAside) {
  Intend("j1", "p1", "A100");
  const crypto::Hash first = Verify("j1", "A100");
  Correct("j1", first);
  Verify("j1", "A101");
  EXPECT_EQ(At("A101"), Of(Account::kPrintedReady));
  EXPECT_EQ(At("A100"), Of(Account::kMissing));
  Correct("j1", crypto::Sha256({"no such entry"}));
  EXPECT_EQ(At("A101"), Of(Account::kPrintedReady));
}

TEST_F(CorrectionTest, WhatThePrinterSaidGoesWithThePersonsAnswer) {
  Intend("j1", "p1", "A100");
  Write(PrintFailed{.act = ActId::Of("j1"), .failure = PrintFailure::kNotAccepted});
  const crypto::Hash unused = Write(PrintUnused{.act = ActId::Of("j1"), .operator_id = {}});
  EXPECT_EQ(At("A100"), Of(Account::kNodeStock));
  Correct("j1", unused);
  EXPECT_EQ(At("A100"), Of(Account::kInDoubt));
}

TEST_F(CorrectionTest, EachAnswerIsReportedOnceHoweverOftenItWasGiven) {
  Intend("j1", "p1", "A100");
  const crypto::Hash first = Verify("j1", "A100");
  Correct("j1", first);
  Verify("j1", "A100");
  EXPECT_THAT(centre_.reports(), SizeIs(1));
  Correct("j1", first);
  Verify("j1", "A101");
  EXPECT_THAT(centre_.reports(), SizeIs(2));
}

TEST_F(CorrectionTest, ABlankCalledSpoiledByMistakeIsStockAgain) {
  const crypto::Hash spoiled = Write(BlankSpoiled{.act = ActId::Of("s1"),
                                                  .blank = BlankSerial::Of("A100"),
                                                  .cause = SpoilCause::kFactory,
                                                  .operator_id = op_});
  EXPECT_EQ(At("A100"), Of(Account::kSpoiled));
  Correct("s1", spoiled, "A100");
  EXPECT_EQ(At("A100"), Of(Account::kNodeStock));
}

TEST_F(CorrectionTest, ATestCardIsASpoiledBlank) {
  Write(TestCardPrinted{.act = ActId::Of("t1"),
                        .printer = PrinterId::Of("p"),
                        .blank = BlankSerial::Of("A100"),
                        .operator_id = op_});
  EXPECT_EQ(At("A100"), Of(Account::kSpoiled));
  EXPECT_THAT(centre_.reports(), SizeIs(1));
}

// ---- Cards that were scanned on each other's blanks.

TEST_F(CorrectionTest, SwappedCardsSettleWithoutAnythingUsedTwice) {
  Intend("j1", "p1", "A100");
  Intend("j2", "p2", "A101");
  Verify("j1", "A101");
  EXPECT_EQ(At("A101"), Of(Account::kPrintedReady)) << "the second job's claim has ended";
  EXPECT_EQ(At("A100"), Of(Account::kMissing)) << "until the second card is scanned";
  EXPECT_EQ(Revision(CaseKind::kBlankUsedTwice, "A101"), 0u);
  EXPECT_EQ(StateOf(CaseKind::kWrongBlankBound, "A100"), CaseState::kOpen);
  Verify("j2", "A100");
  EXPECT_EQ(At("A100"), Of(Account::kPrintedReady));
  EXPECT_EQ(StateOf(CaseKind::kWrongBlankBound, "A100"), CaseState::kClosed);
  EXPECT_EQ(StateOf(CaseKind::kWrongBlankBound, "A101"), CaseState::kClosed);
  EXPECT_EQ(Revision(CaseKind::kBlankUsedTwice, "A100"), 0u);
}

TEST_F(CorrectionTest, AnIntentAfterTheCardIsUsedTwice) {
  Intend("j1", "p1", "A100");
  Verify("j1", "A101");
  Intend("j2", "p2", "A101");
  EXPECT_EQ(At("A101"), Of(Account::kContested));
  EXPECT_EQ(StateOf(CaseKind::kBlankUsedTwice, "A101"), CaseState::kOpen);
}

TEST_F(CorrectionTest, AClaimOfAnotherLogIsNotEndedByACard) {
  centre_.Handle(EnrolNode{.node = NodeId::Of("bangli"),
                           .incarnation = IncarnationId::Of("bangli-1"),
                           .public_key = std::string(32, 'k')});
  PrintIntended elsewhere;
  elsewhere.act = ActId::Of("j2");
  elsewhere.prr = PrrId::Of("p2");
  elsewhere.prr_version = 1;
  elsewhere.blank = BlankSerial::Of("A100");
  elsewhere.printer = PrinterId::Of("p");
  elsewhere.operator_id = op_;
  elsewhere.application_version = ApplicationVersion::Of("1");
  centre_.FromNode("bangli", elsewhere);
  Intend("j1", "p1", "A100");
  Verify("j1", "A100");
  EXPECT_EQ(At("A100").account, Account::kContested);
}

TEST_F(CorrectionTest, ACorrectionGivesTheOpenJobItsClaimBack) {
  Intend("j1", "p1", "A100");
  Intend("j2", "p2", "A101");
  const crypto::Hash wrong = Verify("j1", "A101");
  Correct("j1", wrong);
  EXPECT_EQ(At("A100"), Of(Account::kInDoubt));
  EXPECT_EQ(At("A101"), Of(Account::kBoundToJob));
  Verify("j1", "A100");
  Verify("j2", "A101");
  EXPECT_FALSE(centre_.prr("p1").cases.contains(CaseKind::kDuplicatePrint));
  EXPECT_EQ(At("A100"), Of(Account::kPrintedReady));
  EXPECT_EQ(At("A101"), Of(Account::kPrintedReady));
}

}  // namespace
}  // namespace keping::central
