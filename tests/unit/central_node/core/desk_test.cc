// The district's desk: days that end, what waits for them, decisions of officers, and the judges of
// jobs, persons, printers' days and trays.

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_decision.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/officers.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/step.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ledger::Account;

// 3 April 2017 was a Monday.
absl::CivilDay April(int day) { return absl::CivilDay(2017, 4, day); }

// Susut holds A1000 to A1009 and the records p1 to p3; a reconciler, an auditor and an
// administrator work at the district.
class DeskTest : public ::testing::Test {
 protected:
  DeskTest() : centre_({.offices = {{susut_, "51.06.01"}}, .cards_per_day = 2}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    centre_.Handle(EnrolNode{.node = susut_,
                             .incarnation = IncarnationId::Of("susut-1"),
                             .public_key = std::string(32, 'k')});
    centre_.Handle(AllotmentsArrived{{{.allotment = AllotmentId::Of("a1"),
                                       .bast_number = "B/1",
                                       .serials = *SerialSet::Parse("A1000..A1099")}}});
    for (const char* prr : {"p1", "p2", "p3"}) centre_.Arrive(PrrId::Of(prr));
    centre_.Handle(
        Dispatch{.transfer = TransferId::Of("t1"), .node = susut_, .quantity = 10, .serials = {}});
    centre_.FromNode("susut", BlanksReceived{.act = ActId::Of("receive"),
                                             .transfer = TransferId::Of("t1"),
                                             .operator_id = OperatorId::Of("op"),
                                             .received = *SerialSet::Parse("A1000..A1009"),
                                             .missing = {},
                                             .unexpected = {}});
    EXPECT_EQ(SetPerson("made", Role::kAdministrator), CommandOutcome::kDone);
    EXPECT_EQ(SetPerson("rai", Role::kReconciler), CommandOutcome::kDone);
    EXPECT_EQ(SetPerson("sari", Role::kAuditor), CommandOutcome::kDone);
  }

  CommandOutcome SetPerson(const std::string& name, Role role) {
    return centre_
        .Handle(
            SetOfficer{.officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("made")})
        .result.outcome;
  }

  PrintIntended Intent(const std::string& act, const std::string& prr, const std::string& blank) {
    return {.act = ActId::Of(act),
            .prr = PrrId::Of(prr),
            .prr_version = 1,
            .blank = BlankSerial::Of(blank),
            .attempt = 1,
            .printer = PrinterId::Of("printer"),
            .operator_id = OperatorId::Of("op"),
            .lease_epoch = {1, 1},
            .control_position = 0,
            .control_state = {},
            .proven_seq = 0,
            .application_version = ApplicationVersion::Of("2017.1")};
  }
  void Verify(const std::string& act, const std::string& blank) {
    centre_.FromNode("susut", PrintVerified{.act = ActId::Of(act),
                                            .blank = BlankSerial::Of(blank),
                                            .operator_id = OperatorId::Of("op")});
  }
  void Print(const std::string& act, const std::string& prr, const std::string& blank) {
    centre_.FromNode("susut", Intent(act, prr, blank));
    Verify(act, blank);
  }

  void PrintWithoutLease(const std::string& act, const std::string& prr, const std::string& blank) {
    PrintIntended intent = Intent(act, prr, blank);
    intent.lease_epoch = {1, 9};
    centre_.FromNode("susut", intent);
    Verify(act, blank);
  }
  void Deliver(const std::string& blank) {
    centre_.FromNode("susut", CardsAnswered{.act = ActId::Of("deliver-" + blank),
                                            .manifest = {},
                                            .delivered = *SerialSet::Parse(blank),
                                            .not_found = {},
                                            .returned = {},
                                            .operator_id = OperatorId::Of("op")});
  }

  void Close(absl::CivilDay day, bool heard = true) {
    CloseDay close{.day = day, .heard = {}};
    if (heard) close.heard.insert(susut_);
    centre_.Handle(close);
  }

  CommandOutcome Decide(CaseKind kind, const std::string& entity, Resolution resolution,
                        const std::string& by = "rai", const std::string& second = "sari",
                        const std::string& document = "") {
    ResolveCase command{.case_id = CaseIdFor(kind, entity),
                        .revision = centre_.case_of(kind, entity).revision,
                        .resolution = resolution,
                        .by = OperatorId::Of(by)};
    if (!second.empty()) command.second = OperatorId::Of(second);
    if (!document.empty()) command.document = DocumentNumber::Of(document);
    return centre_.Handle(command).result.outcome;
  }
  CaseState StateOf(CaseKind kind, const std::string& entity) const {
    const CaseRow row = centre_.case_of(kind, entity);
    EXPECT_GT(row.revision, 0u) << CaseKindName(kind) << " of " << entity;
    return row.state;
  }
  bool Exists(CaseKind kind, const std::string& entity) const {
    return centre_.case_of(kind, entity).revision > 0;
  }

