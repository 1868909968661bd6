#include "edge_node/node/edge_node.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_format.h"
#include "common/storage/key_space.h"
#include "keping/sync/v1/sync.pb.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::OperatorId;
using domain::PrintRefusal;
using domain::PrrId;
using storage::FaultyStore;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tests::Office;

const OperatorId kAyu = OperatorId::Of("ayu");

// The job that is open at the only printer.
domain::ActId OpenAct(const Office& office) {
  return office.core().journal().OpenJobs().at(0)->intent.act;
}

PrintRefusal TryPrint(Office& office, const char* prr, const char* blank) {
  return office.Do(office.PrintOf(prr, blank)).refusal;
}

TEST(EdgeNodeTest, TheFirstStartOpensTheIncarnation) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  ASSERT_TRUE(office.Open().ok());
  ASSERT_TRUE(office.Sync().ok());
  const auto events = office.centre().events();
  ASSERT_EQ(events.size(), 1u) << "opened once";
  const auto& opened = std::get<domain::IncarnationOpened>(events[0]);
  EXPECT_EQ(opened.reason, domain::IncarnationReason::kEnrolled);
  EXPECT_EQ(opened.public_key, crypto::MakeKeyedHashSigner("the node's key")->public_key());
}

TEST(EdgeNodeTest, ACardFromFeedToReceipt) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  const Decision decision = office.Do(office.PrintOf("", "A0001"));
  EXPECT_EQ(decision.refusal, PrintRefusal::kNone);
  ASSERT_EQ(office.actions().size(), 1u);
  EXPECT_EQ(std::get<SubmitJob>(office.actions()[0]).prr.value(), "prr-001");
  EXPECT_EQ(office.node().store().Record(decision.prr).value(), "specimen record of prr-001");
  office.Do(VerifyCard{OpenAct(office), BlankSerial::Of("A0001"), "0007", kAyu});
  ASSERT_TRUE(office.Exchange().ok());
  const uint64_t head = office.node().store().log().head().seq;
  EXPECT_EQ(office.core().contact().proven_seq, head);
  EXPECT_EQ(office.centre().entries().size(), head);
  EXPECT_TRUE(std::holds_alternative<domain::PrintVerified>(office.centre().events().back()));
  EXPECT_THAT(office.centre().complaints(), IsEmpty());
}

// ---- Persist, then act.

// Something that makes the node write, and then act or answer.
struct Writing {
  const char* name;
  std::function<absl::Status(Office&)> write;
};

const Writing kWritings[] = {
    {"print", [](Office& o) { return o.node().Handle(o.PrintOf("prr-002", "A0002")).status(); }},
    {"refused print",
     [](Office& o) { return o.node().Handle(o.PrintOf("prr-001", "A0002")).status(); }},
    {"verify",
     [](Office& o) {
       return o.node()
           .Handle(VerifyCard{OpenAct(o), BlankSerial::Of("A0001"), "0007", kAyu})
           .status();
     }},
    {"feed",
     [](Office& o) {
       o.centre().Tell(tests::PrintablePrr("prr-new"));
       return o.node().OnFrame(o.centre().Batches().at(0));
     }},
    {"receipt",
     [](Office& o) {
       const auto& log = o.node().store().log().head();
       return o.node().OnFrame(o.centre().SignedReceipt({log.seq, log.hash}));
     }},
    {"lock",
     [](Office& o) {
       return o.node().OnFrame(sync::Problem{sync::ProblemKind::kFork, "entry 3 differs"});
     }},
};

