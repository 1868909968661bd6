#include "central_node/sync_service/session_hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "central_node/store/queries.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a day at the counter
using ledger::Account;
using ::testing::HasSubstr;
using tests::LittleDistrict;

constexpr char kVillage[] = "51.06.01.2001";

class SessionHubTest : public ::testing::Test {
 protected:
  SessionHubTest() { district_.Connect("susut"); }

  LittleDistrict::Office& susut() { return district_.office("susut"); }
  uint64_t held() {
    return district_.centre().held(NodeId::Of("susut"), IncarnationId::Of("susut-1"))->seq;
  }
  uint64_t proven() { return susut().node->core().contact().proven_seq; }
  uint64_t written() { return susut().node->store().log().head().seq; }

  void Handle(const edge::Input& input) {
    const auto decision = susut().node->Handle(input);
    ASSERT_TRUE(decision.ok()) << decision.status();
    ASSERT_TRUE(decision->status.ok()) << decision->status;
    ASSERT_EQ(decision->refusal, PrintRefusal::kNone);
  }

  // Ten blanks received, three records leased, an operator certified.
  void StartDay() {
    district_.Run();
    const SerialSet blanks = district_.AddBlanks(20);
    district_.AddRecords(1, 3, kVillage);
    ASSERT_EQ(district_.Command(
                  AddOperator{.operator_id = OperatorId::Of("op"), .node = NodeId::Of("susut")}),
              CommandOutcome::kDone);
    ASSERT_EQ(
        district_.Command(CertifyOperator{.operator_id = OperatorId::Of("op"),
                                          .node = NodeId::Of("susut"),
                                          .application_version = ApplicationVersion::Of("v1")}),
        CommandOutcome::kDone);
    ASSERT_EQ(district_.Command(Dispatch{.transfer = TransferId::Of("t1"),
                                         .node = NodeId::Of("susut"),
                                         .quantity = 10,
                                         .serials = {}}),
              CommandOutcome::kDone);
    district_.Run();
    SerialSet sent = blanks;
    Handle(edge::ReceiveTransfer{.act = ActId::Of("receive"),
                                 .transfer = TransferId::Of("t1"),
                                 .scanned = sent.Take(10),
                                 .operator_id = OperatorId::Of("op")});
    district_.Run();
  }

  void PrintCard(const std::string& act, const std::string& blank, const std::string& nik_tail) {
    Handle(edge::Print{.act = ActId::Of(act),
                       .operator_id = OperatorId::Of("op"),
                       .printer = PrinterId::Of("printer"),
                       .blank = BlankSerial::Of(blank),
                       .prr = {}});
    Handle(edge::PrinterReported{
        .act = ActId::Of(act), .answer = edge::PrinterAnswer::kAccepted, .printer_job = 1});
    Handle(edge::PrinterReported{
        .act = ActId::Of(act), .answer = edge::PrinterAnswer::kCompleted, .printer_job = 1});
    Handle(edge::VerifyCard{.act = ActId::Of(act),
                            .scanned = BlankSerial::Of(blank),
                            .nik_tail = nik_tail,
                            .operator_id = OperatorId::Of("op")});
  }

  int64_t Blanks(Account account, const std::string& holder) {
    return district_.centre().balances().At({account, NodeId::Of(holder)});
  }

  LittleDistrict district_{{{"susut", "51.06.01"}, {"tembuku", "51.06.03"}}};
};

TEST_F(SessionHubTest, HelloIsWelcomedAndTheLogIsReceipted) {
  EXPECT_FALSE(district_.hub().connected(NodeId::Of("susut")));
  district_.Run();
  EXPECT_TRUE(susut().node->welcomed());
  EXPECT_TRUE(district_.hub().connected(NodeId::Of("susut")));
  EXPECT_FALSE(district_.hub().connected(NodeId::Of("tembuku")));
  EXPECT_EQ(held(), 1u);
  EXPECT_EQ(proven(), 1u);
  EXPECT_EQ(district_.centre().last_contact(NodeId::Of("susut")), district_.clock().Now().wall);
}

// ---------------------------------------------------------------------------------------------
// Nodes that have ended.