  NodeId susut_ = NodeId::Of("susut");
  MemoryCentre centre_;
};

TEST_F(DeskTest, ADispatchWithoutAReceiptIsACaseAfterThreeWorkingDays) {
  centre_.Handle(
      Dispatch{.transfer = TransferId::Of("t2"), .node = susut_, .quantity = 5, .serials = {}});
  Close(April(6));
  Close(April(7));
  Close(April(8));  // a Saturday
  Close(April(9));
  EXPECT_FALSE(Exists(CaseKind::kTransferSilent, "t2"));
  Close(April(10));
  EXPECT_EQ(StateOf(CaseKind::kTransferSilent, "t2"), CaseState::kOpen);
  centre_.FromNode("susut", BlanksReceived{.act = ActId::Of("receive2"),
                                           .transfer = TransferId::Of("t2"),
                                           .operator_id = OperatorId::Of("op"),
                                           .received = *SerialSet::Parse("A1010..A1014"),
                                           .missing = {},
                                           .unexpected = {}});
  EXPECT_EQ(StateOf(CaseKind::kTransferSilent, "t2"), CaseState::kClosed);
  EXPECT_FALSE(Exists(CaseKind::kTransferSilent, "t1"));
}

TEST_F(DeskTest, AJobInDoubtIsACaseWhenItsDayIsOverAndClosesWithItsAnswer) {
  centre_.FromNode("susut", Intent("job", "p1", "A1000"));
  centre_.FromNode("susut",
                   PrintDoubted{.act = ActId::Of("job"), .cause = DoubtCause::kPrinterVanished});
  EXPECT_FALSE(Exists(CaseKind::kDoubtUnresolved, "job"));
  Close(April(3));
  EXPECT_EQ(StateOf(CaseKind::kDoubtUnresolved, "job"), CaseState::kOpen);
  Verify("job", "A1000");
  EXPECT_EQ(StateOf(CaseKind::kDoubtUnresolved, "job"), CaseState::kClosed);
  Close(April(4));
  EXPECT_EQ(StateOf(CaseKind::kDoubtUnresolved, "job"), CaseState::kClosed);
}

TEST_F(DeskTest, ASilentOfficeIsACaseUntilItIsHeard) {
  for (int day : {3, 4}) Close(April(day), false);
  EXPECT_FALSE(Exists(CaseKind::kNodeSilent, "susut"));
  Close(April(5), false);
  EXPECT_EQ(StateOf(CaseKind::kNodeSilent, "susut"), CaseState::kOpen);
  centre_.Handle(HearNode{.node = susut_});
  EXPECT_EQ(StateOf(CaseKind::kNodeSilent, "susut"), CaseState::kClosed);
  // The count begins anew.
  Close(April(6), false);
  EXPECT_EQ(StateOf(CaseKind::kNodeSilent, "susut"), CaseState::kClosed);
}

TEST(OfficeDayTest, ABranchKnowsTheDaysThatItOpenedItself) {
  const IncarnationId log = IncarnationId::Of("susut-1");
  const IncarnationId branch = IncarnationId::Of("fork-1");
  NodeRow node;
  node.streams[log].office_days[5] = April(3);
  node.streams[branch].branch_of = log;
  node.streams[branch].branch_seq = 7;
  FactRef fact;
  fact.incarnation = branch;
  fact.seq = 8;
  fact.wall_micros = absl::ToUnixMicros(absl::FromCivil(April(4), absl::UTCTimeZone()));
  EXPECT_EQ(OfficeDayOf({}, node, fact), April(4)) << "by its clock";
  node.streams[branch].office_days[9] = April(5);
  fact.seq = 10;
  EXPECT_EQ(OfficeDayOf({}, node, fact), April(5));
}

TEST_F(DeskTest, ADayIsClosedOnceAndNeverAnEarlierOne) {
  Close(April(5));
  EXPECT_EQ(centre_.Handle(CloseDay{.day = April(5), .heard = {}}).result.outcome,
            CommandOutcome::kDayClosedBefore);
  EXPECT_EQ(centre_.Handle(CloseDay{.day = April(4), .heard = {}}).result.outcome,
            CommandOutcome::kDayClosedBefore);
}

TEST_F(DeskTest, HolidaysOfThePolicyDoNotCount) {
  domain::Policy policy;
  policy.version = 1;
  policy.silent_node_days = 1;
  policy.holidays = {{.day = April(3), .name = "Nyepi", .node = {}}};
  EXPECT_EQ(
      centre_
          .Handle(SetPolicy{
              .policy = policy, .by = OperatorId::Of("made"), .second = OperatorId::Of("rai")})
          .result.outcome,
      CommandOutcome::kDone);
  Close(April(3), false);
  EXPECT_FALSE(Exists(CaseKind::kNodeSilent, "susut"));
  Close(April(4), false);
  EXPECT_TRUE(Exists(CaseKind::kNodeSilent, "susut"));
}