TEST(EdgeNodeTest, NothingHappensWithoutTheWrite) {
  for (const auto failure :
       {FaultyStore::Failure::kNotWritten, FaultyStore::Failure::kUnknownButWritten}) {
    for (const Writing& writing : kWritings) {
      Office office;
      ASSERT_TRUE(office.Open().ok());
      office.Equip();
      ASSERT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kNone);
      ASSERT_TRUE(office.Exchange().ok());
      office.actions().clear();
      office.conditions().printers_not_ready.clear();
      const uint64_t jobs = office.core().journal().order().size();
      office.store().FailNextWrite(failure);
      const absl::Status status = writing.write(office);
      EXPECT_TRUE(absl::IsUnavailable(status)) << writing.name << ": " << status;
      EXPECT_THAT(office.actions(), IsEmpty()) << writing.name;
      EXPECT_TRUE(office.sent().empty()) << writing.name;
      EXPECT_EQ(office.core().journal().order().size(), jobs) << writing.name;

      // From then on the node is finished.
      EXPECT_EQ(writing.write(office), status) << writing.name;
      EXPECT_EQ(office.node().Handle(office.PrintOf("prr-003", "A0003")).status(), status);
      EXPECT_EQ(office.node().OnFrame(sync::Problem{}), status) << writing.name;
      EXPECT_THAT(office.actions(), IsEmpty()) << writing.name;
      EXPECT_EQ(office.failures().size(), 1u) << writing.name;
      EXPECT_EQ(office.failures().at(0), status) << writing.name;
    }
  }
}

TEST(EdgeNodeTest, ASegmentIsSentOnlyWithItsHeadWrittenDown) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Connect();
  const sync::NodeFrame hello = office.sent().front();
  office.sent().clear();
  office.store().FailNextWrite(FaultyStore::Failure::kNotWritten);
  EXPECT_FALSE(office.node().OnFrame(office.centre().Answer(hello).at(0)).ok());
  EXPECT_TRUE(office.sent().empty());
  EXPECT_EQ(office.failures().size(), 1u);
}

TEST(EdgeNodeTest, AnIntentThatReachedTheDiskUnseenIsADoubt) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.store().FailNextWrite(FaultyStore::Failure::kUnknownButWritten);
  EXPECT_FALSE(office.node().Handle(office.PrintOf("prr-001", "A0001")).ok());
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(office.core().journal().doubts_opened(), 1u);
  ASSERT_EQ(office.actions().size(), 1u);
  EXPECT_TRUE(std::holds_alternative<QueryJob>(office.actions()[0]));
}

TEST(EdgeNodeTest, AnIntentThatNeverReachedTheDiskNeverWas) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.store().FailNextWrite(FaultyStore::Failure::kNotWritten);
  EXPECT_FALSE(office.node().Handle(office.PrintOf("prr-001", "A0001")).ok());
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(office.core().journal().order().size(), 0u);
  EXPECT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kNone);
}

TEST(EdgeNodeTest, ARestartFindsTheDoubtAndAsksThePrinter) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  ASSERT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kNone);
  const domain::ActId act = OpenAct(office);
  office.Do(PrinterReported{act, PrinterAnswer::kAccepted, 7});
  office.actions().clear();
  base::Prng prng(1);
  office.PowerCut(prng);
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(office.core().journal().Find(act)->stage, JobStage::kDoubt);
  ASSERT_EQ(office.actions().size(), 1u);
  const auto& query = std::get<QueryJob>(office.actions()[0]);
  EXPECT_EQ(query.act, act);
  EXPECT_EQ(query.printer_job, 7);
  EXPECT_EQ(TryPrint(office, "prr-002", "A0002"), PrintRefusal::kPrinterNotReady);
}

// ---- Receipts.

