// An office and its centre that only a person connects, who carries sticks: central_node's
// carried_log.h and node_answer.h, edge_node's carried_answer.h.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "central_node/store/carried_hello.h"
#include "tests/support/courier.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a day at the counter
using ::testing::Contains;
using ::testing::HasSubstr;
using tests::AnswerStick;
using tests::LittleDistrict;
using tests::LogStick;

constexpr char kVillage[] = "51.06.01.2001";

// A node that knows nothing of its feed.
sync::Hello FromStart() {
  sync::Hello hello;
  hello.node = NodeId::Of("susut");
  hello.incarnation = IncarnationId::Of("susut-1");
  return hello;
}

class CourierTest : public ::testing::Test {
 protected:
  LittleDistrict::Office& susut() { return district_.office("susut"); }
  edge::EdgeNode& node() { return *susut().node; }
  uint64_t proven() { return node().core().contact().proven_seq; }
  uint64_t written() { return node().store().log().head().seq; }
  uint64_t held() {
    return district_.centre().held(NodeId::Of("susut"), IncarnationId::Of("susut-1"))->seq;
  }

  LogStick TakeLog(uint64_t from = 0) { return TakeLogOf(node(), from); }
  LogStick TakeLogOf(const edge::EdgeNode& node, uint64_t from = 0) {
    return tests::TakeLog(node, from);
  }
  AnswerStick TakeAnswer(const sync::Hello& hello) { return tests::TakeAnswer(district_, hello); }
  absl::Status Deliver(const LogStick& stick) {
    return tests::DeliverLog(district_, stick, &log_outcome_);
  }
  absl::Status Deliver(const AnswerStick& stick) { return Deliver(stick, node()); }
  absl::Status Deliver(const AnswerStick& stick, edge::EdgeNode& node) {
    return tests::DeliverAnswer(stick, node, &outcome_);
  }

  // A stick goes there, another one comes back.
  void RoundTrip() {
    const LogStick log = TakeLog();
    ASSERT_TRUE(Deliver(log).ok());
    ASSERT_TRUE(Deliver(TakeAnswer(log.hello)).ok());
  }

  edge::Decision Print(const std::string& act, const std::string& blank) {
    return *node().Handle(edge::Print{.act = ActId::Of(act),
                                      .operator_id = OperatorId::Of("op"),
                                      .printer = PrinterId::Of("printer"),
                                      .blank = BlankSerial::Of(blank),
                                      .prr = {}});
  }

  void PrintCard(const std::string& act, const std::string& blank, const std::string& nik_tail) {
    ASSERT_EQ(Print(act, blank).refusal, PrintRefusal::kNone);
    for (const auto answer : {edge::PrinterAnswer::kAccepted, edge::PrinterAnswer::kCompleted}) {
      ASSERT_TRUE(node()
                      .Handle(edge::PrinterReported{
                          .act = ActId::Of(act), .answer = answer, .printer_job = 1})
                      .ok());
    }
    const auto verified = node().Handle(edge::VerifyCard{.act = ActId::Of(act),
                                                         .scanned = BlankSerial::Of(blank),
                                                         .nik_tail = nik_tail,
                                                         .operator_id = OperatorId::Of("op")});
    ASSERT_TRUE(verified.ok() && verified->status.ok());
  }

  // Ten blanks received, three records leased, an operator certified: all by stick.
  void StartDay() {
    SerialSet blanks = district_.AddBlanks(20);
    district_.AddRecords(1, 3, kVillage);
    district_.Command(
        AddOperator{.operator_id = OperatorId::Of("op"), .node = NodeId::Of("susut")});
    district_.Command(CertifyOperator{.operator_id = OperatorId::Of("op"),
                                      .node = NodeId::Of("susut"),
                                      .application_version = ApplicationVersion::Of("v1")});
    district_.Command(Dispatch{.transfer = TransferId::Of("t1"),
                               .node = NodeId::Of("susut"),
                               .quantity = 10,
                               .serials = {}});
    RoundTrip();
    const auto received = node().Handle(edge::ReceiveTransfer{.act = ActId::Of("receive"),
                                                              .transfer = TransferId::Of("t1"),
                                                              .scanned = blanks.Take(10),
                                                              .operator_id = OperatorId::Of("op")});
    ASSERT_TRUE(received.ok() && received->status.ok());
  }