class EndedNodeTest : public SessionHubTest {
 protected:
  void End(NodeEnd end) {
    ASSERT_EQ(district_.Command(CloseNode{.node = NodeId::Of("susut"),
                                          .end = end,
                                          .by = OperatorId::Of("kadis"),
                                          .second = OperatorId::Of("sekdis"),
                                          .document = DocumentNumber::Of("470/12/2017")}),
              CommandOutcome::kDone);
    district_.hub().Close(NodeId::Of("susut"), absl::PermissionDeniedError("it has ended"));
    district_.Run();
  }
  uint64_t taken() {
    return district_.centre().ended(NodeId::Of("susut"), IncarnationId::Of("susut-1"))->taken.seq;
  }
  // Sessions follow each other, as the client makes them, until the whole log is taken.
  void DeliverAll() {
    for (int session = 0; session < 20 && taken() < written(); ++session) {
      district_.Connect("susut");
      district_.Run();
    }
    EXPECT_EQ(taken(), written());
  }
};

TEST_F(EndedNodeTest, ARevokedNodeIsHeardAndNeverSpokenTo) {
  StartDay();
  PrintCard("job-1", "A1000", "0001");
  district_.Run();
  const uint64_t facts = held();
  EXPECT_EQ(facts, written());
  End(NodeEnd::kRevoked);
  EXPECT_FALSE(district_.hub().connected(NodeId::Of("susut")));

  PrintCard("job-2", "A1001", "0002");
  susut().receipts = susut().batches = 0;
  district_.AddRecords(4, 3, kVillage);
  DeliverAll();
  EXPECT_EQ(held(), facts);
  EXPECT_GT(written(), facts);
  EXPECT_EQ(susut().receipts, 0u);
  EXPECT_EQ(susut().batches, 0u);
  EXPECT_EQ(proven(), facts);
  EXPECT_THAT(susut().node->store().lock_reason(), HasSubstr("K-255"));
  EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 1);
  const auto claims = ReadClaims(district_.centre(), NodeId::Of("susut"), 1000);
  ASSERT_EQ(claims->size(), 1u);
  EXPECT_EQ(claims->front().claims.size(), written() - facts);

  // Two officers believe it: it is as if it had come before.
  ASSERT_EQ(district_.Command(AcceptClaims{.node = NodeId::Of("susut"),
                                           .incarnation = IncarnationId::Of("susut-1"),
                                           .seq = written(),
                                           .by = OperatorId::Of("kadis"),
                                           .second = OperatorId::Of("sekdis"),
                                           .document = DocumentNumber::Of("470/13/2017")}),
            CommandOutcome::kDone);
  EXPECT_EQ(held(), written());
  EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 2);
}

TEST_F(EndedNodeTest, ALostMachineThatTurnsUpIsBelievedAndLocked) {
  StartDay();
  PrintCard("job-1", "A1000", "0001");
  district_.Run();
  district_.Cut("susut", absl::UnavailableError("the link is down"));
  PrintCard("job-2", "A1001", "0002");
  End(NodeEnd::kLost);
  EXPECT_EQ(Blanks(Account::kMaybeUsed, "susut"), 9);
  DeliverAll();
  EXPECT_EQ(held(), written());
  EXPECT_EQ(proven(), written());
  EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 2);
  EXPECT_EQ(Blanks(Account::kMaybeUsed, "susut"), 8);
  EXPECT_THAT(susut().node->store().lock_reason(), HasSubstr("K-255"));
}

TEST_F(EndedNodeTest, ACertificateEndsWithItsIncarnation) {
  district_.Run();
  End(NodeEnd::kRevoked);
  ASSERT_EQ(district_.Command(EnrolNode{.node = NodeId::Of("susut"),
                                        .incarnation = IncarnationId::Of("susut-2"),
                                        .public_key = susut().signer->public_key()}),
            CommandOutcome::kDone);
  struct Row {
    const char* certified;
    const char* incarnation;
    absl::StatusCode code;
  };
  for (const Row& row : {Row{"susut-2", "susut-2", absl::StatusCode::kOk},
                         // The old machine, with what it knows of the new one.
                         Row{"susut-1", "susut-2", absl::StatusCode::kPermissionDenied},
                         Row{"", "susut-2", absl::StatusCode::kPermissionDenied},
                         // Its quarantine door.
                         Row{"susut-1", "susut-1", absl::StatusCode::kFailedPrecondition}}) {
    const SessionHub::ConnectionId id = 4711;
    std::vector<sync::CentreFrame> sent;
    district_.hub().OnConnected(
        id, NodeId::Of("susut"),
        {.certified = *row.certified == 0 ? IncarnationId() : IncarnationId::Of(row.certified),
         .send = [&](const sync::CentreFrame& frame) { sent.push_back(frame); },
         .close = [](const absl::Status&) {}});
    sync::Hello hello;
    hello.node = NodeId::Of("susut");
    hello.incarnation = IncarnationId::Of(row.incarnation);
    if (hello.incarnation == IncarnationId::Of("susut-1")) {
      const auto& head = susut().node->store().log().head();
      hello.head = {head.seq, head.hash};
    }
    const absl::Status status = district_.hub().OnFrame(id, hello);
    EXPECT_EQ(status.code(), row.code) << row.certified << " " << row.incarnation << status;
    for (const sync::CentreFrame& frame : sent) {
      EXPECT_FALSE(std::holds_alternative<sync::FeedBatch>(frame) && !status.ok());
    }
    district_.hub().OnDisconnected(id);
  }
}

