#include "central_node/core/node_end.h"
#include "central_node/core/judge_stream.h"

#include <string>

#include "central_node/core/step.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using ledger::Account;
using ::testing::HasSubstr;

// Susut holds A1000 to A1009 and the records p1 and p2; Bangli has nothing yet.
class NodeEndTest : public ::testing::Test {
 protected:
  NodeEndTest() : centre_({.offices = {{susut_, "51.06.01"}, {bangli_, "51.06.02"}}}) {
    centre_.Handle(OpenGeneration{.generation = GenerationId::Of("g1")});
    EXPECT_EQ(Enrol("susut", "susut-1"), CommandOutcome::kDone);
    EXPECT_EQ(Enrol("bangli", "bangli-1"), CommandOutcome::kDone);
    centre_.Handle(AllotmentsArrived{
        {{.allotment = AllotmentId::Of("a1"), .bast_number = "B/1", .serials = Tray()}}});
    for (const char* prr : {"p1", "p2"}) {
      centre_.Arrive(PrrId::Of(prr));
    }
    centre_.Handle(
        Dispatch{.transfer = TransferId::Of("t1"), .node = susut_, .quantity = 10, .serials = {}});
    centre_.FromNode("susut", Received("receive", "t1", Tray()));
  }

  static SerialSet Tray() { return *SerialSet::Parse("A1000..A1009"); }
  static BlanksReceived Received(const std::string& act, const std::string& transfer,
                                 const SerialSet& serials) {
    return {.act = ActId::Of(act),
            .transfer = TransferId::Of(transfer),
            .operator_id = OperatorId::Of("op"),
            .received = serials,
            .missing = {},
            .unexpected = {}};
  }

  CommandOutcome Enrol(const std::string& node, const std::string& incarnation) {
    return centre_
        .Handle(EnrolNode{.node = NodeId::Of(node),
                          .incarnation = IncarnationId::Of(incarnation),
                          .public_key = std::string(32, 'k')})
        .result.outcome;
  }

  CloseNode Ending(NodeEnd end) const {
    return {.node = susut_,
            .end = end,
            .by = OperatorId::Of("kadis"),
            .second = OperatorId::Of("sekdis"),
            .document = DocumentNumber::Of("470/12/2017")};
  }
  // As the shell would find what the node holds.
  CommandOutcome DeclareLost() {
    CloseNode command = Ending(NodeEnd::kLost);
    for (const auto& [serial, row] : centre_.tables().blanks) {
      const Account account = row.place.account;
      if (row.place.holder == susut_ &&
          (account == Account::kNodeStock || account == Account::kBoundToJob ||
           account == Account::kInDoubt)) {
        command.blanks.Insert(serial);
      }
    }
    for (const auto& [prr, row] : centre_.tables().prrs) {
      if (row.holder == susut_ && row.state != PrrState::kPrinted) command.prrs.push_back(prr);
    }
    return centre_.Handle(command).result.outcome;
  }

  void Intend(const std::string& act, const std::string& prr, const std::string& blank) {
    centre_.FromNode("susut", PrintIntended{.act = ActId::Of(act),
                                            .prr = PrrId::Of(prr),
                                            .prr_version = 1,
                                            .blank = BlankSerial::Of(blank),
                                            .attempt = 1,
                                            .printer = PrinterId::Of("p"),
                                            .operator_id = OperatorId::Of("op"),
                                            .lease_epoch = {1, 1},
                                            .control_position = 0,
                                            .control_state = {},
                                            .proven_seq = 0,
                                            .application_version = {}});
  }
  void Verify(const std::string& act, const std::string& blank) {
    centre_.FromNode("susut", PrintVerified{.act = ActId::Of(act),
                                            .blank = BlankSerial::Of(blank),
                                            .operator_id = OperatorId::Of("op")});
  }
  // Under the incarnation that the office was enrolled with after the loss.
  void FromLater(uint64_t seq, const Event& event) {
    centre_.Handle(
        EntriesArrived{.node = susut_,
                       .incarnation = IncarnationId::Of("susut-2"),
                       .entries = {{.ref = {.id = crypto::Sha256({"later", std::to_string(seq)}),
                                            .node = susut_,
                                            .incarnation = IncarnationId::Of("susut-2"),
                                            .seq = seq,
                                            .wall_micros = 0},
                                    .event = event}}});
  }

  CommandOutcome Move(const std::string& prr, const NodeId& to, bool forced, bool although) {
    return centre_
        .Handle(MoveLease{
            .prr = PrrId::Of(prr), .to = to, .forced = forced, .although_maybe_printed = although})
        .result.outcome;
  }

  int64_t At(Account account) { return centre_.balances().At({account, susut_}); }
  CaseRow LostTailCase() { return centre_.case_of(CaseKind::kLostTail, "susut"); }

  const NodeId susut_ = NodeId::Of("susut");
  const NodeId bangli_ = NodeId::Of("bangli");
  MemoryCentre centre_;
};