  CarriedLogOutcome log_outcome_;
  edge::AnswerOutcome outcome_;
  LittleDistrict district_{{{"susut", "51.06.01"}}};
};

TEST_F(CourierTest, AnOfficeWithoutALinkWorksAndEndsProven) {
  StartDay();
  EXPECT_EQ(node().core().printable_count(), 3u);
  PrintCard("job-1", "A1000", "0001");
  district_.clock().Advance(absl::Hours(24));
  RoundTrip();
  EXPECT_TRUE(outcome_.receipt_newer);
  EXPECT_EQ(proven(), written());
  EXPECT_EQ(held(), written());
  EXPECT_EQ(district_.centre().balances().At({ledger::Account::kPrintedReady, NodeId::Of("susut")}),
            1);
  EXPECT_EQ(node().core().catalogue().state(), district_.centre().feed_state(NodeId::Of("susut")));
}

TEST_F(CourierTest, AStickThatIsDeliveredAgainChangesNothing) {
  StartDay();
  const LogStick log = TakeLog();
  ASSERT_TRUE(Deliver(log).ok());
  EXPECT_GT(log_outcome_.entries_new, 0u);
  const AnswerStick answer = TakeAnswer(log.hello);
  ASSERT_TRUE(Deliver(answer).ok());
  const uint64_t centre_log = district_.centre().log_head().seq;
  const uint64_t entries = written();

  ASSERT_TRUE(Deliver(log).ok());
  EXPECT_EQ(log_outcome_.entries_new, 0u);
  EXPECT_EQ(log_outcome_.entries_known, entries - log.segments.front().first_seq + 1);
  ASSERT_TRUE(Deliver(answer).ok());
  EXPECT_FALSE(outcome_.receipt_newer);
  EXPECT_EQ(outcome_.items_new, 0u);
  EXPECT_EQ(district_.centre().log_head().seq, centre_log);
  EXPECT_EQ(written(), entries);
}

TEST_F(CourierTest, ALostStickIsMadeGoodByTheNextOne) {
  StartDay();
  PrintCard("job-1", "A1000", "0001");
  (void)TakeLog();  // lost on the way there
  PrintCard("job-2", "A1001", "0002");
  const LogStick log = TakeLog();
  ASSERT_TRUE(Deliver(log).ok());
  (void)TakeAnswer(log.hello);  // lost on the way back
  PrintCard("job-3", "A1002", "0003");
  RoundTrip();
  EXPECT_EQ(proven(), written());
  EXPECT_EQ(district_.centre().balances().At({ledger::Account::kPrintedReady, NodeId::Of("susut")}),
            3);
}

TEST_F(CourierTest, SticksInTheWrongOrderWaitForTheFirst) {
  StartDay();
  const LogStick first = TakeLog();
  PrintCard("job-1", "A1000", "0001");
  const LogStick second = TakeLog(first.hello.head.seq + 1);
  const absl::Status early = Deliver(second);
  EXPECT_TRUE(absl::IsFailedPrecondition(early));
  EXPECT_THAT(std::string(early.message()), HasSubstr("K-249"));
  ASSERT_TRUE(Deliver(first).ok());
  ASSERT_TRUE(Deliver(second).ok());
  EXPECT_EQ(held(), written());
}

TEST_F(CourierTest, AnImportIsNoContactAtTheCentre) {
  RoundTrip();
  EXPECT_EQ(district_.centre().last_contact(NodeId::Of("susut")), std::nullopt);
  district_.RestartCentre();
  EXPECT_EQ(district_.centre().last_contact(NodeId::Of("susut")), std::nullopt);
}