TEST(EdgeNodeTest, OnlyTheCentresReceiptsProve) {
  const struct {
    const char* name;
    std::function<void(sync::Receipt&)> change;
    bool resign;
    absl::StatusCode code;
    bool locks;
  } kTable[] = {
      {"no signature", [](auto& r) { r.signature.clear(); }, false,
       absl::StatusCode::kPermissionDenied, false},
      {"a changed head", [](auto& r) { r.head.seq -= 1; }, false,
       absl::StatusCode::kPermissionDenied, false},
      {"a changed time", [](auto& r) { r.centre_time += absl::Seconds(1); }, false,
       absl::StatusCode::kPermissionDenied, false},
      {"another node", [](auto& r) { r.node = domain::NodeId::Of("bangli"); }, true,
       absl::StatusCode::kInvalidArgument, false},
      {"another life", [](auto& r) { r.incarnation = domain::IncarnationId::Of("inc-0"); }, true,
       absl::StatusCode::kInvalidArgument, false},
      {"more than was sent", [](auto& r) { r.head.seq += 1; }, true,
       absl::StatusCode::kInvalidArgument, false},
      {"another entry", [](auto& r) { r.head.hash = crypto::Sha256({"other"}); }, true,
       absl::StatusCode::kFailedPrecondition, true},
  };
  const auto centre = crypto::MakeKeyedHashSigner("the centre's key");
  for (const auto& row : kTable) {
    Office office;
    ASSERT_TRUE(office.Open().ok());
    office.Equip();
    const Contact before = office.core().contact();
    office.Advance(absl::Hours(1));
    const auto& head = office.node().store().log().head();
    sync::Receipt receipt = office.centre().SignedReceipt({head.seq, head.hash});
    row.change(receipt);
    if (row.resign) receipt.signature = centre->Sign(sync::ReceiptStatement(receipt));
    EXPECT_EQ(office.node().OnFrame(receipt).code(), row.code) << row.name;
    EXPECT_EQ(office.core().contact().received_at, before.received_at) << row.name;
    EXPECT_EQ(office.core().locked(), row.locks) << row.name;
    EXPECT_THAT(office.failures(), IsEmpty()) << row.name;
  }
}

// ---- The feed.

TEST(EdgeNodeTest, ABatchMustBeSigned) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.centre().Tell(tests::PrintablePrr("prr-new"));
  auto batch = std::get<sync::FeedBatch>(office.centre().Batches().at(0));
  batch.items.clear();
  EXPECT_TRUE(absl::IsPermissionDenied(office.node().OnFrame(batch)));
  EXPECT_TRUE(office.sent().empty()) << "nothing is acknowledged";
}

TEST(EdgeNodeTest, AnOmissionIsNoticedAndTheFeedIsAskedForAnew) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.centre().Tell(tests::PrintablePrr("prr-a"));
  office.centre().Tell(tests::PrintablePrr("prr-b"));
  auto batch = std::get<sync::FeedBatch>(office.centre().Batches().at(0));
  ASSERT_EQ(batch.items.size(), 2u);
  batch.items.erase(batch.items.begin());
  office.centre().Sign(batch);
  EXPECT_TRUE(absl::IsDataLoss(office.node().OnFrame(batch)));
  EXPECT_TRUE(office.sent().empty());

  office.Connect();
  EXPECT_EQ(std::get<sync::Hello>(office.sent().front()).feed_position, 0u);
  ASSERT_TRUE(office.Exchange().ok());
  EXPECT_NE(office.core().catalogue().FindPrr(PrrId::Of("prr-a")), nullptr);
  EXPECT_EQ(office.core().catalogue().state(), office.centre().feed_state());
}

TEST(EdgeNodeTest, AResyncCutShortIsFinishedAfterARestart) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip(/*prrs=*/9);
  office.centre().Tell(tests::PrintablePrr("prr-a"));
  auto empty = std::get<sync::FeedBatch>(office.centre().Batches().at(0));
  empty.items.clear();
  office.centre().Sign(empty);
  EXPECT_TRUE(absl::IsDataLoss(office.node().OnFrame(empty)));
  office.centre().set_batch_size(2);
  office.Connect();
  const sync::NodeFrame hello = office.sent().front();
  ASSERT_TRUE(office.node().OnFrame(office.centre().Answer(hello).at(0)).ok());
  ASSERT_TRUE(office.node().OnFrame(office.centre().Batches().at(0)).ok());
  const uint64_t live = office.core().catalogue().position();
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(office.core().catalogue().position(), live);
  ASSERT_TRUE(office.Sync().ok());
  EXPECT_EQ(office.core().catalogue().state(), office.centre().feed_state());
  EXPECT_EQ(office.core().catalogue().position(), office.centre().feed_head());
}