TEST_F(NodeEndTest, RevokingTakesTwoPersonsAndEndsEveryIncarnation) {
  CloseNode alone = Ending(NodeEnd::kRevoked);
  alone.second = alone.by;
  const CommandResult refused = centre_.Handle(alone).result;
  EXPECT_EQ(refused.outcome, CommandOutcome::kNotTwoPersons);
  EXPECT_THAT(Sentence(refused), HasSubstr("K-259"));
  CloseNode without_paper = Ending(NodeEnd::kRevoked);
  without_paper.document = {};
  EXPECT_EQ(centre_.Handle(without_paper).result.outcome, CommandOutcome::kNotTwoPersons);

  EXPECT_EQ(Enrol("susut", "susut-2"), CommandOutcome::kDone);
  EXPECT_EQ(centre_.Handle(Ending(NodeEnd::kRevoked)).result.outcome, CommandOutcome::kDone);
  const size_t events = centre_.log().size();
  for (const auto& [incarnation, stream] : centre_.resident().nodes.at(susut_).streams) {
    EXPECT_TRUE(IsQuarantined(stream)) << incarnation.value();
  }
  // Again: nothing more is written.
  EXPECT_EQ(centre_.Handle(Ending(NodeEnd::kRevoked)).result.outcome, CommandOutcome::kDone);
  EXPECT_EQ(centre_.log().size(), events);
  // The code that brought it in brings it in no more; a new one brings a new incarnation.
  EXPECT_EQ(Enrol("susut", "susut-1"), CommandOutcome::kNodeClosed);
  EXPECT_EQ(Enrol("susut", "susut-3"), CommandOutcome::kDone);
  EXPECT_FALSE(IsClosed(centre_.resident().nodes.at(susut_)));
}

TEST_F(NodeEndTest, AClosedNodeIsGivenNothing) {
  centre_.Handle(Ending(NodeEnd::kRevoked));
  EXPECT_EQ(centre_
                .Handle(Dispatch{
                    .transfer = TransferId::Of("t2"), .node = susut_, .quantity = 1, .serials = {}})
                .result.outcome,
            CommandOutcome::kNodeClosed);
  EXPECT_EQ(Move("p1", bangli_, false, false), CommandOutcome::kHolderClosed);
  EXPECT_EQ(Move("p1", bangli_, true, false), CommandOutcome::kDone);
  EXPECT_EQ(Move("p1", susut_, true, false), CommandOutcome::kNodeClosed);
  // A record of its villages waits until the office is enrolled again.
  centre_.Arrive(PrrId::Of("p3"));
  EXPECT_EQ(centre_.prr("p3").state, PrrState::kWaiting);
}

TEST_F(NodeEndTest, ANodeThatHasSomethingIsNotRetired) {
  CloseNode retire{.node = susut_,
                   .end = NodeEnd::kRetired,
                   .by = OperatorId::Of("kadis"),
                   .second = {},
                   .document = {}};
  retire.holdings = {.blanks = 10, .leases = 2, .unproven = std::nullopt};
  const CommandResult refused = centre_.Handle(retire).result;
  EXPECT_EQ(refused.outcome, CommandOutcome::kStillHolds);
  for (const char* words : {"K-256", "10 blanks", "2 records", "it is not connected"}) {
    EXPECT_THAT(Sentence(refused), HasSubstr(words));
  }
  retire.holdings = {};
  EXPECT_EQ(centre_.Handle(retire).result.outcome, CommandOutcome::kDone);
  EXPECT_TRUE(IsClosed(centre_.resident().nodes.at(susut_)));
}