TEST_F(EndedNodeTest, EveryFrameSpeaksForTheNodeOfItsCertificateAlone) {
  StartDay();
  PrintCard("job-1", "A1000", "0001");
  district_.Run();
  const SessionHub::ConnectionId id = 4712;
  std::vector<sync::CentreFrame> sent;
  district_.hub().OnConnected(
      id, NodeId::Of("tembuku"),
      {.send = [&](const sync::CentreFrame& frame) { sent.push_back(frame); },
       .close = [](const absl::Status&) {}});
  sync::Hello hello;
  hello.node = NodeId::Of("susut");
  hello.incarnation = IncarnationId::Of("susut-1");
  EXPECT_EQ(district_.hub().OnFrame(id, hello).code(), absl::StatusCode::kPermissionDenied);
  hello.node = NodeId::Of("tembuku");
  hello.incarnation = IncarnationId::Of("tembuku-1");
  ASSERT_TRUE(district_.hub().OnFrame(id, hello).ok());

  // The log of another node, under its own incarnation and under this node's.
  const uint64_t before = held();
  for (const char* incarnation : {"susut-1", "tembuku-1"}) {
    sync::Segment segment{.incarnation = IncarnationId::Of(incarnation),
                          .first_seq = 1,
                          .entries = {},
                          .signature = std::string(32, 's')};
    ASSERT_TRUE(susut()
                    .node->store()
                    .log()
                    .Read(1, 4, sync::kMaxSegmentBytes,
                          [&](uint64_t, absl::string_view bytes) {
                            segment.entries.emplace_back(bytes);
                            return true;
                          })
                    .ok());
    EXPECT_EQ(district_.hub().OnFrame(id, segment).code(), absl::StatusCode::kFailedPrecondition);
  }
  EXPECT_EQ(held(), before);
  // An acknowledgement names nobody: it is about the feed of whoever is connected.
  const uint64_t position = district_.hub().feed_position(NodeId::Of("susut"));
  ASSERT_TRUE(district_.hub().OnFrame(id, sync::FeedAck{0}).ok());
  EXPECT_EQ(district_.hub().feed_position(NodeId::Of("susut")), position);
  district_.hub().OnDisconnected(id);
}

TEST_F(SessionHubTest, AWordThatTheCentreWasSetBackWantsProof) {
  StartDay();
  const auto id = *susut().connection;
  const CentreRow before = district_.centre().resident().centre;
  sync::Receipt receipt = *susut().node->store().last_receipt();
  const auto say = [&](const sync::CentreSetBack& word) {
    return district_.hub().OnFrame(id, word);
  };
  EXPECT_TRUE(absl::IsInvalidArgument(say({before.generation, 1, std::nullopt})));
  EXPECT_TRUE(absl::IsInvalidArgument(say({before.generation, 1, receipt})))
      << "the centre holds what it countersigned";
  receipt.head.seq += 100;
  EXPECT_TRUE(absl::IsInvalidArgument(say({before.generation, 1, receipt})))
      << "nobody signed this one";
  const auto later = GenerationId::Of("g-later");
  EXPECT_TRUE(absl::IsInvalidArgument(say({later, 7, std::nullopt})))
      << "a word alone proves nothing";
  EXPECT_EQ(district_.centre().resident().centre.generation, before.generation);
  receipt.head.seq = 1;
  receipt.generation = later;
  receipt.signature = district_.centre_signer().Sign(sync::ReceiptStatement(receipt));
  EXPECT_TRUE(absl::IsAborted(say({later, 7, receipt})));
  EXPECT_EQ(district_.centre().resident().centre.generation_order, 8u);
}

