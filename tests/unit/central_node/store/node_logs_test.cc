#include "central_node/store/node_logs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "central_node/store/central_node.h"
#include "central_node/store/queries.h"
#include "central_node/store/replay.h"
#include "common/base/prng.h"
#include "common/storage/memory_store.h"
#include "tests/support/node_log.h"

namespace keping::central {
namespace {

using domain::NodeId;
using keping::testing::NodeLog;
using ::testing::HasSubstr;
using ::testing::SizeIs;

time::Moment Now() {
  return {.wall = absl::FromUnixSeconds(1'500'000'000),
          .monotonic = absl::Seconds(1),
          .boot_id = "boot"};
}

class NodeLogsTest : public ::testing::Test {
 protected:
  NodeLogsTest() {
    CentralOptions options{
        .centre = NodeId::Of("district"),
        .settings = {},
        .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'k')),
        .nik_lookup_key = "look-up",
        .random = [this](size_t size) { return prng_.Bytes(size); }};
    centre_ = *CentralNode::Open(store_.get(), std::move(options), Now());
    const auto enrolled = centre_->Handle(Now(), EnrolNode{.node = log_.node(),
                                                           .incarnation = log_.incarnation(),
                                                           .public_key = log_.public_key()});
    EXPECT_EQ(enrolled->outcome, CommandOutcome::kDone);
  }

  // So many entries that no other log has.
  void Write(const std::string& words, int entries) {
    for (int i = 0; i < entries; ++i) {
      log_.Add(domain::CancelAsked{.act = domain::ActId::Of(absl::StrCat(words, "-", i)),
                                   .operator_id = domain::OperatorId::Of("op")});
    }
  }
  SegmentResult Deliver(uint64_t from, uint64_t to = 0) {
    auto result = centre_->Ingest(Now(), log_.node(), log_.SegmentFrom(from, to), log_.verifier());
    EXPECT_TRUE(result.ok()) << result.status();
    return result.value_or(SegmentResult());
  }
  sync::Head HeadAt(uint64_t seq) const {
    return {seq, domain::HashEntryBytes(log_.entries().at(seq - 1))};
  }
  LogPlace Find() const {
    sync::Hello hello;
    hello.node = log_.node();
    hello.incarnation = log_.incarnation();
    if (log_.size() > 0) hello.head = HeadAt(log_.size());
    for (uint64_t back = 1; back < log_.size(); back *= 2) {
      hello.locator.emplace_back(HeadAt(log_.size() - back).hash.AsBytes().substr(0, 8));
    }
    const auto place = centre_->logs().Find(hello);
    EXPECT_TRUE(place.ok()) << place.status();
    return place.value_or(LogPlace());
  }
  // A print under the supervisor's word for one without contact.
  void Print(const std::string& act) {
    domain::PrintIntended intent;
    intent.act = domain::ActId::Of(act);
    intent.prr = domain::PrrId::Of("p1");
    intent.blank = domain::BlankSerial::Of("A1");
    intent.printer = domain::PrinterId::Of("printer");
    intent.operator_id = domain::OperatorId::Of("op");
    intent.application_version = domain::ApplicationVersion::Of("v1");
    intent.stale_override = domain::ActId::Of("word");
    log_.Add(intent);
    log_.Add(domain::PrintVerified{
        .act = intent.act, .blank = intent.blank, .operator_id = domain::OperatorId::Of("op")});
  }
  // Whether the print is accepted as one that was allowed.
  bool Allowed(const std::string& act) const {
    const auto found = ReadCase(*centre_, CaseIdFor(domain::CaseKind::kBeyondStaleness, act));
    if (!found.ok() || !found->has_value()) return false;
    return (*found)->row.state == domain::CaseState::kClosed;
  }
  size_t streams() const { return centre_->resident().nodes.at(log_.node()).streams.size(); }