TEST_F(DeskTest, APolicyHasTwoPeopleAndTheNextVersion) {
  const auto set = [&](uint32_t version, const char* by, const char* second) {
    domain::Policy policy;
    policy.version = version;
    return centre_
        .Handle(
            SetPolicy{.policy = policy, .by = OperatorId::Of(by), .second = OperatorId::Of(second)})
        .result.outcome;
  };
  EXPECT_EQ(set(1, "made", "made"), CommandOutcome::kSamePerson);
  EXPECT_EQ(set(1, "made", "sari"), CommandOutcome::kRoleForbids);
  EXPECT_EQ(set(1, "made", "nobody"), CommandOutcome::kUnknownOfficer);
  EXPECT_EQ(set(2, "made", "rai"), CommandOutcome::kPolicyVersion);
  EXPECT_EQ(set(1, "made", "rai"), CommandOutcome::kDone);
  EXPECT_EQ(set(1, "made", "rai"), CommandOutcome::kPolicyVersion);
}

TEST_F(DeskTest, TheFirstOfficerIsAnAdministratorAndLaterOnesAreSetByOne) {
  EXPECT_EQ(centre_
                .Handle(SetOfficer{.officer = OperatorId::Of("ketut"),
                                   .role = Role::kReconciler,
                                   .by = OperatorId::Of("rai")})
                .result.outcome,
            CommandOutcome::kRoleForbids);
  MemoryCentre empty{{}};
  EXPECT_EQ(empty
                .Handle(SetOfficer{.officer = OperatorId::Of("rai"),
                                   .role = Role::kReconciler,
                                   .by = OperatorId::Of("rai")})
                .result.outcome,
            CommandOutcome::kFirstOfficer);
}

TEST_F(DeskTest, TheDistrictIsNeverWithoutAnAdministrator) {
  EXPECT_EQ(SetPerson("made", Role::kAuditor), CommandOutcome::kLastAdministrator);
  EXPECT_EQ(SetPerson("ketut", Role::kAdministrator), CommandOutcome::kDone);
  EXPECT_EQ(SetPerson("made", Role::kAuditor), CommandOutcome::kDone);
}

// A node's log holds what its node can say.
TEST_F(DeskTest, WhatOnlyTheDistrictDecidesIsNoFactInTheLogOfAnOffice) {
  Close(April(3));
  centre_.FromNode("susut", DayClosed{.day = April(28), .working = {}, .heard = {}});
  centre_.FromNode("susut", PrrWithdrawn{.prr = PrrId::Of("p1"),
                                         .version = 1,
                                         .reason = WithdrawalReason::kPrintedElsewhere});
  Print("job1", "p1", "A1000");
  EXPECT_FALSE(Exists(CaseKind::kPrintedElsewhere, "p1"));
  EXPECT_EQ(centre_.Handle(CloseDay{.day = April(4), .heard = {}}).result.outcome,
            CommandOutcome::kDone);
}

// ---------------------------------------------------------------------------------------------
// Decisions.

TEST_F(DeskTest, AnOfficerAcceptsAndNewEvidenceOpensTheCaseAgain) {
  Print("job", "p1", "A1050");  // a blank that the office never received
  ASSERT_EQ(StateOf(CaseKind::kForeignBlank, "A1050"), CaseState::kOpen);
  EXPECT_EQ(Decide(CaseKind::kForeignBlank, "A1050", Resolution::kAccepted), CommandOutcome::kDone);
  EXPECT_EQ(StateOf(CaseKind::kForeignBlank, "A1050"), CaseState::kClosed);
  // Something else happens to the blank that says nothing of it.
  Close(April(3));
  EXPECT_EQ(StateOf(CaseKind::kForeignBlank, "A1050"), CaseState::kClosed);
  centre_.FromNode("susut", BlankSpoiled{.act = ActId::Of("spoil"),
                                         .blank = BlankSerial::Of("A1050"),
                                         .cause = SpoilCause::kWarped,
                                         .operator_id = OperatorId::Of("op")});
  EXPECT_EQ(StateOf(CaseKind::kForeignBlank, "A1050"), CaseState::kOpen);
}

TEST_F(DeskTest, ADecisionIsRefusedForEachReason) {
  Print("job", "p1", "A1050");
  const CaseKind kind = CaseKind::kForeignBlank;
  EXPECT_EQ(Decide(kind, "A9999", Resolution::kAccepted), CommandOutcome::kUnknownCase);
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kAccepted, "nobody"),
            CommandOutcome::kUnknownOfficer);
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kAccepted, "sari"), CommandOutcome::kRoleForbids);
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kRetry), CommandOutcome::kResolutionUnfit);
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kExplained), CommandOutcome::kNoDocument);
  EXPECT_EQ(centre_
                .Handle(ResolveCase{.case_id = CaseIdFor(kind, "A1050"),
                                    .revision = 7,
                                    .resolution = Resolution::kAccepted,
                                    .by = OperatorId::Of("rai")})
                .result.outcome,
            CommandOutcome::kCaseChanged);
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kExplained, "rai", "", "470/1"),
            CommandOutcome::kDone);
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kAccepted), CommandOutcome::kCaseClosed);
}