TEST_F(SessionHubTest, ACardGoesFromTheNationalRecordToThePrintedAccount) {
  StartDay();
  EXPECT_EQ(susut().node->core().printable_count(), 3u);
  EXPECT_EQ(Blanks(Account::kNodeStock, "susut"), 10);
  PrintCard("job-1", "A1000", "0001");
  district_.Run();
  EXPECT_EQ(held(), written());
  EXPECT_EQ(proven(), written());
  EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 1);
  EXPECT_EQ(district_.centre().report_counts().pending, 1u);
  EXPECT_EQ(district_.hub().feed_position(NodeId::Of("susut")),
            district_.centre().feed_head(NodeId::Of("susut")));
}

// ---------------------------------------------------------------------------------------------
// Judging behind the receipts.

class JudgedLaterTest : public SessionHubTest {
 protected:
  // A card that is proven, and that nobody has judged.
  void PrintUnjudged() {
    StartDay();
    district_.JudgeLater();
    district_.Connect("susut");
    district_.Run();
    while (district_.JudgeSome()) {
    }
    PrintCard("job-1", "A1000", "0001");
    district_.Run();
    EXPECT_EQ(proven(), written());
    EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 0);
  }
  uint64_t to_judge() { return district_.centre().to_judge(); }
};

TEST_F(JudgedLaterTest, ABacklogIsReceiptedFirstAndJudgedWhenNothingComes) {
  PrintUnjudged();
  const uint64_t waiting = to_judge();
  EXPECT_GT(waiting, 0u);
  // Something came since it was put off; then nothing.
  EXPECT_TRUE(district_.JudgeSome());
  EXPECT_EQ(to_judge(), waiting);
  while (district_.JudgeSome()) {
  }
  EXPECT_EQ(to_judge(), 0u);
  EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 1);
  EXPECT_EQ(district_.centre().report_counts().pending, 1u);
}

TEST_F(JudgedLaterTest, AnotherOfficeIsNotKeptWaiting) {
  PrintUnjudged();
  const uint64_t waiting = to_judge();
  district_.Connect("tembuku");
  district_.Run();
  EXPECT_EQ(district_.hub().feed_position(NodeId::Of("tembuku")),
            district_.centre().feed_head(NodeId::Of("tembuku")));
  EXPECT_GE(to_judge(), waiting);
}

TEST_F(JudgedLaterTest, WhatPeopleDecideKnowsAllThatIsProven) {
  PrintUnjudged();
  const edge::Job* const job = susut().node->core().journal().Find(ActId::Of("job-1"));
  ASSERT_NE(job, nullptr);
  EXPECT_EQ(district_.Command(
                MoveLease{.prr = job->intent.prr, .to = NodeId::Of("tembuku"), .forced = true}),
            CommandOutcome::kPrrPrinted);
  EXPECT_EQ(to_judge(), 0u);
}

TEST_F(JudgedLaterTest, BlanksAreDispatchedWhenAllThatIsProvenIsJudged) {
  PrintUnjudged();
  ASSERT_EQ(district_.Command(Dispatch{.transfer = TransferId::Of("t2"),
                                       .node = NodeId::Of("susut"),
                                       .quantity = 1,
                                       .serials = {}}),
            CommandOutcome::kDone);
  EXPECT_EQ(to_judge(), 0u);
}

TEST_F(JudgedLaterTest, WhatWasReceiptedBeforeARevocationIsAFact) {
  PrintUnjudged();
  ASSERT_EQ(district_.Command(CloseNode{.node = NodeId::Of("susut"),
                                        .end = NodeEnd::kRevoked,
                                        .by = OperatorId::Of("kadis"),
                                        .second = OperatorId::Of("sekdis"),
                                        .document = DocumentNumber::Of("470/12/2017")}),
            CommandOutcome::kDone);
  EXPECT_EQ(to_judge(), 0u);
  EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 1);
}