TEST(EdgeNodeTest, AFeedSentAnewChangesNothing) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  const uint64_t entries = office.node().store().log().head().seq;
  sync::Welcome welcome;
  welcome.held = {entries, office.node().store().log().head().hash};
  welcome.generation = domain::GenerationId::Of("g1");
  office.Connect();
  ASSERT_TRUE(office.node().OnFrame(welcome).ok());
  office.sent().clear();
  office.centre().Reconnect();
  sync::Hello from_nothing;
  from_nothing.head = {office.centre().entries().size(), office.node().store().log().head().hash};
  office.centre().Answer(from_nothing);
  for (const auto& batch : office.centre().Batches()) {
    ASSERT_TRUE(office.node().OnFrame(batch).ok());
  }
  EXPECT_EQ(office.core().catalogue().state(), office.centre().feed_state());
  EXPECT_EQ(office.node().store().log().head().seq, entries);
  EXPECT_EQ(office.core().printable_count(), 3u);
}

TEST(EdgeNodeTest, AnOlderVersionNeverComesBackNotEvenByARestart) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  const PrrId prr = PrrId::Of("prr-001");
  const uint64_t position = office.centre().feed_head();
  domain::FeedItem old{.key = domain::PrrFeedKey(prr),
                       .position = position + 2,
                       .version = 2,
                       .body = office.centre().Told(prr)};
  domain::FeedItem withdrawn = old;
  withdrawn.position = position + 1;
  withdrawn.version = 3;
  std::get<domain::PrrItem>(withdrawn.body).withdrawn = true;
  std::get<domain::PrrItem>(withdrawn.body).record.clear();
  ASSERT_TRUE(office.node()
                  .OnFrame(office.centre().SignedBatch(position, position + 2, {withdrawn, old},
                                                       /*at_head=*/false))
                  .ok());
  old.position = position + 3;
  ASSERT_TRUE(office.node()
                  .OnFrame(office.centre().SignedBatch(position + 2, position + 3, {old},
                                                       /*at_head=*/false))
                  .ok());
  for (int start = 0; start < 2; ++start) {
    EXPECT_TRUE(office.core().catalogue().FindPrr(prr)->withdrawn) << start;
    EXPECT_TRUE(absl::IsNotFound(office.node().store().Record(prr).status())) << start;
    EXPECT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kPrrWithdrawn) << start;
    ASSERT_TRUE(office.Open().ok());
  }
}

TEST(EdgeNodeTest, ACentreSetBackIsFollowedOnTheSafeSide) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip(/*prrs=*/4);
  const tests::PaperCentre backup = office.centre();
  domain::PrrItem withdrawn = office.centre().Told(PrrId::Of("prr-001"));
  withdrawn.withdrawn = true;
  withdrawn.record.clear();
  office.centre().Tell(withdrawn);
  domain::PrrItem moved = office.centre().Told(PrrId::Of("prr-002"));
  moved.lease_holder = domain::NodeId::Of("bangli");
  ++moved.lease_epoch.counter;
  office.centre().Tell(moved);
  office.centre().Tell(tests::PrintablePrr("prr-of-the-lost-days"));
  ASSERT_TRUE(office.Sync().ok());

  office.centre() = backup;
  for (int start = 0; start < 2; ++start) {
    ASSERT_TRUE(office.Sync().ok());
    EXPECT_EQ(office.core().catalogue().state(), office.centre().feed_state());
    EXPECT_EQ(office.core().catalogue().position(), office.centre().feed_head());
    EXPECT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kPrrWithdrawn);
    EXPECT_EQ(TryPrint(office, "prr-002", "A0001"), PrintRefusal::kLeaseNotHeld);
    EXPECT_EQ(TryPrint(office, "prr-of-the-lost-days", "A0001"), PrintRefusal::kPrrUnknown);
    EXPECT_EQ(office.core().printable_count(), 2u);
    office.Connect();
    EXPECT_EQ(std::get<sync::Hello>(office.sent().front()).feed_position,
              office.centre().feed_head())
        << "nothing is asked for anew";
    ASSERT_TRUE(office.Open().ok());
  }
  // What the centre says from now on counts, although the node held later versions before.
  domain::PrrItem third = office.centre().Told(PrrId::Of("prr-003"));
  third.withdrawn = true;
  third.record.clear();
  office.centre().Tell(third);
  ASSERT_TRUE(office.Sync().ok());
  EXPECT_EQ(TryPrint(office, "prr-003", "A0001"), PrintRefusal::kPrrWithdrawn);
}