TEST_F(DeskTest, SomeKindsTakeTwoPeople) {
  centre_.FromNode("susut", Intent("job", "p1", "B7"));  // no allotment names B7
  Verify("job", "B7");
  const CaseKind kind = CaseKind::kNeverIssued;
  EXPECT_EQ(Decide(kind, "B7", Resolution::kAccepted, "rai"), CommandOutcome::kRoleForbids);
  EXPECT_EQ(Decide(kind, "B7", Resolution::kAccepted, "sari", "sari"), CommandOutcome::kSamePerson);
  EXPECT_EQ(Decide(kind, "B7", Resolution::kAccepted, "sari", "rai"), CommandOutcome::kDone);
}

TEST_F(DeskTest, ATrialSaysWhatADecisionLeadsToBeforeASecondPersonOrADocument) {
  Print("job", "p1", "A1050");
  centre_.FromNode("susut", Intent("job2", "p2", "B7"));  // no allotment names B7
  Verify("job2", "B7");
  const auto tried = [&](CaseKind kind, const char* blank, Resolution resolution, const char* by) {
    const CaseRow row = centre_.case_of(kind, blank);
    return DecisionOn({.case_id = CaseIdFor(kind, blank),
                       .revision = row.revision,
                       .resolution = resolution,
                       .by = OperatorId::Of(by)},
                      row, centre_.tables(), centre_.resident(), /*trial=*/true);
  };
  const DecisionOutcome rescan =
      tried(CaseKind::kForeignBlank, "A1050", Resolution::kRescan, "rai");
  EXPECT_EQ(rescan.why.outcome, CommandOutcome::kDone);
  ASSERT_EQ(rescan.orders.size(), 1u);
  EXPECT_EQ(rescan.orders[0].node, susut_);
  EXPECT_EQ(rescan.orders[0].blank, BlankSerial::Of("A1050"));
  EXPECT_TRUE(rescan.acting);
  const DecisionOutcome explained =
      tried(CaseKind::kForeignBlank, "A1050", Resolution::kExplained, "rai");
  EXPECT_EQ(explained.why.outcome, CommandOutcome::kDone);
  EXPECT_TRUE(explained.orders.empty());
  EXPECT_FALSE(explained.acting);
  EXPECT_EQ(tried(CaseKind::kForeignBlank, "A1050", Resolution::kRetry, "rai").why.outcome,
            CommandOutcome::kResolutionUnfit);
  EXPECT_EQ(tried(CaseKind::kNeverIssued, "B7", Resolution::kAccepted, "sari").why.outcome,
            CommandOutcome::kDone);
  EXPECT_EQ(tried(CaseKind::kNeverIssued, "B7", Resolution::kAccepted, "rai").why.outcome,
            CommandOutcome::kRoleForbids);
  EXPECT_EQ(StateOf(CaseKind::kForeignBlank, "A1050"), CaseState::kOpen);
  EXPECT_EQ(Decide(CaseKind::kForeignBlank, "A1050", Resolution::kRescan), CommandOutcome::kDone);
  EXPECT_EQ(StateOf(CaseKind::kForeignBlank, "A1050"), CaseState::kActing);
}

TEST_F(DeskTest, ARescanActsUntilEveryOfficeSaidThatItIsDone) {
  Print("job", "p1", "A1050");
  const CaseKind kind = CaseKind::kForeignBlank;
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kRescan), CommandOutcome::kDone);
  EXPECT_EQ(StateOf(kind, "A1050"), CaseState::kActing);
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kRescan), CommandOutcome::kNothingToOrder);
  const ActionId action = *centre_.case_of(kind, "A1050").actions.begin();
  centre_.FromNode("susut",
                   ActionAcknowledged{.action = action, .operator_id = OperatorId::Of("op")});
  EXPECT_EQ(StateOf(kind, "A1050"), CaseState::kClosed);
  // Something else is said of it: it may be looked for once more.
  centre_.FromNode("susut", BlankSpoiled{.act = ActId::Of("spoil"),
                                         .blank = BlankSerial::Of("A1050"),
                                         .cause = SpoilCause::kWarped,
                                         .operator_id = OperatorId::Of("op")});
  EXPECT_EQ(Decide(kind, "A1050", Resolution::kRescan), CommandOutcome::kDone);
  EXPECT_EQ(StateOf(kind, "A1050"), CaseState::kActing);
}