TEST_F(CourierTest, AnOldStickIsNoFreshContact) {
  StartDay();
  const LogStick log = TakeLog();
  ASSERT_TRUE(Deliver(log).ok());
  const absl::Time signed_at = district_.clock().Now().wall;
  const AnswerStick answer = TakeAnswer(log.hello);

  // It lay in a drawer for longer than the office may print without contact.
  district_.clock().Advance(node().core().settings().staleness_limit + absl::Hours(1));
  ASSERT_EQ(Print("job-1", "A1000").refusal, PrintRefusal::kTooStale);
  ASSERT_TRUE(Deliver(answer).ok());
  EXPECT_TRUE(outcome_.receipt_newer);
  EXPECT_EQ(outcome_.centre_time, signed_at);
  EXPECT_EQ(node().core().contact().received_at, signed_at);
  EXPECT_EQ(Print("job-2", "A1000").refusal, PrintRefusal::kTooStale);

  // Nor after a restart.
  district_.RestartOffice("susut");
  EXPECT_EQ(node().core().contact().received_at, signed_at);
  EXPECT_EQ(Print("job-3", "A1000").refusal, PrintRefusal::kTooStale);

  // A stick of today is.
  RoundTrip();
  EXPECT_EQ(Print("job-4", "A1000").refusal, PrintRefusal::kNone);
}

TEST_F(CourierTest, AClockSetBackMakesAnOldStickNoFresher) {
  StartDay();
  const LogStick log = TakeLog();
  ASSERT_TRUE(Deliver(log).ok());
  const AnswerStick answer = TakeAnswer(log.hello);
  const absl::Duration limit = node().core().settings().staleness_limit + absl::Hours(1);
  district_.clock().Advance(limit);
  district_.clock().SetWall(district_.clock().Now().wall - limit);
  ASSERT_TRUE(Deliver(answer).ok());
  EXPECT_EQ(Print("job-1", "A1000").refusal, PrintRefusal::kTooStale);
}

TEST_F(CourierTest, AnAnswerOlderThanWhatIsKnownChangesNothing) {
  StartDay();
  const LogStick early = TakeLog();
  ASSERT_TRUE(Deliver(early).ok());
  const AnswerStick old = TakeAnswer(early.hello);
  district_.clock().Advance(absl::Hours(24));
  district_.AddRecords(4, 1, kVillage);
  PrintCard("job-1", "A1000", "0001");
  RoundTrip();
  const edge::Contact known = node().core().contact();
  const crypto::Hash state = node().core().catalogue().state();
  ASSERT_TRUE(Deliver(old).ok());
  EXPECT_FALSE(outcome_.receipt_newer);
  EXPECT_EQ(outcome_.items_new, 0u);
  EXPECT_EQ(node().core().contact().proven_seq, known.proven_seq);
  EXPECT_EQ(node().core().contact().received_at, known.received_at);
  EXPECT_EQ(node().core().catalogue().state(), state);
}

// It was set back and does not know it; that it countersigned more shows it that.
TEST_F(CourierTest, AReceiptForLessOfTheSameCentreIsLeftForWhatShowsThatItForgot) {
  StartDay();
  RoundTrip();
  const storage::FaultyStore backup = district_.centre_store();
  PrintCard("job-1", "A1000", "0001");
  RoundTrip();
  const uint64_t known = proven();
  ASSERT_EQ(known, written());
  district_.RestoreCentre(backup, /*shown=*/false);
  ASSERT_LT(held(), known);
  district_.clock().Advance(absl::Hours(1));
  ASSERT_TRUE(Deliver(TakeAnswer(TakeLog().hello)).ok());
  EXPECT_FALSE(outcome_.receipt_newer);
  EXPECT_EQ(proven(), known);
  EXPECT_EQ(district_.centre().resident().centre.generation_order, 1u);

  // The session that shows it ends with the old generation.
  for (int session = 0; session < 2; ++session) {
    district_.Connect("susut");
    district_.Run();
  }
  EXPECT_EQ(district_.centre().resident().centre.generation_order, 2u);
  EXPECT_EQ(held(), written());
}

TEST_F(CourierTest, AWholeFeedThatIsOldTakesNothingBack) {
  StartDay();
  const sync::Hello from_start = FromStart();
  const AnswerStick old = TakeAnswer(from_start);
  district_.AddRecords(4, 1, kVillage);
  RoundTrip();
  ASSERT_EQ(node().core().printable_count(), 4u);
  ASSERT_TRUE(Deliver(old).ok());
  EXPECT_EQ(node().core().printable_count(), 4u);
  EXPECT_EQ(node().store().feed_cursor().position,
            district_.centre().feed_head(NodeId::Of("susut")));
}