TEST(EdgeNodeTest, AnOmissionInAFeedReadFromItsStartForgetsNothing) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  sync::Welcome welcome;
  welcome.held = {office.node().store().log().head().seq, office.node().store().log().head().hash};
  welcome.generation = domain::GenerationId::Of("g1");
  office.Connect();
  ASSERT_TRUE(office.node().OnFrame(welcome).ok());
  sync::FeedBatch batch = office.centre().SignedBatch(0, office.centre().feed_head(), {},
                                                      /*at_head=*/true);
  batch.state = office.centre().feed_state();
  office.centre().Sign(batch);
  EXPECT_TRUE(office.node().OnFrame(batch).ok()) << "what it holds is what the centre signed";
  batch.from = batch.to;
  batch.state = crypto::Sha256({"another state"});
  office.centre().Sign(batch);
  EXPECT_TRUE(absl::IsDataLoss(office.node().OnFrame(batch)));
  EXPECT_EQ(office.core().printable_count(), 3u);
}

TEST(EdgeNodeTest, ACardPrintedBeforeItsWithdrawalCanStillBeScanned) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  ASSERT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kNone);
  domain::PrrItem item = office.centre().Told(PrrId::Of("prr-001"));
  item.withdrawn = true;
  item.record.clear();
  item.nik_tail.clear();
  office.centre().Tell(item);
  ASSERT_TRUE(office.Exchange().ok());
  ASSERT_TRUE(office.Open().ok());
  const VerifyCard verify{OpenAct(office), BlankSerial::Of("A0001"), "0007", kAyu};
  VerifyCard wrong = verify;
  wrong.nik_tail = "";
  EXPECT_FALSE(office.Do(wrong).status.ok());
  EXPECT_TRUE(office.Do(verify).status.ok());
}

TEST(EdgeNodeTest, AnItemThatDoesNotParseIsRefusedWhole) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.centre().Tell(tests::PrintablePrr("prr-new"));
  auto batch = std::get<sync::FeedBatch>(office.centre().Batches().at(0));
  batch.items.push_back("\xff");
  office.centre().Sign(batch);
  EXPECT_TRUE(absl::IsInvalidArgument(office.node().OnFrame(batch)));
  EXPECT_EQ(office.core().catalogue().FindPrr(PrrId::Of("prr-new")), nullptr);
}

TEST(EdgeNodeTest, ABodyOfALaterVersionLetsTheOthersIn) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.centre().Tell(tests::PrintablePrr("prr-new"));
  auto batch = std::get<sync::FeedBatch>(office.centre().Batches().at(0));
  keping::sync::v1::FeedItem later;
  later.set_key("quota/1");
  later.set_version(1);
  batch.items.push_back(later.SerializeAsString());
  batch.at_head = false;
  office.centre().Sign(batch);
  EXPECT_TRUE(office.node().OnFrame(batch).ok());
  EXPECT_NE(office.core().catalogue().FindPrr(PrrId::Of("prr-new")), nullptr);
}

TEST(EdgeNodeTest, ARequestedLeaseIsReleasedInTheSameWrite) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  domain::PrrItem item = office.centre().Told(PrrId::Of("prr-001"));
  item.release_requested = true;
  office.centre().Tell(item);
  ASSERT_TRUE(office.Exchange().ok());
  EXPECT_EQ(std::get<domain::LeaseReleased>(office.centre().events().back()).prr, item.prr);
  EXPECT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kLeaseNotHeld);
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kLeaseNotHeld);
}

// ---- Locks.

struct LockCase {
  const char* name;
  std::function<absl::Status(Office&)> meet;
  bool locks;
  bool goes_on = false;  // with the session: the log is delivered all the same
};