// ---------------------------------------------------------------------------------------------
// The judges.

PrrReceived RecordOf(const std::string& prr, const std::string& person,
                     const std::string& replaces = "") {
  PrrReceived record{.prr = PrrId::Of(prr),
                     .version = 1,
                     .village = VillageCode::Of("51.06.01.2001"),
                     .enrolled_at = absl::UnixEpoch(),
                     .nik_key = crypto::Sha256({person}),
                     .record_digest = {},
                     .replaces = {}};
  if (!replaces.empty()) record.replaces = PrrId::Of(replaces);
  return record;
}

TEST_F(DeskTest, OfTwoCardsOfOnePersonTheOneUnderTheLaterLeaseStays) {
  centre_.Handle(RecordsArrived{{RecordOf("q1", "person"), RecordOf("q2", "person")}});
  const std::string person = crypto::Sha256({"person"}).Hex();
  Print("job1", "q1", "A1000");
  EXPECT_FALSE(Exists(CaseKind::kTwoCardsOnePerson, person));
  Print("job2", "q2", "A1001");
  const CaseRow acting = centre_.case_of(CaseKind::kTwoCardsOnePerson, person);
  EXPECT_EQ(acting.state, CaseState::kActing);
  ASSERT_EQ(acting.actions.size(), 1u);
  const ActionRow order = centre_.tables().actions.at(*acting.actions.begin());
  EXPECT_EQ(order.blank, BlankSerial::Of("A1000")) << "q2 was leased after q1";
  EXPECT_EQ(order.prr, PrrId::Of("q1")) << "the record of the card, not of the case";
  centre_.FromNode("susut", ActionAcknowledged{.action = *acting.actions.begin(),
                                               .operator_id = OperatorId::Of("op"),
                                               .blank = BlankSerial::Of("A1000")});
  EXPECT_EQ(StateOf(CaseKind::kTwoCardsOnePerson, person), CaseState::kClosed);
  EXPECT_EQ(centre_.blank("A1000").place.account, Account::kWithdrawn);
}

TEST_F(DeskTest, OfTwoCardsOfOnePersonTheDeliveredOneStays) {
  centre_.Handle(RecordsArrived{{RecordOf("q1", "person"), RecordOf("q2", "person")}});
  const std::string person = crypto::Sha256({"person"}).Hex();
  Print("job1", "q1", "A1000");
  Deliver("A1000");
  Print("job2", "q2", "A1001");
  const CaseRow acting = centre_.case_of(CaseKind::kTwoCardsOnePerson, person);
  ASSERT_EQ(acting.actions.size(), 1u);
  EXPECT_EQ(centre_.tables().actions.at(*acting.actions.begin()).blank, BlankSerial::Of("A1001"));
}

TEST_F(DeskTest, WhereTheOrderWentToACardThatWasDeliveredMeanwhileAPersonDecides) {
  centre_.Handle(RecordsArrived{{RecordOf("q1", "person"), RecordOf("q2", "person")}});
  const std::string person = crypto::Sha256({"person"}).Hex();
  Print("job1", "q1", "A1000");
  Print("job2", "q2", "A1001");
  Deliver("A1000");
  const CaseRow acting = centre_.case_of(CaseKind::kTwoCardsOnePerson, person);
  ASSERT_EQ(acting.actions.size(), 1u) << "the other card is not called back as well";
  centre_.FromNode("susut", ActionAcknowledged{.action = *acting.actions.begin(),
                                               .operator_id = OperatorId::Of("op"),
                                               .blank = BlankSerial::Of("A1001")});
  EXPECT_EQ(StateOf(CaseKind::kTwoCardsOnePerson, person), CaseState::kOpen);
  EXPECT_EQ(Decide(CaseKind::kTwoCardsOnePerson, person, Resolution::kAccepted),
            CommandOutcome::kDone);
  EXPECT_EQ(StateOf(CaseKind::kTwoCardsOnePerson, person), CaseState::kClosed);
}