TEST_F(CourierTest, ANewNodeIsSeededFromAStickAndGoesOnByTheLink) {
  district_.AddRecords(1, 3, kVillage);
  ASSERT_TRUE(Deliver(TakeAnswer(FromStart())).ok());
  EXPECT_GE(outcome_.items_new, 3u);
  EXPECT_EQ(proven(), 0u);
  district_.Connect("susut");
  district_.Run();
  EXPECT_EQ(susut().batches, 0u) << "nothing is sent that the stick brought";
  EXPECT_EQ(proven(), written());
}

TEST_F(CourierTest, AFeedThatGoesOnBehindAGapIsLeftAlone) {
  StartDay();
  AnswerStick answer = TakeAnswer(TakeLog().hello);
  answer.origin.feed_from = 1'000'000;
  answer.origin.feed_to = 1'000'001;
  answer.frames.resize(1);  // the receipt
  ASSERT_TRUE(Deliver(answer).ok());
  ASSERT_EQ(outcome_.notes.size(), 1u);
  EXPECT_THAT(outcome_.notes[0], HasSubstr("K-249"));
}

TEST_F(CourierTest, AnAnswerOfAnEarlierCentreIsRefused) {
  StartDay();
  AnswerStick answer = TakeAnswer(TakeLog().hello);
  answer.origin.generation = GenerationId::Of("g-before");
  answer.origin.generation_order = 0;
  const absl::Status status = Deliver(answer);
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("K-250"));
}

// What it brings the office did not say to the centre that asked.
TEST_F(CourierTest, AnAnswerFromBeforeTheCentreWasSetBackIsRefusedOnceThatWasMet) {
  StartDay();
  const storage::FaultyStore backup = district_.centre_store();
  district_.AddRecords(4, 1, kVillage);
  const AnswerStick old = TakeAnswer(TakeLog().hello);
  district_.RestoreCentre(backup, /*shown=*/true);
  ASSERT_TRUE(Deliver(TakeAnswer(TakeLog().hello)).ok());
  ASSERT_FALSE(node().core().met().generation.empty());
  const absl::Status status = Deliver(old);
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_EQ(node().core().printable_count(), 3u);
}

TEST_F(CourierTest, AReceiptBeyondTheLogLocksPrinting) {
  StartDay();
  const LogStick log = TakeLog();
  AnswerStick answer = TakeAnswer(log.hello);
  district_.clock().Advance(absl::Seconds(1));
  sync::Receipt beyond = std::get<sync::Receipt>(answer.frames.front());
  beyond.head = {written() + 5, crypto::Sha256({"later"})};
  beyond.centre_time = district_.clock().Now().wall;
  beyond.signature = district_.centre_signer().Sign(sync::ReceiptStatement(beyond));
  answer.frames = {beyond};
  EXPECT_FALSE(Deliver(answer).ok());
  EXPECT_TRUE(node().core().locked());
  EXPECT_FALSE(outcome_.receipt_newer);
}

TEST_F(CourierTest, WhatTheCentreDidNotSignIsRefused) {
  StartDay();
  AnswerStick answer = TakeAnswer(FromStart());
  district_.clock().Advance(absl::Seconds(1));
  auto& receipt = std::get<sync::Receipt>(answer.frames.front());
  receipt.centre_time = district_.clock().Now().wall;
  EXPECT_TRUE(absl::IsPermissionDenied(Deliver(answer)));
}

