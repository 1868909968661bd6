// The centre's tables are projections of the logs: after any history, with failed writes and
// restarts in between, replaying the logs gives the same tables.

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/store/central_node.h"
#include "central_node/store/queries.h"
#include "central_node/store/replay.h"
#include "central_node/store/trace.h"
#include "common/storage/faulty_store.h"
#include "common/wire/feed_codec.h"
#include "gtest/gtest.h"
#include "keping/national/v1/national.pb.h"
#include "tests/support/central_chaos.h"
#include "tests/support/node_log.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: every kind of event is made here
using keping::testing::CentralChaos;
using keping::testing::NodeLog;
using storage::FaultyStore;

class District {
 public:
  // `boxed`: blanks also come by quantity.
  explicit District(uint64_t seed, bool boxed = false)
      : boxed_(boxed), chaos_(seed, /*forked=*/false, /*counted=*/false, boxed) {
    for (const std::string node : {"susut", "bangli"}) {
      logs_.push_back(std::make_unique<NodeLog>(node, node + "-1"));
    }
    Reopen();
    for (const auto& log : logs_) Enrol(*log);
  }

  void Step() {
    switch (chaos_.prng().Below(12)) {
      case 0:
        return Keep(centre_->ReceiveAllotments(now_, SomeAllotment(), ++cursor_));
      case 1:
        return Keep(centre_->ReceiveRecords(now_, {SomeRecord()}, ++cursor_));
      case 2:
        return Keep(centre_->ReceiveWithdrawals(
            now_, {{{.prr = SomePrr(), .version = 2, .reason = WithdrawalReason::kMove}}},
            ++cursor_));
      case 3:
        if (boxed_ && chaos_.prng().Chance(1, 2)) return SendBox();
        return Keep(centre_
                        ->Handle(now_, Dispatch{.transfer = TransferId::Of(
                                                    absl::StrCat("t", chaos_.prng().Below(4))),
                                                .node = chaos_.AnyNode(),
                                                .quantity = 1 + chaos_.prng().Below(4),
                                                .serials = {}})
                        .status());
      case 4:
        return Keep(
            centre_
                ->Handle(now_, MoveLease{.prr = SomePrr(),
                                         .to = chaos_.AnyNode(),
                                         .forced = chaos_.prng().Chance(1, 2),
                                         .although_maybe_printed = chaos_.prng().Chance(1, 2)})
                .status());
      case 5:
        return AnswerReports();
      case 6:
        store_.FailNextWrite(chaos_.prng().Chance(1, 2) ? FaultyStore::Failure::kNotWritten
                                                        : FaultyStore::Failure::kUnknownButWritten);
        return;
      case 7:
        if (chaos_.prng().Chance(1, 6)) return DeclareLost();
        [[fallthrough]];
      default:
        return Deliver(*logs_[chaos_.prng().Below(2)]);
    }
  }

  void SendBox() {
    Keep(centre_
             ->Handle(now_, Dispatch{.transfer =
                                         TransferId::Of(absl::StrCat("t", chaos_.prng().Below(4))),
                                     .node = chaos_.AnyNode(),
                                     .quantity = 0,
                                     .serials = {},
                                     .boxes = {chaos_.AnyBoxId()}})
             .status());
  }

  void DeclareLost() {
    Keep(centre_
             ->Handle(now_, CloseNode{.node = chaos_.AnyNode(),
                                      .end = NodeEnd::kLost,
                                      .by = OperatorId::Of("kadis"),
                                      .second = OperatorId::Of("sekdis"),
                                      .document = DocumentNumber::Of("470/1/2017")})
             .status());
  }

  void Check() {
    for (const auto& log : logs_) Ingest(*log);
    Reopen();
    const absl::StatusOr<crypto::Hash> live = TablesDigest(store_);
    const absl::StatusOr<crypto::Hash> again = ReplayDigest(store_, Options());
    ASSERT_TRUE(live.ok() && again.ok()) << live.status() << again.status();
    EXPECT_EQ(live->Hex(), again->Hex());
    const DistrictStatus status = StatusOf(*centre_);
    EXPECT_TRUE(status.conserved);
    for (const auto& log : logs_) {
      EXPECT_EQ(centre_->held(log->node(), log->incarnation())->seq, log->size());
      CheckFeed(log->node());
    }
    const absl::StatusOr<std::vector<CaseView>> cases = ReadCases(*centre_);
    ASSERT_TRUE(cases.ok()) << cases.status();
    for (const CaseView& one : *cases) {
      EXPECT_FALSE(one.row.evidence.empty());
      CheckEvidence(one);
    }
  }