TEST_F(DeskTest, WhereNothingTellsTwoCardsOfOnePersonApartOfficersKeepOne) {
  centre_.Handle(RecordsArrived{{RecordOf("q1", "person"), RecordOf("q2", "person")}});
  const std::string person = crypto::Sha256({"person"}).Hex();
  PrintWithoutLease("job1", "q1", "A1000");
  PrintWithoutLease("job2", "q2", "A1001");
  EXPECT_EQ(StateOf(CaseKind::kTwoCardsOnePerson, person), CaseState::kOpen);

  ResolveCase keep_second{
      .case_id = CaseIdFor(CaseKind::kTwoCardsOnePerson, person),
      .revision = centre_.case_of(CaseKind::kTwoCardsOnePerson, person).revision,
      .resolution = Resolution::kRecall,
      .keep = BlankSerial::Of("A1001"),
      .by = OperatorId::Of("rai"),
      .second = OperatorId::Of("sari")};
  ResolveCase keep_another = keep_second;
  keep_another.keep = BlankSerial::Of("A1002");
  EXPECT_EQ(centre_.Handle(keep_another).result.outcome, CommandOutcome::kResolutionUnfit);
  ResolveCase keep_none = keep_second;
  keep_none.keep.reset();
  EXPECT_EQ(centre_.Handle(keep_none).result.outcome, CommandOutcome::kResolutionUnfit);
  EXPECT_EQ(centre_.Handle(keep_second).result.outcome, CommandOutcome::kDone);
  const CaseRow acting = centre_.case_of(CaseKind::kTwoCardsOnePerson, person);
  EXPECT_EQ(acting.state, CaseState::kActing);
  ASSERT_EQ(acting.actions.size(), 1u);
  centre_.FromNode("susut", ActionAcknowledged{.action = *acting.actions.begin(),
                                               .operator_id = OperatorId::Of("op"),
                                               .blank = BlankSerial::Of("A1000")});
  EXPECT_EQ(StateOf(CaseKind::kTwoCardsOnePerson, person), CaseState::kClosed);
  EXPECT_EQ(centre_.blank("A1000").place.account, Account::kWithdrawn);
}

TEST_F(DeskTest, ACardThatIsReplacedIsTakenBackOrStatedLost) {
  centre_.Handle(RecordsArrived{{RecordOf("q1", "person")}});
  Print("job1", "q1", "A1000");
  centre_.Handle(RecordsArrived{{RecordOf("q2", "person", "q1")}});
  Print("job2", "q2", "A1001");
  EXPECT_EQ(StateOf(CaseKind::kCardSuperseded, "q1"), CaseState::kActing);
  EXPECT_FALSE(Exists(CaseKind::kTwoCardsOnePerson, crypto::Sha256({"person"}).Hex()));
  EXPECT_EQ(Decide(CaseKind::kCardSuperseded, "q1", Resolution::kExplained, "rai", "", "470/2"),
            CommandOutcome::kDone);
  EXPECT_EQ(StateOf(CaseKind::kCardSuperseded, "q1"), CaseState::kClosed);
}

TEST_F(DeskTest, ARecordThatSaysThatItReplacesItselfReplacesNothing) {
  centre_.Handle(RecordsArrived{{RecordOf("q1", "person", "q1")}});
  Print("job1", "q1", "A1000");
  EXPECT_FALSE(Exists(CaseKind::kCardSuperseded, "q1"));
}

TEST_F(DeskTest, ACardOfAnotherDistrictWaitsForAnOfficer) {
  Print("job1", "p1", "A1000");
  centre_.Handle(WithdrawalsArrived{
      {{.prr = PrrId::Of("p1"), .version = 2, .reason = WithdrawalReason::kPrintedElsewhere}}});
  EXPECT_EQ(StateOf(CaseKind::kPrintedElsewhere, "p1"), CaseState::kOpen);
  EXPECT_FALSE(Exists(CaseKind::kWithdrawnPrinted, "p1"));
  EXPECT_EQ(Decide(CaseKind::kPrintedElsewhere, "p1", Resolution::kRecall), CommandOutcome::kDone);
  EXPECT_EQ(StateOf(CaseKind::kPrintedElsewhere, "p1"), CaseState::kActing);
}

TEST_F(DeskTest, MoreCardsThanThePrintersDutyStayOnRecord) {
  centre_.FromNode("susut", OfficeDayOpened{April(3), OfficeDayBasis::kFirst});
  Print("job1", "p1", "A1000");
  Print("job2", "p2", "A1001");
  const std::string day = "susut/printer/2017-04-03";
  EXPECT_FALSE(Exists(CaseKind::kOverDuty, day));
  Print("job3", "p3", "A1002");
  EXPECT_EQ(StateOf(CaseKind::kOverDuty, day), CaseState::kClosed);
  EXPECT_EQ(centre_.case_of(CaseKind::kOverDuty, day).evidence.size(), 3u);
}

TEST_F(DeskTest, ASupervisorsWordAndTheNextDayAreNoneOfTheDuty) {
  centre_.FromNode("susut", OfficeDayOpened{April(3), OfficeDayBasis::kFirst});
  Print("job1", "p1", "A1000");
  Print("job2", "p2", "A1001");
  PrintIntended allowed = Intent("job3", "p3", "A1002");
  allowed.override_act = ActId::Of("word");
  centre_.FromNode("susut", allowed);
  Verify("job3", "A1002");
  EXPECT_FALSE(Exists(CaseKind::kOverDuty, "susut/printer/2017-04-03"));
  centre_.FromNode("susut", OfficeDayOpened{April(4), OfficeDayBasis::kRunningTime});
  centre_.Arrive(PrrId::Of("p4"));
  Print("job4", "p4", "A1003");
  EXPECT_FALSE(Exists(CaseKind::kOverDuty, "susut/printer/2017-04-04"));
}