TEST_F(SessionHubTest, ACentreRestoredFromABackupBeginsAnewAndIsNotAskedForItsFeedForEver) {
  StartDay();
  const storage::FaultyStore backup = district_.centre_store();
  district_.AddRecords(4, 3, kVillage);
  district_.Run();
  PrintCard("job-1", "A1000", "0001");
  district_.Run();
  EXPECT_EQ(susut().node->core().printable_count(), 5u);

  district_.centre_store() = backup;
  district_.RestartCentre();
  district_.Connect("susut");
  district_.Run();
  EXPECT_FALSE(susut().connection.has_value()) << "it showed a receipt for more";
  EXPECT_EQ(district_.centre().resident().centre.generation_order, 2u);
  const uint64_t head = district_.centre().feed_head(NodeId::Of("susut"));
  for (int session = 0; session < 2; ++session) {
    susut().batches = 0;
    district_.Connect("susut");
    district_.Run();
    EXPECT_TRUE(susut().node->welcomed()) << susut().dropped;
    EXPECT_EQ(susut().node->store().feed_cursor().position, head);
    EXPECT_EQ(susut().batches, session == 0 ? 1u : 0u);
  }
  district_.Connect("tembuku");
  district_.Run();
  EXPECT_TRUE(district_.centre().resident().centre.unheard.empty());
  // The card of the lost days is delivered again, and what the centre no longer knows is not
  // printed.
  EXPECT_EQ(held(), written());
  EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 1);
  EXPECT_EQ(susut().node->core().printable_count(), 2u);
  district_.AddRecords(4, 3, kVillage);
  district_.Run();
  EXPECT_EQ(susut().node->core().printable_count(), 5u);
}

TEST_F(SessionHubTest, AnOfficeThatEnrolledAfterTheBackupIsRememberedByItsCertificate) {
  StartDay();
  const storage::FaultyStore backup = district_.centre_store();
  district_.EnrolAnew("susut", "susut-2");
  district_.Connect("susut");
  district_.Run();
  ASSERT_EQ(proven(), written());
  district_.centre_store() = backup;
  district_.RestartCentre();
  // A certificate that does not name the incarnation vouches for nothing.
  district_.Connect("susut");
  district_.Run();
  EXPECT_FALSE(susut().connection.has_value());
  susut().certified = IncarnationId::Of("susut-2");
  for (int session = 0; session < 2; ++session) {
    district_.Connect("susut");
    district_.Run();
  }
  EXPECT_EQ(district_.centre().resident().nodes.at(NodeId::Of("susut")).active.value(), "susut-2");
  EXPECT_EQ(district_.centre().held(NodeId::Of("susut"), IncarnationId::Of("susut-2"))->seq,
            written());
  EXPECT_EQ(proven(), written());
  EXPECT_FALSE(district_.centre().resident().centre.unheard.contains(NodeId::Of("susut")));
}

// The key that is kept for good must be the one that the log is signed with.
TEST_F(SessionHubTest, ALogThatCameDamagedIsNotRemembered) {
  StartDay();
  const storage::FaultyStore backup = district_.centre_store();
  district_.EnrolAnew("susut", "susut-2");
  district_.Connect("susut");
  district_.Run();
  district_.centre_store() = backup;
  district_.RestartCentre();
  susut().certified = IncarnationId::Of("susut-2");
  bool damaged = false;
  // The first session shows the node that the centre was set back; the next one sends the log.
  for (int session = 0; session < 2; ++session) {
    district_.Connect("susut");
    do {
      while (!susut().down.empty()) {
        const sync::CentreFrame frame = std::move(susut().down.front());
        susut().down.pop_front();
        if (!susut().node->OnFrame(frame).ok()) district_.Cut("susut");
      }
      for (sync::NodeFrame& frame : susut().up) {
        auto* segment = std::get_if<sync::Segment>(&frame);
        if (segment == nullptr) continue;
        segment->signature = std::string(64, 'x');
        damaged = true;
      }
    } while (district_.Run(1));
  }
  ASSERT_TRUE(damaged);
  EXPECT_FALSE(district_.centre().held(NodeId::Of("susut"), IncarnationId::Of("susut-2")));
}

TEST_F(SessionHubTest, AReceiptThatWasLostWithTheLinkIsSaidAgain) {
  StartDay();
  PrintCard("job-1", "A1000", "0001");
  while (held() < written()) district_.Run(1);
  district_.Cut("susut");
  ASSERT_LT(proven(), written());
  district_.Connect("susut");
  district_.Run();
  EXPECT_EQ(proven(), written());
}