TEST(EdgeNodeTest, ForksAndRollbacksLockForGood) {
  const auto welcome_at = [](uint64_t seq, const char* hash) {
    return [seq, hash](Office& office) {
      sync::Welcome welcome;
      welcome.held = {seq, crypto::Sha256({hash})};
      welcome.generation = domain::GenerationId::Of("g1");
      return office.node().OnFrame(welcome);
    };
  };
  const auto problem = [](sync::ProblemKind kind, const char* detail) {
    return [kind, detail](Office& office) {
      return office.node().OnFrame(sync::Problem{kind, detail});
    };
  };
  const LockCase kCases[] = {
      {"other entry at the centre", welcome_at(2, "other"), true, true},
      {"centre holds more", welcome_at(1000, "any"), true, true},
      {"centre says fork", problem(sync::ProblemKind::kFork, "entry 3 differs"), true},
      {"centre says rollback", problem(sync::ProblemKind::kRollback, "ends at 3"), true},
      {"centre says nothing more", problem(sync::ProblemKind::kFork, ""), true},
      {"bad segment", problem(sync::ProblemKind::kBadSegment, "no"), false},
      {"unknown incarnation", problem(sync::ProblemKind::kUnknownIncarnation, "no"), false},
      {"protocol", problem(sync::ProblemKind::kProtocol, "no"), false},
  };
  for (const LockCase& row : kCases) {
    Office office;
    ASSERT_TRUE(office.Open().ok());
    office.Equip();
    office.Connect();
    office.sent().clear();
    EXPECT_EQ(row.meet(office).ok(), row.goes_on) << row.name;
    EXPECT_THAT(office.failures(), IsEmpty()) << row.name;
    EXPECT_EQ(office.node().store().frozen().has_value(), row.locks) << row.name;
    base::Prng prng(3);
    for (int start = 0; start < 2; ++start) {
      EXPECT_EQ(office.core().locked(), row.locks) << row.name;
      EXPECT_NE(office.node().store().lock_reason().empty(), row.locks) << row.name;
      const PrintRefusal refusal = TryPrint(office, "prr-001", "A0001");
      EXPECT_EQ(refusal == PrintRefusal::kNodeLocked, row.locks) << row.name;
      office.PowerCut(prng);
      ASSERT_TRUE(office.Open().ok());
    }
  }
}

TEST(EdgeNodeTest, AnEnrolmentThatFollowsDoesNotHideWhatWasFoundOfALog) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.Connect();
  sync::Welcome welcome;
  welcome.held = {1000, crypto::Sha256({"any"})};
  welcome.generation = domain::GenerationId::Of("g1");
  ASSERT_TRUE(office.node().OnFrame(welcome).ok());
  const Frozen found{.kind = sync::ProblemKind::kRollback, .held_seq = 1000, .by_centre = true};
  ASSERT_EQ(office.node().store().frozen(), found);

  // The administrator was called away after the enrolment of the next incarnation.
  office.Connect();
  welcome.problem = sync::Problem{sync::ProblemKind::kSuperseded, "another machine took over"};
  ASSERT_TRUE(office.node().OnFrame(welcome).ok());
  EXPECT_EQ(office.node().store().frozen(), found);
  EXPECT_EQ(office.node().store().lock_reason(), "another machine took over");
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(office.node().store().frozen(), found);
}

TEST(EdgeNodeTest, AnOldStickTakesNothingBackOfALogThatWasSetBack) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.Connect();
  sync::Welcome welcome;
  welcome.held = {1000, crypto::Sha256({"any"})};
  welcome.generation = domain::GenerationId::Of("g1");
  ASSERT_TRUE(office.node().OnFrame(welcome).ok());
  const Frozen found{.kind = sync::ProblemKind::kRollback, .held_seq = 1000, .by_centre = true};
  ASSERT_EQ(office.node().store().frozen(), found);

  // It lay in a drawer: for less than the centre holds now, and for more than this log has.
  const uint64_t head = office.node().store().log().head().seq;
  const sync::Receipt receipt =
      office.centre().SignedReceipt({head + 10, crypto::Sha256({"beyond"})});
  EXPECT_FALSE(office.node().TakeReceipt(receipt, receipt.centre_time, absl::ZeroDuration()).ok());
  EXPECT_EQ(office.node().store().frozen(), found);
  ASSERT_TRUE(office.Open().ok());
  EXPECT_EQ(office.node().store().frozen(), found);
}