  base::Prng prng_{7};
  std::unique_ptr<storage::KvStore> store_ = storage::MakeMemoryStore();
  NodeLog log_{"susut", "susut-1"};
  std::unique_ptr<CentralNode> centre_;
};

TEST_F(NodeLogsTest, NothingIsHeldOfALogThatIsOnlyNamedAsTheOneBefore) {
  const auto gone = domain::IncarnationId::Of("gone");
  log_.Add(domain::IncarnationOpened{.reason = domain::IncarnationReason::kRestored,
                                     .parent = gone,
                                     .parent_seq = 7,
                                     .parent_head = crypto::Sha256({"its head"}),
                                     .public_key = log_.public_key()});
  Deliver(1);
  ASSERT_TRUE(centre_->resident().nodes.at(log_.node()).streams.contains(gone));
  EXPECT_EQ(centre_->logs().End(log_.node(), gone).seq, 0u);
}

TEST_F(NodeLogsTest, ALogInOrderIsFoundWhereItEnds) {
  Write("a", 10);
  EXPECT_EQ(Find().held, sync::Head());
  EXPECT_FALSE(Find().problem.has_value());
  Deliver(1, 6);
  EXPECT_EQ(Find().held, HeadAt(6));
  EXPECT_FALSE(Find().problem.has_value());
  Deliver(7);
  EXPECT_EQ(Find().common, HeadAt(10));
  EXPECT_FALSE(Find().problem.has_value());
}

TEST_F(NodeLogsTest, ALogThatEndsEarlierWasSetBack) {
  Write("a", 10);
  Deliver(1);
  log_.TruncateTo(7);
  const LogPlace place = Find();
  EXPECT_EQ(place.common, HeadAt(7));
  EXPECT_EQ(place.held.seq, 10u);
  ASSERT_TRUE(place.problem.has_value());
  EXPECT_EQ(place.problem->kind, sync::ProblemKind::kRollback);
  // It never was one log with one end again, even when it is as long as before.
  ASSERT_TRUE(centre_->NoteRollback(Now(), log_.node(), log_.incarnation(), HeadAt(7), 10).ok());
  ASSERT_TRUE(centre_->NoteRollback(Now(), log_.node(), log_.incarnation(), HeadAt(7), 10).ok());
  const uint64_t own = centre_->log_head().seq;
  ASSERT_TRUE(centre_->NoteRollback(Now(), log_.node(), log_.incarnation(), HeadAt(7), 10).ok());
  EXPECT_EQ(centre_->log_head().seq, own) << "noted once";
}

TEST_F(NodeLogsTest, WhatItLostIsReadBackAsItWasSigned) {
  Write("a", 10);
  Deliver(1, 4);
  Deliver(5, 9);
  Deliver(10);
  const auto tail = centre_->logs().ReadSegment(log_.node(), log_.incarnation(), 7);
  ASSERT_TRUE(tail.ok()) << tail.status();
  EXPECT_EQ(tail->first_seq, 7u);
  EXPECT_THAT(tail->entries, SizeIs(3));
  EXPECT_EQ(tail->signature, log_.SegmentFrom(5, 9).signature);
  EXPECT_TRUE(
      absl::IsNotFound(centre_->logs().ReadSegment(log_.node(), log_.incarnation(), 11).status()));
  EXPECT_TRUE(
      absl::IsNotFound(centre_->logs().ReadSegment(log_.node(), log_.incarnation(), 0).status()));
}

TEST_F(NodeLogsTest, ABranchBeginsWhereTheLogsPart) {
  Write("a", 20);
  Deliver(1);
  log_.TruncateTo(5);
  Write("b", 9);
  const LogPlace place = Find();
  ASSERT_TRUE(place.problem.has_value());
  EXPECT_EQ(place.problem->kind, sync::ProblemKind::kFork);
  EXPECT_LE(place.common.seq, 5u);
  // From where the two surely agree, in small parts; each is receipted for what its sender has.
  for (uint64_t from = place.common.seq + 1; from <= log_.size(); ++from) {
    const SegmentResult result = Deliver(from, from);
    EXPECT_TRUE(result.receipted()) << from << ": " << result.detail;
    EXPECT_EQ(result.held, HeadAt(from));
    EXPECT_EQ(result.branched, from == 6) << from;
  }
  EXPECT_EQ(streams(), 2u);
  EXPECT_EQ(Find().common, HeadAt(14));
  EXPECT_THAT(Find().problem->detail, HasSubstr("from entry 6 on"));
}

TEST_F(NodeLogsTest, ABranchMayBranch) {
  Write("a", 8);
  Deliver(1);
  log_.TruncateTo(4);
  Write("b", 6);
  Deliver(1);
  log_.TruncateTo(7);
  Write("c", 3);
  EXPECT_TRUE(Deliver(8).branched);
  EXPECT_EQ(streams(), 3u);
  EXPECT_EQ(Deliver(1).verdict, SegmentVerdict::kAlreadyHeld);
  // Every entry of the third can be read through the two that it leaves.
  const domain::IncarnationId branch = domain::BranchName(HeadAt(8).hash);
  for (uint64_t seq = 1; seq <= log_.size(); ++seq) {
    const auto bytes = centre_->logs().EntryAt(log_.node(), branch, seq);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    EXPECT_EQ(*bytes, log_.entries().at(seq - 1));
  }
}

// Two prints were allowed without contact, and the log forks after the first one: each branch has
// one left, whatever the others did with theirs.
TEST_F(NodeLogsTest, ABranchKnowsWhatWasAllowedInThePartThatItShares) {
  log_.Add(domain::OverrideGranted{.act = domain::ActId::Of("word"),
                                   .kind = domain::OverrideKind::kStaleness,
                                   .printer = {},
                                   .prints = 2,
                                   .operator_id = domain::OperatorId::Of("made")});
  Print("shared");
  const size_t shared = log_.size();
  Print("main");
  Deliver(1);
  EXPECT_TRUE(Allowed("main"));
  log_.TruncateTo(shared);
  Write("b", 2);
  Print("branch");
  EXPECT_TRUE(Deliver(1).branched);
  EXPECT_TRUE(Allowed("branch"));
  Print("more");
  Deliver(1);
  EXPECT_FALSE(Allowed("more")) << "two were allowed";
  log_.TruncateTo(shared + 1);
  Print("second-branch");
  EXPECT_TRUE(Deliver(1).branched);
  EXPECT_TRUE(Allowed("second-branch"));
  EXPECT_EQ(streams(), 3u);
  const auto live = TablesDigest(*store_);
  const auto again = ReplayDigest(*store_, centre_->options());
  ASSERT_TRUE(live.ok() && again.ok()) << live.status() << again.status();
  EXPECT_EQ(live->Hex(), again->Hex());
}

TEST_F(NodeLogsTest, ASupersededIncarnationStillDelivers) {
  Write("a", 3);
  Deliver(1);
  ASSERT_EQ(centre_
                ->Handle(Now(), EnrolNode{.node = log_.node(),
                                          .incarnation = domain::IncarnationId::Of("susut-2"),
                                          .public_key = std::string(32, 'k')})
                ->outcome,
            CommandOutcome::kDone);
  Write("late", 2);
  ASSERT_TRUE(Find().problem.has_value());
  EXPECT_EQ(Find().problem->kind, sync::ProblemKind::kSuperseded);
  EXPECT_EQ(Deliver(4).verdict, SegmentVerdict::kAccepted);
}

TEST_F(NodeLogsTest, WhoIsNotEnrolledIsNotFound) {
  sync::Hello hello;
  hello.node = NodeId::Of("bangli");
  hello.incarnation = domain::IncarnationId::Of("bangli-1");
  EXPECT_TRUE(absl::IsNotFound(centre_->logs().Find(hello).status()));
}

}  // namespace
}  // namespace keping::central