TEST_F(DeskTest, WhatTheDistrictStatesOfAPrinterIsItsDuty) {
  EXPECT_EQ(centre_
                .Handle(Enter{.entry = PrinterStated{.printer = PrinterId::Of("printer"),
                                                     .node = susut_,
                                                     .cards_per_day = 1,
                                                     .from = April(3),
                                                     .by = OperatorId::Of("rai")},
                              .by = OperatorId::Of("rai")})
                .result.outcome,
            CommandOutcome::kDone);
  centre_.FromNode("susut", OfficeDayOpened{April(3), OfficeDayBasis::kFirst});
  Print("job1", "p1", "A1000");
  Print("job2", "p2", "A1001");
  EXPECT_TRUE(Exists(CaseKind::kOverDuty, "susut/printer/2017-04-03"));
}

TEST_F(DeskTest, CardsOfATrayThatLieOnEachOthersBlanksAreShifted) {
  const std::string tray = "tray";
  int job = 0;
  for (const char* blank : {"A1000", "A1001", "A1002"}) {
    ++job;
    PrintIntended intent =
        Intent(absl::StrCat("job", job), absl::StrCat("p", job), std::string(blank));
    intent.batch = ActId::Of(tray);
    centre_.FromNode("susut", intent);
  }
  Verify("job1", "A1001");
  Verify("job2", "A1002");
  EXPECT_FALSE(Exists(CaseKind::kBindingsShifted, tray));
  Verify("job3", "A1000");
  EXPECT_EQ(StateOf(CaseKind::kBindingsShifted, tray), CaseState::kOpen);
  EXPECT_EQ(centre_.case_of(CaseKind::kBindingsShifted, tray).evidence.size(), 3u);
  EXPECT_EQ(Decide(CaseKind::kBindingsShifted, tray, Resolution::kAccepted), CommandOutcome::kDone);
}

TEST_F(DeskTest, AnOperatorWhoWasNotCertifiedIsAReviewOfTheCard) {
  centre_.Handle(AddOperator{.operator_id = OperatorId::Of("op"), .node = susut_});
  Print("job1", "p1", "A1000");
  EXPECT_EQ(StateOf(CaseKind::kUntrainedPrint, "job1"), CaseState::kOpen);
  centre_.Handle(CertifyOperator{.operator_id = OperatorId::Of("op"),
                                 .node = susut_,
                                 .application_version = ApplicationVersion::Of("2017.1")});
  Print("job2", "p2", "A1001");
  EXPECT_FALSE(Exists(CaseKind::kUntrainedPrint, "job2"));
}

TEST_F(DeskTest, PrintingWithoutContactIsAcceptedWithinTheBudgetThatTheOfficeKnew) {
  Policy policy;
  policy.version = 1;
  policy.staleness = {{.override_prints = 1}};
  EXPECT_EQ(
      centre_
          .Handle(SetPolicy{
              .policy = policy, .by = OperatorId::Of("made"), .second = OperatorId::Of("rai")})
          .result.outcome,
      CommandOutcome::kDone);
  centre_.FromNode("susut", OverrideGranted{.act = ActId::Of("word"),
                                            .kind = OverrideKind::kStaleness,
                                            .printer = {},
                                            .prints = 5,
                                            .operator_id = OperatorId::Of("made"),
                                            .policy_version = 1});
  const auto print = [&](const std::string& act, const std::string& prr, const std::string& blank,
                         const std::string& word) {
    PrintIntended intent = Intent(act, prr, blank);
    intent.stale_override = ActId::Of(word);
    centre_.FromNode("susut", intent);
    EXPECT_FALSE(Exists(CaseKind::kBeyondStaleness, act));
    Verify(act, blank);
  };
  print("job1", "p1", "A1000", "word");
  EXPECT_EQ(StateOf(CaseKind::kBeyondStaleness, "job1"), CaseState::kClosed);
  print("job2", "p2", "A1001", "word");
  EXPECT_EQ(StateOf(CaseKind::kBeyondStaleness, "job2"), CaseState::kOpen)
      << "more was granted than the policy allows";
  print("job3", "p3", "A1002", "forged");
  EXPECT_EQ(StateOf(CaseKind::kBeyondStaleness, "job3"), CaseState::kOpen);
  EXPECT_EQ(Decide(CaseKind::kBeyondStaleness, "job2", Resolution::kAccepted, "rai", ""),
            CommandOutcome::kDone);
}