TEST(EdgeNodeTest, ALockedNodeStillDeliversItsLog) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.Disconnect();
  EXPECT_EQ(TryPrint(office, "prr-001", "A9999"), PrintRefusal::kBlankNotInTray);
  office.Connect();
  EXPECT_FALSE(office.node().OnFrame(sync::Problem{sync::ProblemKind::kFork, "differs"}).ok());
  EXPECT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kNodeLocked);
  ASSERT_TRUE(office.Sync().ok());
  EXPECT_EQ(std::get<domain::PrintRefused>(office.centre().events().back()).refusal,
            PrintRefusal::kBlankNotInTray);
}

// ---- The link.

TEST(EdgeNodeTest, FramesWithoutAConnectionAreRefused) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.Disconnect();
  sync::Welcome welcome;
  welcome.generation = domain::GenerationId::Of("g1");
  EXPECT_TRUE(absl::IsFailedPrecondition(office.node().OnFrame(welcome)));
  EXPECT_FALSE(office.node().welcomed());
  EXPECT_TRUE(office.sent().empty());
}

TEST(EdgeNodeTest, PrintsWithoutALinkSaySo) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  ASSERT_EQ(TryPrint(office, "prr-001", "A0001"), PrintRefusal::kNone);
  EXPECT_FALSE(office.core().journal().Find(OpenAct(office))->intent.offline);
  office.Do(VerifyCard{OpenAct(office), BlankSerial::Of("A0001"), "0007", kAyu});
  office.Disconnect();
  ASSERT_EQ(TryPrint(office, "prr-002", "A0002"), PrintRefusal::kNone);
  EXPECT_TRUE(office.core().journal().Find(OpenAct(office))->intent.offline);
}

TEST(EdgeNodeTest, ALongLogGoesUpInBoundedSegments) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Equip();
  office.Disconnect();
  for (int i = 0; i < 3000; ++i) TryPrint(office, "prr-none", "A0001");
  office.Connect();
  size_t most = 0;
  while (!office.sent().empty()) {
    most = std::max(most, office.sent().size());
    if (const auto* segment = std::get_if<sync::Segment>(&office.sent().front())) {
      size_t bytes = 0;
      for (const std::string& entry : segment->entries) bytes += entry.size();
      EXPECT_LE(bytes, sync::kMaxSegmentBytes);
      EXPECT_LE(segment->entries.size(), sync::kMaxSegmentEntries);
    }
    const auto answers = office.centre().Answer(office.sent().front());
    office.sent().pop_front();
    for (const auto& answer : answers) ASSERT_TRUE(office.node().OnFrame(answer).ok());
  }
  EXPECT_LE(most, sync::kSegmentWindow);
  EXPECT_EQ(office.core().contact().proven_seq, office.node().store().log().head().seq);
}

TEST(EdgeNodeTest, EverySegmentIsSigned) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  office.Connect();
  const auto welcome = office.centre().Answer(office.sent().front()).at(0);
  office.sent().clear();
  ASSERT_TRUE(office.node().OnFrame(welcome).ok());
  const auto& segment = std::get<sync::Segment>(office.sent().front());
  const sync::Head head{1, domain::HashEntryBytes(segment.entries.back())};
  const auto signer = crypto::MakeKeyedHashSigner("the node's key");
  EXPECT_EQ(segment.signature,
            signer->Sign(sync::HeadStatement(domain::NodeId::Of("susut"),
                                             domain::IncarnationId::Of("inc-1"), head)));
  EXPECT_EQ(**office.store().Get(storage::SealedHeadKey(1)), segment.signature);
}

TEST(EdgeNodeTest, ActIdsAreRandom) {
  Office office;
  ASSERT_TRUE(office.Open().ok());
  const domain::ActId act = office.node().NewAct();
  EXPECT_EQ(act.value().size(), 32u);
  EXPECT_NE(act, office.node().NewAct());
}

}  // namespace
}  // namespace keping::edge