TEST_F(NodeEndTest, WhatALostNodeHeldMayBeUsedUntilItIsSettled) {
  Intend("job-1", "p1", "A1000");
  Verify("job-1", "A1000");
  Intend("job-2", "p2", "A1001");
  EXPECT_EQ(DeclareLost(), CommandOutcome::kDone);
  // The finished card is a fact; nine blanks and one record are not known.
  EXPECT_EQ(At(Account::kPrintedReady), 1);
  EXPECT_EQ(At(Account::kMaybeUsed), 9);
  EXPECT_EQ(At(Account::kNodeStock), 0);
  EXPECT_EQ(At(Account::kBoundToJob), 0);
  EXPECT_EQ(centre_.prr("p1").state, PrrState::kPrinted);
  EXPECT_EQ(centre_.prr("p2").state, PrrState::kMaybePrinted);
  EXPECT_EQ(centre_.resident().nodes.at(susut_).unsettled, 10u);
  EXPECT_EQ(LostTailCase().state, CaseState::kOpen);
  EXPECT_EQ(LostTailCase().node, susut_);

  // It is moved by nobody who does not say that he looked.
  EXPECT_EQ(Move("p2", bangli_, false, false), CommandOutcome::kPrrMaybePrinted);
  EXPECT_EQ(Move("p2", bangli_, true, false), CommandOutcome::kPrrMaybePrinted);
  EXPECT_EQ(Move("p2", bangli_, false, true), CommandOutcome::kPrrMaybePrinted);

  // The office comes back: six blanks are in its tray, the log's tail turns up and tells of two.
  EXPECT_EQ(Enrol("susut", "susut-2"), CommandOutcome::kDone);
  FromLater(1, Received("scan", "t1", *SerialSet::Parse("A1002..A1007")));
  EXPECT_EQ(At(Account::kNodeStock), 6);
  EXPECT_EQ(At(Account::kMaybeUsed), 3);
  Verify("job-2", "A1001");
  EXPECT_EQ(At(Account::kMaybeUsed), 2);
  EXPECT_EQ(centre_.prr("p2").state, PrrState::kPrinted);
  EXPECT_EQ(LostTailCase().state, CaseState::kOpen);
  centre_.FromNode("susut", BlankSpoiled{.act = ActId::Of("s1"),
                                         .blank = BlankSerial::Of("A1008"),
                                         .cause = SpoilCause::kWarped,
                                         .operator_id = OperatorId::Of("op")});
  FromLater(2, BlankSpoiled{.act = ActId::Of("s2"),
                            .blank = BlankSerial::Of("A1009"),
                            .cause = SpoilCause::kWarped,
                            .operator_id = OperatorId::Of("op")});
  EXPECT_EQ(At(Account::kMaybeUsed), 0);
  EXPECT_EQ(centre_.resident().nodes.at(susut_).unsettled, 0u);
  EXPECT_EQ(LostTailCase().state, CaseState::kClosed);
  EXPECT_TRUE(centre_.balances().Close().balanced);
}

TEST_F(NodeEndTest, AnOpenJobOfALostLogEndsWhenItsBlankIsScannedAgain) {
  Intend("job-1", "p1", "A1000");
  DeclareLost();
  EXPECT_EQ(centre_.blank("A1000").place.account, Account::kMaybeUsed);
  Enrol("susut", "susut-2");
  FromLater(1, Received("scan", "t1", Tray()));
  EXPECT_EQ(centre_.blank("A1000").place.account, Account::kNodeStock);
  EXPECT_EQ(At(Account::kMaybeUsed), 0);
  // Its record may have been printed on another blank: that takes a person.
  EXPECT_EQ(centre_.prr("p1").state, PrrState::kMaybePrinted);
  EXPECT_EQ(LostTailCase().state, CaseState::kOpen);
  EXPECT_EQ(Move("p1", susut_, true, true), CommandOutcome::kDone);
  EXPECT_EQ(Move("p2", bangli_, true, true), CommandOutcome::kDone);
  EXPECT_EQ(centre_.prr("p2").state, PrrState::kLeased);
  EXPECT_EQ(LostTailCase().state, CaseState::kClosed);
  // The declared loss covers the gap of the forced move.
  EXPECT_EQ(centre_.case_of(CaseKind::kOverlapRisk, "p2").state, CaseState::kClosed);
}

TEST_F(NodeEndTest, ClaimsOpenACaseThatTwoOfficersClose) {
  centre_.Handle(Ending(NodeEnd::kRevoked));
  const std::string entity = StreamEntity(susut_, IncarnationId::Of("susut-1"));
  EXPECT_EQ(centre_.case_of(CaseKind::kRevokedClaims, entity).revision, 0u);
  const crypto::Hash head = crypto::Sha256({"claims"});
  centre_.Handle(ClaimsArrived{
      .node = susut_, .incarnation = IncarnationId::Of("susut-1"), .seq = 7, .head = head});
  EXPECT_EQ(centre_.case_of(CaseKind::kRevokedClaims, entity).state, CaseState::kOpen);
  AcceptClaims accept{.node = susut_,
                      .incarnation = IncarnationId::Of("susut-1"),
                      .seq = 5,
                      .next_signed = 7,
                      .by = OperatorId::Of("kadis"),
                      .second = OperatorId::Of("sekdis"),
                      .document = DocumentNumber::Of("470/13/2017")};
  const CommandResult between = centre_.Handle(accept).result;
  EXPECT_EQ(between.outcome, CommandOutcome::kNoSuchClaims);
  EXPECT_THAT(Sentence(between), HasSubstr("signed up to entry 7"));
  accept.seq = 7;
  accept.head = head;
  accept.second = accept.by;
  EXPECT_EQ(centre_.Handle(accept).result.outcome, CommandOutcome::kNotTwoPersons);
  accept.second = OperatorId::Of("sekdis");
  EXPECT_EQ(centre_.Handle(accept).result.outcome, CommandOutcome::kDone);
  EXPECT_EQ(centre_.case_of(CaseKind::kRevokedClaims, entity).state, CaseState::kClosed);
  // What comes after that is looked at again.
  centre_.Handle(ClaimsArrived{
      .node = susut_, .incarnation = IncarnationId::Of("susut-1"), .seq = 9, .head = head});
  EXPECT_EQ(centre_.case_of(CaseKind::kRevokedClaims, entity).state, CaseState::kOpen);
}

}  // namespace
}  // namespace keping::central