TEST_F(DeskTest, ANewIncarnationTellsWhatItsParentLost) {
  IncarnationOpened opened{.reason = IncarnationReason::kRestored,
                           .parent = IncarnationId::Of("susut-0"),
                           .parent_seq = 3,
                           .parent_head = crypto::Sha256({"head"}),
                           .public_key = std::string(32, 'k')};
  centre_.FromNode("susut", opened);
  EXPECT_FALSE(Exists(CaseKind::kLogGap, "susut\nsusut-0"));
  opened.parent_reached_seq = 7;
  centre_.FromNode("susut", opened);
  EXPECT_EQ(StateOf(CaseKind::kLogGap, "susut\nsusut-0"), CaseState::kOpen);
  EXPECT_EQ(StateOf(CaseKind::kLogRolledBack, "susut\nsusut-0"), CaseState::kOpen);
}

TEST_F(DeskTest, OfficesAreToldThePolicy) {
  Policy policy;
  policy.version = 1;
  policy.staleness = {
      {.record_class = RecordClass::kReplacement, .limit_days = 5, .override_prints = 2}};
  const Effects set = centre_.Handle(
      SetPolicy{.policy = policy, .by = OperatorId::Of("made"), .second = OperatorId::Of("rai")});
  ASSERT_EQ(set.feed.size(), 1u);
  EXPECT_EQ(std::get<PolicyItem>(set.feed[0].body),
            (PolicyItem{.version = 1, .staleness = policy.staleness}));
  const Effects enrolled = centre_.Handle(EnrolNode{.node = NodeId::Of("bangli"),
                                                    .incarnation = IncarnationId::Of("bangli-1"),
                                                    .public_key = std::string(32, 'k')});
  EXPECT_TRUE(std::any_of(enrolled.feed.begin(), enrolled.feed.end(), [](const FeedChange& one) {
    return std::holds_alternative<PolicyItem>(one.body);
  }));
}

TEST_F(DeskTest, OnePrintedSerialOfTwoChipsIsAClashOfNames) {
  const auto identify = [&](const char* printed, const char* uid) {
    centre_.Handle(Enter{.entry = BlankIdentified{.act = ActId::Of(absl::StrCat(printed, uid)),
                                                  .printed = BlankSerial::Of(printed),
                                                  .uid = BlankSerial::Of(uid),
                                                  .operator_id = OperatorId::Of("rai")},
                         .by = OperatorId::Of("rai")});
  };
  identify("A1000", "04A1B2C3D4E5F6");
  EXPECT_FALSE(Exists(CaseKind::kNameClash, "A1000"));
  identify("A1000", "04A1B2C3D4E5F7");
  EXPECT_EQ(StateOf(CaseKind::kNameClash, "A1000"), CaseState::kOpen);
}

TEST_F(DeskTest, ARefusedReportIsACaseUntilTheNationTakesIt) {
  Print("job1", "p1", "A1000");
  ASSERT_EQ(centre_.reports().size(), 1u);
  const std::string item = centre_.reports().front();
  const auto answer = [&](bool accepted) {
    return centre_.Handle(ReportAnswersArrived{
        {{.item = item, .accepted = accepted, .reason = accepted ? "" : "unknown_blank"}}});
  };
  answer(false);
  EXPECT_EQ(StateOf(CaseKind::kReportRejected, item), CaseState::kOpen);
  EXPECT_EQ(Decide(CaseKind::kReportRejected, item, Resolution::kRetry), CommandOutcome::kDone);
  EXPECT_EQ(StateOf(CaseKind::kReportRejected, item), CaseState::kClosed);
  EXPECT_EQ(centre_.tables().reports.at(item).state, ReportState::kPending);
  answer(false);
  EXPECT_EQ(StateOf(CaseKind::kReportRejected, item), CaseState::kOpen);
  EXPECT_EQ(Decide(CaseKind::kReportRejected, item, Resolution::kRetry), CommandOutcome::kDone);
  answer(true);
  EXPECT_EQ(StateOf(CaseKind::kReportRejected, item), CaseState::kClosed);
}

TEST_F(DeskTest, AClockThatIsSetBackFlagsTheEntryAfterIt) {
  const auto at = [&](int hour, const Event& event) {
    ArrivedEntry entry = centre_.Entry("susut", event);
    entry.ref.wall_micros = absl::ToUnixMicros(absl::UnixEpoch() + absl::Hours(hour));
    centre_.Handle(EntriesArrived{
        .node = susut_, .incarnation = IncarnationId::Of("susut-1"), .entries = {entry}});
    return entry.ref.id;
  };
  at(10, CancelAsked{.act = ActId::Of("s1"), .operator_id = OperatorId::Of("op")});
  const crypto::Hash jump =
      at(8, CancelAsked{.act = ActId::Of("s2"), .operator_id = OperatorId::Of("op")});
  const CaseRow row = centre_.case_of(CaseKind::kClockChanged, "susut\nsusut-1");
  EXPECT_EQ(row.state, CaseState::kClosed);
  EXPECT_EQ(row.evidence, std::set<crypto::Hash>{jump});
}

}  // namespace
}  // namespace keping::central