TEST_F(SessionHubTest, ALinkThatDropsEveryFewFramesStillGetsThrough) {
  district_.Run();
  const SerialSet blanks = district_.AddBlanks(20);
  district_.AddRecords(1, 300, kVillage, 8000);
  uint64_t cuts = 0;
  district_.Cut("susut");
  district_.Connect("susut");
  while (district_.Run(5)) {
    district_.Cut("susut");
    district_.Connect("susut");
    ASSERT_LT(++cuts, 1000u);
  }
  EXPECT_GT(cuts, 3u);
  EXPECT_EQ(susut().node->core().printable_count(), 300u);
  EXPECT_EQ(susut().node->core().catalogue().state(),
            district_.centre().feed_state(NodeId::Of("susut")));
  // What arrived was not sent again, and of the rest no more than may be under way.
  EXPECT_EQ(susut().feed_items, district_.centre().feed_head(NodeId::Of("susut")));
  EXPECT_LE(susut().batches_lost, cuts * sync::kBatchWindow);
}

TEST_F(SessionHubTest, EitherSideMayRestartAnywhere) {
  StartDay();
  PrintCard("job-1", "A1000", "0001");
  district_.Run(2);
  district_.RestartCentre();
  PrintCard("job-2", "A1001", "0002");
  district_.Connect("susut");
  district_.Run(3);
  district_.RestartOffice("susut");
  district_.Connect("susut");
  PrintCard("job-3", "A1002", "0003");
  district_.Run();
  EXPECT_EQ(proven(), written());
  EXPECT_EQ(held(), written());
  EXPECT_EQ(Blanks(Account::kPrintedReady, "susut"), 3);
  EXPECT_EQ(district_.centre().report_counts().pending, 3u);
  EXPECT_TRUE(StatusOf(district_.centre()).conserved);
}

TEST_F(SessionHubTest, NewestConnectionOfANodeTakesOver) {
  district_.Run();
  const auto old = *susut().connection;
  district_.Connect("susut");
  EXPECT_EQ(district_.hub().OnFrame(old, sync::FeedAck{.position = 0}).code(),
            absl::StatusCode::kAborted);
  district_.hub().OnDisconnected(old);
  district_.Run();
  EXPECT_TRUE(susut().node->welcomed());
  EXPECT_TRUE(district_.hub().connected(NodeId::Of("susut")));
}

TEST_F(SessionHubTest, ANodeMaySpeakOnlyForItself) {
  EXPECT_EQ(
      district_.hub()
          .OnFrame(*susut().connection, sync::Hello{.node = NodeId::Of("tembuku"),
                                                    .incarnation = IncarnationId::Of("tembuku-1"),
                                                    .head = {},
                                                    .feed_state = {},
                                                    .generation = {},
                                                    .software_version = "test"})
          .code(),
      absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(district_.hub().OnFrame(*susut().connection, sync::FeedAck{.position = 1}).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(SessionHubTest, ARestoredNodeIsLockedAndTheProblemIsShown) {
  district_.Run();
  storage::FaultyStore before = susut().store;
  StartDay();
  district_.Cut("susut");
  susut().store = before;
  district_.RestartOffice("susut");
  district_.Connect("susut");
  district_.Run();
  EXPECT_TRUE(susut().node->core().locked());
  EXPECT_THAT(district_.hub().problem(NodeId::Of("susut")), HasSubstr("got a log that ends at 1"));
  EXPECT_EQ(susut().node->core().printable_count(), 0u) << "it is sent no feed";
  EXPECT_EQ(susut().node->store().tail().end().seq, held()) << "what it lost is fetched back";
}

TEST_F(SessionHubTest, NobodyHearsOfWhatIsNotDurable) {
  StartDay();
  PrintCard("job-1", "A1000", "0001");
  district_.centre_store().FailNextWrite(storage::FaultyStore::Failure::kNotWritten);
  const uint64_t receipts = susut().receipts;
  district_.Run();
  EXPECT_FALSE(district_.centre_failure().ok());
  EXPECT_EQ(susut().receipts, receipts);
  EXPECT_FALSE(susut().connection.has_value());
  district_.RestartCentre();
  district_.Connect("susut");
  district_.Run();
  EXPECT_EQ(proven(), written());
}

TEST_F(SessionHubTest, CloseAllTellsEveryNode) {
  district_.Run();
  district_.hub().CloseAll();
  district_.Run();
  EXPECT_FALSE(district_.hub().connected(NodeId::Of("susut")));
}

}  // namespace
}  // namespace keping::central