 private:
  CentralOptions Options() {
    return {
        .centre = NodeId::Of("district"),
        .settings = {.offices = {{NodeId::Of("susut"), "51.06.01"}, {NodeId::Of("bangli"), ""}}},
        .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'k')),
        .nik_lookup_key = "look-up",
        .random = [this](size_t size) { return chaos_.prng().Bytes(size); }};
  }

  void Reopen() {
    centre_.reset();
    store_.Reopen();
    auto opened = CentralNode::Open(&store_, Options(), now_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    centre_ = *std::move(opened);
  }

  // Whatever a case rests on is found again, byte for byte.
  void CheckEvidence(const CaseView& one) {
    const absl::StatusOr<std::optional<CaseTrace>> trace = TraceCase(*centre_, one.id);
    ASSERT_TRUE(trace.ok()) << trace.status();
    std::set<crypto::Hash> found;
    for (const TracedFact& fact : (*trace)->evidence) found.insert(fact.ref.id);
    EXPECT_EQ(found, one.row.evidence) << one.id.value() << " of " << one.row.entity;
  }

  // A failed write is answered as the program does: by starting over.
  void Keep(const absl::Status& status) {
    if (!status.ok()) Reopen();
  }

  void Enrol(const NodeLog& log) {
    Keep(centre_
             ->Handle(now_, EnrolNode{.node = log.node(),
                                      .incarnation = log.incarnation(),
                                      .public_key = log.public_key()})
             .status());
  }

  PrrId SomePrr() { return keping::testing::Prr(chaos_.prng().Below(keping::testing::kRecords)); }

  AllotmentsArrived SomeAllotment() {
    SerialSet serials;
    for (int i = 0; i < 4; ++i) {
      serials.Insert(keping::testing::Blank(chaos_.prng().Below(keping::testing::kBlanks)));
    }
    return {{{.allotment = AllotmentId::Of(absl::StrCat("a", chaos_.prng().Below(6))),
              .bast_number = "B",
              .serials = serials,
              .boxes = boxed_ ? chaos_.SomeBoxes() : std::vector<Box>()}}};
  }

  ArrivedRecord SomeRecord() {
    national::v1::Record proto;
    proto.set_prr(SomePrr().value());
    proto.set_version(static_cast<uint32_t>(1 + chaos_.prng().Below(3)));
    proto.set_nik("5106014101900042");
    proto.set_village_code("51.06.01.2001");
    return *ReadRecord(proto);
  }

  void AnswerReports() {
    const auto pending = centre_->PendingReports(2);
    if (!pending.ok()) return Reopen();
    ReportAnswersArrived answers;
    for (const NamedReport& report : *pending) {
      answers.answers.push_back({.item = report.item,
                                 .kind = report.row.kind,
                                 .accepted = chaos_.prng().Chance(2, 3),
                                 .reason = "unknown_prr"});
    }
    Keep(centre_->ReceiveReportAnswers(now_, answers));
  }

  void Deliver(NodeLog& log) {
    for (uint64_t n = 1 + chaos_.prng().Below(4); n > 0; --n) {
      const Event event = chaos_.NodeEvent();
      log.Add(event);
      chaos_.Remember(HashEntryBytes(log.entries().back()), event);
    }
    if (chaos_.prng().Chance(2, 3)) Ingest(log);
  }

  // Everything after what is held, and sometimes a bit of what is held already.
  void Ingest(const NodeLog& log) {
    while (true) {
      const uint64_t held = centre_->held(log.node(), log.incarnation())->seq;
      if (held == log.size()) return;
      const uint64_t first = held > 0 && chaos_.prng().Chance(1, 3) ? held : held + 1;
      Keep(centre_->Ingest(now_, log.node(), log.SegmentFrom(first), log.verifier()).status());
    }
  }

  void CheckFeed(const NodeId& node) {
    FeedState state;
    uint64_t from = 0;
    const sync::FeedBatch all = *centre_->ReadFeed(node, 0, {.items = 10'000, .bytes = 1 << 24});
    ASSERT_TRUE(all.at_head);
    for (const std::string& bytes : all.items) {
      const FeedItem item = *wire::DecodeFeedItem(bytes);
      EXPECT_GT(item.position, from);
      from = item.position;
      state.Apply(item.key, 0, item.version);
    }
    EXPECT_EQ(state.hash(), all.state);
  }

  const time::Moment now_{.wall = absl::FromUnixSeconds(1'500'000'000),
                          .monotonic = absl::Seconds(1),
                          .boot_id = "boot"};
  const bool boxed_;
  CentralChaos chaos_;
  FaultyStore store_;
  std::unique_ptr<CentralNode> centre_;
  std::vector<std::unique_ptr<NodeLog>> logs_;
  uint64_t cursor_ = 0;
};

TEST(CentralReplayTest, TheLogsGiveTheTablesAgain) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    District district(seed);
    for (int i = 0; i < 80; ++i) district.Step();
    district.Check();
    if (HasFailure()) return;
  }
}

TEST(CentralReplayTest, TheLogsGiveTheBoxesAgain) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    District district(seed, /*boxed=*/true);
    for (int i = 0; i < 80; ++i) district.Step();
    district.Check();
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace keping::central
