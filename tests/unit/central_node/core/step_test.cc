#include "central_node/core/step.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a day at the counter
using ledger::Account;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A district of two offices and its own printer, with verbs for what happens there.
class StepTest : public ::testing::Test {
 protected:
  StepTest()
      : centre_(
            {.offices = {{NodeId::Of("susut"), "51.06.01"}, {NodeId::Of("bangli"), "51.06.02"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    Enrol("susut");
    Enrol("bangli");
  }

  CommandOutcome Enrol(const std::string& node) {
    return centre_
        .Handle(EnrolNode{.node = NodeId::Of(node),
                          .incarnation = IncarnationId::Of(node + "-1"),
                          .public_key = std::string(32, 'k')})
        .result.outcome;
  }
  void Allot(const std::string& id, const SerialSet& serials) {
    centre_.Handle(AllotmentsArrived{
        {{.allotment = AllotmentId::Of(id), .bast_number = "B/1", .serials = serials}}});
  }
  SerialSet Numbered(int first, int last) {
    SerialSet set;
    for (int i = first; i <= last; ++i) set.Insert(BlankSerial::Of(absl::StrCat("A", 1000 + i)));
    return set;
  }
  CommandResult Send(const std::string& transfer, const std::string& node, uint64_t quantity) {
    return centre_
        .Handle(Dispatch{.transfer = TransferId::Of(transfer),
                         .node = NodeId::Of(node),
                         .quantity = quantity,
                         .serials = {}})
        .result;
  }
  void Receive(const std::string& transfer, const std::string& node, const SerialSet& received,
               const SerialSet& missing = {}, const SerialSet& unexpected = {},
               const std::string& lent_by = "") {
    centre_.FromNode(node,
                     BlanksReceived{.act = ActId::Of("receive-" + transfer),
                                    .transfer = TransferId::Of(transfer),
                                    .operator_id = OperatorId::Of("op"),
                                    .received = received,
                                    .missing = missing,
                                    .unexpected = unexpected,
                                    .lent_by = lent_by.empty() ? NodeId() : NodeId::Of(lent_by)});
  }
  Effects Lend(const std::string& from, const std::string& transfer, const std::string& to,
               const SerialSet& blanks) {
    return centre_.FromNode(from, BlanksLent{.act = ActId::Of("lend-" + transfer),
                                             .transfer = TransferId::Of(transfer),
                                             .to = NodeId::Of(to),
                                             .blanks = blanks,
                                             .operator_id = OperatorId::Of("op"),
                                             .second = OperatorId::Of("second")});
  }
  void Record(const std::string& prr, const std::string& village = "51.06.01.2001",
              uint32_t version = 1) {
    centre_.Handle(RecordsArrived{{{.prr = PrrId::Of(prr),
                                    .version = version,
                                    .village = VillageCode::Of(village),
                                    .enrolled_at = absl::UnixEpoch(),
                                    .nik_key = {},
                                    .record_digest = {},
                                    .replaces = {}}}});
  }
  void Withdraw(const std::string& prr, uint32_t version = 2) {
    centre_.Handle(WithdrawalsArrived{
        {{.prr = PrrId::Of(prr), .version = version, .reason = WithdrawalReason::kDeath}}});
  }
  Effects Intend(const std::string& node, const std::string& act, const std::string& prr,
                 const std::string& blank, uint64_t position = 0, uint32_t epoch = 1) {
    return centre_.FromNode(node, PrintIntended{.act = ActId::Of(act),
                                                .prr = PrrId::Of(prr),
                                                .prr_version = 1,
                                                .blank = BlankSerial::Of(blank),
                                                .attempt = 1,
                                                .printer = PrinterId::Of("p"),
                                                .operator_id = OperatorId::Of("op"),
                                                .lease_epoch = {1, epoch},
                                                .control_position = position,
                                                .control_state = {},
                                                .proven_seq = 0,
                                                .application_version = {}});
  }
  Effects Verify(const std::string& node, const std::string& act, const std::string& blank) {
    return centre_.FromNode(node, PrintVerified{.act = ActId::Of(act),
                                                .blank = BlankSerial::Of(blank),
                                                .operator_id = OperatorId::Of("op")});
  }
  void Print(const std::string& node, const std::string& act, const std::string& prr,
             const std::string& blank, uint64_t position = 0, uint32_t epoch = 1) {
    Intend(node, act, prr, blank, position, epoch);
    Verify(node, act, blank);
  }
  Effects Move(const std::string& prr, const std::string& to, bool forced) {
    return centre_.Handle(MoveLease{.prr = PrrId::Of(prr), .to = NodeId::Of(to), .forced = forced});
  }
  int64_t At(Account account, const std::string& node = "") {
    return centre_.balances().At({account, node.empty() ? NodeId() : NodeId::Of(node)});
  }
  CaseRow Case(CaseKind kind, const std::string& entity) { return centre_.case_of(kind, entity); }

  // Ten blanks at Susut, ten at Bangli, ten in the district's stock; record p1 leased to Susut.
  void SetUpStock() {
    Allot("a1", Numbered(0, 29));
    Send("t1", "susut", 10);
    Send("t2", "bangli", 10);
    Receive("t1", "susut", Numbered(0, 9));
    Receive("t2", "bangli", Numbered(10, 19));
    Record("p1");
  }

  MemoryCentre centre_;
};

TEST_F(StepTest, ABlankGoesFromTheCentreToAPrintedCard) {
  Allot("a1", Numbered(0, 29));
  EXPECT_EQ(At(Account::kDistrictStock), 30);
  EXPECT_EQ(Send("t1", "susut", 10).outcome, CommandOutcome::kDone);
  EXPECT_EQ(At(Account::kInTransit, "susut"), 10);
  Receive("t1", "susut", Numbered(0, 9));
  EXPECT_EQ(At(Account::kNodeStock, "susut"), 10);
  Record("p1");
  Intend("susut", "job1", "p1", "A1000");
  EXPECT_EQ(At(Account::kBoundToJob, "susut"), 1);
  centre_.FromNode("susut", PrintDoubted{.act = ActId::Of("job1"), .cause = DoubtCause::kRestart});
  EXPECT_EQ(At(Account::kInDoubt, "susut"), 1);
  const Effects effects = Verify("susut", "job1", "A1000");
  EXPECT_EQ(At(Account::kPrintedReady, "susut"), 1);
  EXPECT_EQ(At(Account::kNodeStock, "susut"), 9);
  EXPECT_EQ(centre_.prr("p1").state, PrrState::kPrinted);
  EXPECT_THAT(effects.reports_added, SizeIs(1));
  EXPECT_TRUE(centre_.balances().Close().balanced);
  EXPECT_EQ(centre_.balances().Close().from_centre, 30);
  EXPECT_THAT(centre_.tables().cases, IsEmpty());
}

TEST_F(StepTest, ADispatchIsOneMove) {
  Allot("a1", Numbered(0, 29));
  const Effects effects = centre_.Handle(Dispatch{.transfer = TransferId::Of("t1"),
                                                  .node = NodeId::Of("susut"),
                                                  .quantity = 10,
                                                  .serials = {}});
  ASSERT_THAT(effects.moves, SizeIs(1));
  EXPECT_EQ(effects.moves[0].quantity, 10);
  ASSERT_THAT(effects.feed, SizeIs(1));
  EXPECT_EQ(effects.feed[0].key, "transfer/t1");
}

TEST_F(StepTest, ADispatchOfWhatIsNotThereIsRefusedInWords) {
  Allot("a1", Numbered(0, 4));
  const CommandResult result = Send("t1", "susut", 6);
  EXPECT_EQ(result, (CommandResult{.outcome = CommandOutcome::kNotInStock, .got = 5, .want = 6}));
  EXPECT_THAT(Sentence(result), ::testing::HasSubstr("K-386: got 5"));
  EXPECT_EQ(Send("t1", "kintamani", 1).outcome, CommandOutcome::kUnknownNode);
  EXPECT_EQ(Send("t1", "susut", 0).outcome, CommandOutcome::kNothingAsked);
}

TEST_F(StepTest, ARepeatedDispatchSendsNothingMore) {
  Allot("a1", Numbered(0, 9));
  EXPECT_EQ(Send("t1", "susut", 3).outcome, CommandOutcome::kDone);
  const size_t events = centre_.log().size();
  EXPECT_EQ(Send("t1", "susut", 3).outcome, CommandOutcome::kDone);
  const Dispatch same{.transfer = TransferId::Of("t1"),
                      .node = NodeId::Of("susut"),
                      .quantity = 0,
                      .serials = Numbered(0, 2)};
  EXPECT_EQ(centre_.Handle(same).result.outcome, CommandOutcome::kDone);
  EXPECT_EQ(centre_.log().size(), events);
  Dispatch others = same;
  others.serials = Numbered(3, 5);
  EXPECT_EQ(centre_.Handle(others).result.outcome, CommandOutcome::kTransferIdUsed);
  EXPECT_EQ(Send("t1", "susut", 4).outcome, CommandOutcome::kTransferIdUsed);
  EXPECT_EQ(Send("t1", "bangli", 3).outcome, CommandOutcome::kTransferIdUsed);
}

TEST_F(StepTest, ArrivalsAreHarmlessTwice) {
  SetUpStock();
  const size_t events = centre_.log().size();
  Allot("a1", Numbered(0, 29));
  Record("p1");
  Withdraw("p1");
  Withdraw("p1");
  EXPECT_EQ(centre_.log().size(), events + 1);
  EXPECT_EQ(Enrol("susut"), CommandOutcome::kDone);
  EXPECT_EQ(centre_.log().size(), events + 1);
}

TEST_F(StepTest, ARecordIsLeasedToTheOfficeOfItsKecamatan) {
  Record("p1", "51.06.02.2001");
  EXPECT_EQ(centre_.prr("p1").state, PrrState::kLeased);
  EXPECT_EQ(centre_.prr("p1").holder, NodeId::Of("bangli"));
  Record("p2", "51.06.04.2001");
  EXPECT_EQ(centre_.prr("p2").state, PrrState::kWaiting);
}

TEST(LeaseTest, ARecordWaitsUntilItsOfficeIsEnrolled) {
  MemoryCentre centre({.offices = {{NodeId::Of("susut"), "51.06.01"}}});
  centre.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
  const RecordsArrived records{{{.prr = PrrId::Of("p1"),
                                 .version = 1,
                                 .village = VillageCode::Of("51.06.01.2001"),
                                 .enrolled_at = absl::UnixEpoch(),
                                 .nik_key = {},
                                 .record_digest = {},
                                 .replaces = {}}}};
  const Effects waiting = centre.Handle(records);
  EXPECT_THAT(waiting.waiting_added,
              ElementsAre(std::make_pair(NodeId::Of("susut"), PrrId::Of("p1"))));
  centre.Handle(EnrolNode{.node = NodeId::Of("susut"),
                          .incarnation = IncarnationId::Of("i"),
                          .public_key = std::string(32, 'k')});
  const Effects granted = centre.Handle(GrantWaiting{{PrrId::Of("p1")}});
  EXPECT_THAT(granted.waiting_removed, SizeIs(1));
  EXPECT_THAT(granted.feed, SizeIs(1));
  EXPECT_EQ(centre.prr("p1").state, PrrState::kLeased);
}

TEST_F(StepTest, AWithdrawnRecordThatWasPrintedIsRecalledUntilTheNodeAcknowledges) {
  SetUpStock();
  Withdraw("p1");
  Print("susut", "job1", "p1", "A1000", /*position=*/1);
  CaseRow found = Case(CaseKind::kWithdrawnPrinted, "p1");
  EXPECT_EQ(found.state, CaseState::kActing);
  EXPECT_THAT(found.evidence, SizeIs(2));
  ASSERT_THAT(found.actions, SizeIs(1));
  const ActionId action = *found.actions.begin();
  EXPECT_EQ(centre_.tables().actions.at(action).node, NodeId::Of("susut"));
  centre_.FromNode("susut", ActionAcknowledged{.action = action,
                                               .operator_id = OperatorId::Of("op"),
                                               .blank = BlankSerial::Of("A1000")});
  found = Case(CaseKind::kWithdrawnPrinted, "p1");
  EXPECT_EQ(found.state, CaseState::kClosed);
  EXPECT_EQ(found.revision, 2u);
  EXPECT_THAT(found.evidence, SizeIs(2));
}

TEST_F(StepTest, TheFeedPositionTellsWhetherTheNodeKnewOfTheWithdrawal) {
  SetUpStock();
  Withdraw("p1");
  const PrrFacts facts = centre_.prr("p1").facts;
  ASSERT_THAT(facts.withdrawal_marks, SizeIs(1));
  const uint64_t mark = facts.withdrawal_marks[0].position;
  for (const bool knew : {false, true}) {
    JobFacts job{.intents = {{.fact = {.id = crypto::Sha256({"i"}),
                                       .node = NodeId::Of("susut"),
                                       .incarnation = {}},
                              .prr = PrrId::Of("p1"),
                              .prr_version = 1,
                              .blank = BlankSerial::Of("A1"),
                              .epoch = {1, 1},
                              .control_position = knew ? mark : mark - 1}},
                 .outcomes = {{.fact = {.id = crypto::Sha256({"o"}),
                                        .node = NodeId::Of("susut"),
                                        .incarnation = {}},
                               .kind = OutcomeKind::kVerified,
                               .blank = BlankSerial::Of("A1")}},
                 .corrections = {}};
    PrrFacts printed = facts;
    printed.jobs = {ActId::Of("job")};
    const PrrVerdict verdict = JudgePrr(printed, {{ActId::Of("job"), job}}, {});
    ASSERT_THAT(verdict.anomalies, SizeIs(1));
    EXPECT_EQ(verdict.anomalies[0].kind, CaseKind::kWithdrawnPrinted);
    EXPECT_EQ(verdict.anomalies[0].node_knew, knew);
  }
}

TEST_F(StepTest, AWithdrawalBeforeItsRecordIsRemembered) {
  Withdraw("p1");
  Record("p1");
  EXPECT_EQ(centre_.prr("p1").state, PrrState::kWithdrawn);
  EXPECT_THAT(centre_.prr("p1").facts.grants, IsEmpty());
  Record("p1", "51.06.01.2001", /*version=*/3);
  EXPECT_EQ(centre_.prr("p1").state, PrrState::kLeased);
}

TEST_F(StepTest, AMoveWaitsForTheReleaseOfTheHolder) {
  SetUpStock();
  const Effects asked = Move("p1", "bangli", false);
  ASSERT_THAT(asked.feed, SizeIs(1));
  EXPECT_TRUE(std::get<PrrItem>(asked.feed[0].body).release_requested);
  EXPECT_EQ(Move("p1", "bangli", false).result.outcome, CommandOutcome::kMoveInProgress);
  EXPECT_EQ(centre_.prr("p1").holder, NodeId::Of("susut"));
  const Effects moved =
      centre_.FromNode("susut", LeaseReleased{.prr = PrrId::Of("p1"), .epoch = {1, 1}});
  EXPECT_EQ(centre_.prr("p1").holder, NodeId::Of("bangli"));
  EXPECT_EQ(CurrentLease(centre_.prr("p1").facts).epoch, (LeaseEpoch{1, 2}));
  EXPECT_THAT(moved.feed, SizeIs(2));  // the new holder and the old one
  EXPECT_THAT(centre_.tables().cases, IsEmpty());
}

TEST_F(StepTest, AForcedMoveIsARiskUntilTheOldHoldersLogCoversIt) {
  SetUpStock();
  const Effects moved = Move("p1", "bangli", true);
  EXPECT_EQ(centre_.prr("p1").holder, NodeId::Of("bangli"));
  EXPECT_EQ(Case(CaseKind::kOverlapRisk, "p1").state, CaseState::kOpen);
  uint64_t removal = 0;
  for (const FeedChange& change : moved.feed) {
    if (change.node == NodeId::Of("susut")) removal = change.position;
  }
  ASSERT_GT(removal, 0u);
  Record("p2");
  Intend("susut", "job1", "p2", "A1000", removal - 1);
  EXPECT_EQ(Case(CaseKind::kOverlapRisk, "p1").state, CaseState::kOpen);
  Record("p3");
  Intend("susut", "job2", "p3", "A1001", removal);
  EXPECT_EQ(Case(CaseKind::kOverlapRisk, "p1").state, CaseState::kClosed);
  EXPECT_THAT(centre_.resident().nodes.at(NodeId::Of("susut")).open_overlaps, IsEmpty());
}

TEST_F(StepTest, AReleaseAlsoCoversAForcedMove) {
  SetUpStock();
  Move("p1", "bangli", true);
  centre_.FromNode("susut", LeaseReleased{.prr = PrrId::Of("p1"), .epoch = {1, 1}});
  EXPECT_EQ(Case(CaseKind::kOverlapRisk, "p1").state, CaseState::kClosed);
  EXPECT_EQ(centre_.prr("p1").holder, NodeId::Of("bangli"));
}

TEST_F(StepTest, OfTwoGoodCardsTheOneUnderTheOlderLeaseIsRecalled) {
  SetUpStock();
  Move("p1", "bangli", true);
  Print("susut", "job1", "p1", "A1000", /*position=*/1, /*epoch=*/1);
  Print("bangli", "job2", "p1", "A1010", /*position=*/2, /*epoch=*/2);
  const CaseRow found = Case(CaseKind::kDuplicatePrint, "p1");
  EXPECT_EQ(found.state, CaseState::kActing);
  ASSERT_THAT(found.actions, SizeIs(1));
  const ActionRow& action = centre_.tables().actions.at(*found.actions.begin());
  EXPECT_EQ(action.node, NodeId::Of("susut"));
  EXPECT_EQ(action.blank, BlankSerial::Of("A1000"));
}

TEST_F(StepTest, APrintWithoutLeaseIsAcceptedWhenItIsTheOnlyCard) {
  SetUpStock();
  Print("bangli", "job1", "p1", "A1010");
  const CaseRow found = Case(CaseKind::kLeaseBreach, "p1");
  EXPECT_EQ(found.state, CaseState::kClosed);
  Print("susut", "job2", "p1", "A1000");
  EXPECT_EQ(Case(CaseKind::kDuplicatePrint, "p1").state, CaseState::kActing);
  EXPECT_EQ(Case(CaseKind::kLeaseBreach, "p1").state, CaseState::kOpen);
}

TEST_F(StepTest, ACardOnAnotherBlankLeavesTheIntendedOneToBeLocated) {
  SetUpStock();
  Intend("susut", "job1", "p1", "A1000");
  Verify("susut", "job1", "A1001");
  EXPECT_EQ(At(Account::kMissing, "susut"), 1);
  EXPECT_EQ(At(Account::kPrintedReady, "susut"), 1);
  EXPECT_EQ(Case(CaseKind::kWrongBlankBound, "A1000").state, CaseState::kOpen);
  Record("p2");
  Print("susut", "job2", "p2", "A1000");
  EXPECT_EQ(Case(CaseKind::kWrongBlankBound, "A1000").state, CaseState::kClosed);
  EXPECT_EQ(At(Account::kMissing, "susut"), 0);
  EXPECT_EQ(At(Account::kPrintedReady, "susut"), 2);
}

TEST_F(StepTest, ABlankThatWasReceivedElsewhereIsAForeignClaim) {
  SetUpStock();
  Print("susut", "job1", "p1", "A1010");
  EXPECT_EQ(Case(CaseKind::kForeignBlank, "A1010").state, CaseState::kOpen);
  EXPECT_EQ(At(Account::kUnaccountedClaim, "susut"), 1);
  EXPECT_TRUE(centre_.balances().Close().balanced);
}

TEST_F(StepTest, ASerialOfNoAllotmentIsNeverIssuedUntilItsAllotmentComes) {
  SetUpStock();
  Print("susut", "job1", "p1", "Z9");
  EXPECT_EQ(Case(CaseKind::kNeverIssued, "Z9").state, CaseState::kOpen);
  EXPECT_EQ(centre_.balances().Close().from_unknown_origin, 1);
  Allot("a2", {BlankSerial::Of("Z9"), BlankSerial::Of("Z8")});
  EXPECT_EQ(centre_.balances().Close().from_unknown_origin, 0);
  EXPECT_EQ(centre_.balances().Close().from_centre, 32);
  EXPECT_EQ(At(Account::kDistrictStock), 11);
  EXPECT_EQ(Case(CaseKind::kNeverIssued, "Z9").state, CaseState::kOpen);  // an auditor closes it
}

TEST_F(StepTest, ATransferDifferenceClosesWithALateReceipt) {
  Allot("a1", Numbered(0, 29));
  Send("t1", "susut", 10);
  Receive("t1", "susut", Numbered(0, 7), Numbered(8, 9));
  EXPECT_EQ(Case(CaseKind::kTransferDifference, "t1").state, CaseState::kOpen);
  EXPECT_EQ(At(Account::kMissing, "susut"), 2);
  Receive("t1", "susut", Numbered(8, 9));
  EXPECT_EQ(Case(CaseKind::kTransferDifference, "t1").state, CaseState::kClosed);
  EXPECT_EQ(At(Account::kNodeStock, "susut"), 10);
}

TEST_F(StepTest, ABlankUsedInTwoJobsIsContested) {
  SetUpStock();
  Record("p2");
  Print("susut", "job1", "p1", "A1000");
  Print("susut", "job2", "p2", "A1000");
  EXPECT_EQ(Case(CaseKind::kBlankUsedTwice, "A1000").state, CaseState::kOpen);
  EXPECT_EQ(At(Account::kContested, "susut"), 1);
}

TEST_F(StepTest, ASpoiledOrUnusedAttemptPermitsAnother) {
  SetUpStock();
  Intend("susut", "job1", "p1", "A1000");
  centre_.FromNode("susut", PrintSpoiled{.act = ActId::Of("job1"),
                                         .blank = BlankSerial::Of("A1000"),
                                         .cause = SpoilCause::kPrint,
                                         .operator_id = OperatorId::Of("op")});
  Intend("susut", "job2", "p1", "A1001");
  centre_.FromNode("susut",
                   PrintUnused{.act = ActId::Of("job2"), .operator_id = OperatorId::Of("op")});
  Print("susut", "job3", "p1", "A1001");
  EXPECT_EQ(At(Account::kSpoiled, "susut"), 1);
  EXPECT_EQ(At(Account::kPrintedReady, "susut"), 1);
  EXPECT_THAT(centre_.tables().cases, IsEmpty());
  EXPECT_THAT(centre_.reports(), SizeIs(2));
}

TEST_F(StepTest, AnAnswerSettlesAReportOnce) {
  SetUpStock();
  Print("susut", "job1", "p1", "A1000");
  ASSERT_THAT(centre_.reports(), SizeIs(1));
  const std::string item = centre_.reports()[0];
  const ReportAnswersArrived answers{
      {{.item = item, .kind = ReportKind::kPrinted, .accepted = false, .reason = "unknown_blank"}}};
  EXPECT_THAT(centre_.Handle(answers).reports_answered, ElementsAre(item));
  EXPECT_THAT(centre_.Handle(answers).reports_answered, IsEmpty());
  EXPECT_EQ(centre_.tables().reports.at(item).state, ReportState::kRejected);
}

// ---- Lending between offices.

TEST_F(StepTest, LentBlanksMoveFromOfficeToOffice) {
  SetUpStock();
  EXPECT_THAT(Lend("susut", "L1", "bangli", Numbered(0, 3)).feed, SizeIs(1)) << "bangli is told";
  EXPECT_EQ(At(Account::kNodeStock, "susut"), 6);
  EXPECT_EQ(At(Account::kInTransit, "bangli"), 4);
  Receive("L1", "bangli", Numbered(0, 2), Numbered(3, 3));
  EXPECT_EQ(At(Account::kNodeStock, "bangli"), 13);
  EXPECT_EQ(At(Account::kMissing, "bangli"), 1);
  EXPECT_EQ(Case(CaseKind::kTransferDifference, "L1").state, CaseState::kOpen);
  // And back.
  Lend("bangli", "L2", "susut", Numbered(0, 1));
  Receive("L2", "susut", Numbered(0, 1));
  EXPECT_EQ(At(Account::kNodeStock, "susut"), 8);
  Print("susut", "job1", "p1", "A1000");
  EXPECT_EQ(At(Account::kPrintedReady, "susut"), 1);
  EXPECT_THAT(centre_.tables().cases, SizeIs(1));
}

TEST_F(StepTest, ABorrowerThatIsHeardFirstIsBelieved) {
  SetUpStock();
  Receive("L1", "bangli", Numbered(0, 1), {}, {}, "susut");
  EXPECT_EQ(At(Account::kNodeStock, "bangli"), 12);
  EXPECT_EQ(At(Account::kNodeStock, "susut"), 8);
  Lend("susut", "L1", "bangli", Numbered(0, 1));
  EXPECT_EQ(At(Account::kNodeStock, "bangli"), 12);
  EXPECT_THAT(centre_.tables().cases, IsEmpty());
}

TEST_F(StepTest, ASlipThatIsSpentTwiceIsADoubleDispatch) {
  SetUpStock();
  Enrol("tembuku");
  Lend("susut", "L1", "bangli", Numbered(0, 0));
  Receive("L1", "bangli", Numbered(0, 0), {}, {}, "susut");
  Receive("L1", "tembuku", Numbered(0, 0));
  EXPECT_EQ(Case(CaseKind::kDoubleDispatch, "A1000").state, CaseState::kOpen);
  EXPECT_EQ(At(Account::kContested, "bangli"), 1);
}

TEST_F(StepTest, BlanksLentTwiceAreADoubleDispatch) {
  SetUpStock();
  Enrol("tembuku");
  Lend("susut", "L1", "bangli", Numbered(0, 0));
  Receive("L1", "bangli", Numbered(0, 0));
  Lend("susut", "L2", "tembuku", Numbered(0, 0));
  EXPECT_EQ(Case(CaseKind::kDoubleDispatch, "A1000").state, CaseState::kOpen);
  EXPECT_EQ(At(Account::kNodeStock, "bangli"), 11) << "there it was scanned";
}

TEST_F(StepTest, ABlankUsedAfterItWasLentIsADoubleDispatch) {
  SetUpStock();
  Lend("susut", "L1", "bangli", Numbered(0, 0));
  Print("susut", "job1", "p1", "A1000");
  EXPECT_EQ(Case(CaseKind::kDoubleDispatch, "A1000").state, CaseState::kOpen);
}

TEST_F(StepTest, AnEntryThatCannotBeReadIsKeptAndSkipped) {
  ArrivedEntry entry = centre_.Entry("susut", PrintSent{});
  entry.event.reset();
  centre_.Handle(EntriesArrived{.node = NodeId::Of("susut"),
                                .incarnation = IncarnationId::Of("susut-1"),
                                .entries = {entry}});
  const StreamHead& head = centre_.resident().nodes.at(NodeId::Of("susut")).streams.begin()->second;
  EXPECT_EQ(head.seq, 1u);
  EXPECT_EQ(head.skipped, 1u);
}

}  // namespace
}  // namespace keping::central