TEST_F(CourierTest, ALogThatGoesOnTwiceIsKeptTwiceAndItsNodeIsTold) {
  StartDay();
  RoundTrip();
  district_.Clone("susut", "susut-copy");
  PrintCard("job-1", "A1000", "0001");
  RoundTrip();
  const edge::Contact known = node().core().contact();

  // The copy's stick brings another job under the same numbers.
  edge::EdgeNode& copy = *district_.office("susut-copy").node;
  ASSERT_TRUE(copy.Handle(edge::SpoilBlank{.act = ActId::Of("spoil"),
                                           .blank = BlankSerial::Of("A1001"),
                                           .cause = SpoilCause::kWarped,
                                           .operator_id = OperatorId::Of("op"),
                                           .step = {}})
                  .ok());
  const LogStick other = TakeLogOf(copy);
  ASSERT_TRUE(Deliver(other).ok());
  EXPECT_GT(log_outcome_.entries_new, 0u);
  ASSERT_EQ(log_outcome_.notes.size(), 1u);
  EXPECT_THAT(log_outcome_.notes[0], HasSubstr("K-251"));
  EXPECT_EQ(log_outcome_.held.hash, copy.store().log().head().hash);

  // Its answer proves what came, stops it, and feeds it nothing.
  district_.AddRecords(4, 1, kVillage);
  const AnswerStick for_copy = TakeAnswer(other.hello);
  EXPECT_EQ(for_copy.origin.feed_to, for_copy.origin.feed_from);
  ASSERT_TRUE(Deliver(for_copy, copy).ok());
  EXPECT_TRUE(copy.core().locked());
  EXPECT_EQ(copy.core().contact().proven_seq, copy.store().log().head().seq);
  EXPECT_THAT(outcome_.notes, Contains(HasSubstr("K-103")));

  // So is the first one's, whose next stick brings nothing new.
  const LogStick log = TakeLog();
  ASSERT_TRUE(Deliver(log).ok());
  ASSERT_TRUE(Deliver(TakeAnswer(log.hello)).ok());
  EXPECT_TRUE(node().core().locked());
  EXPECT_EQ(proven(), known.proven_seq);
}

TEST_F(CourierTest, ANodeThatWasSetBackIsToldByItsAnswer) {
  StartDay();
  RoundTrip();
  district_.Clone("susut", "susut-copy");
  PrintCard("job-1", "A1000", "0001");
  RoundTrip();

  // The old disk is put back: its stick brings nothing that is not held.
  edge::EdgeNode& old = *district_.office("susut-copy").node;
  const LogStick log = TakeLogOf(old, 1);
  ASSERT_TRUE(Deliver(log).ok());
  district_.clock().Advance(absl::Seconds(1));
  EXPECT_TRUE(absl::IsFailedPrecondition(Deliver(TakeAnswer(log.hello), old)));
  EXPECT_TRUE(old.core().locked());
  EXPECT_THAT(old.store().lock_reason(), HasSubstr("beyond its end"));
}

TEST_F(CourierTest, AnOldStickIsNoLogThatWasSetBack) {
  StartDay();
  const LogStick early = TakeLog(1);
  RoundTrip();
  PrintCard("job-1", "A1000", "0001");
  RoundTrip();
  ASSERT_TRUE(Deliver(early).ok());
  const AnswerStick answer = TakeAnswer(early.hello);
  EXPECT_GT(answer.frames.size(), 0u);
  ASSERT_TRUE(Deliver(answer).ok());
  EXPECT_FALSE(node().core().locked());
  EXPECT_EQ(proven(), written());
}

TEST_F(CourierTest, TheNewestHelloIsKept) {
  storage::FaultyStore store;
  sync::Hello hello = TakeLog().hello;
  hello.head.seq = 5;
  hello.feed_position = 50;
  ASSERT_TRUE(PutCarriedHello(store, hello, absl::FromUnixSeconds(10)).ok());
  sync::Hello older = hello;
  older.head.seq = 4;
  older.feed_position = 40;
  ASSERT_TRUE(PutCarriedHello(store, older, absl::FromUnixSeconds(20)).ok());
  EXPECT_EQ((*ReadCarriedHello(store, hello.node))->feed_position, 50u);
  hello.feed_position = 60;
  ASSERT_TRUE(PutCarriedHello(store, hello, absl::FromUnixSeconds(11)).ok());
  EXPECT_EQ((*ReadCarriedHello(store, hello.node))->feed_position, 60u);
  EXPECT_EQ(*ReadCarriedHello(store, NodeId::Of("bangli")), std::nullopt);
}

}  // namespace
}  // namespace keping::central
