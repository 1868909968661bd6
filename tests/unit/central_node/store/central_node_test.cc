#include "central_node/store/central_node.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_policy.h"
#include "central_node/store/explain_case.h"
#include "central_node/store/queries.h"
#include "central_node/store/records.h"
#include "central_node/store/replay.h"
#include "central_node/store/trace.h"
#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "common/storage/key_space.h"
#include "common/wire/feed_codec.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "keping/national/v1/national.pb.h"
#include "tests/support/node_log.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a day at the counter
using keping::testing::NodeLog;
using ledger::Account;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Failure = storage::FaultyStore::Failure;

CentralOptions Options() {
  static base::Prng& prng = *new base::Prng(7);
  return {.centre = NodeId::Of("district"),
          .settings = {.offices = {{NodeId::Of("susut"), "51.06.01"}}},
          .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'k')),
          .nik_lookup_key = "look-up",
          .random = [](size_t size) { return prng.Bytes(size); }};
}

time::Moment Now() {
  return {.wall = absl::FromUnixSeconds(1'500'000'000),
          .monotonic = absl::Seconds(1),
          .boot_id = "boot"};
}

ArrivedRecord Record(const std::string& prr, uint32_t version = 1) {
  national::v1::Record proto;
  proto.set_prr(prr);
  proto.set_version(version);
  proto.set_nik("5106014101900042");
  proto.set_village_code("51.06.01.2001");
  proto.set_picture(std::string(500, 'p'));
  return *ReadRecord(proto);
}

class CentralNodeTest : public ::testing::Test {
 protected:
  CentralNodeTest() : susut_("susut", "susut-1") { Reopen(); }

  void Reopen() {
    centre_.reset();
    store_.Reopen();
    CentralOptions options = Options();
    options.judged_at_once = judged_at_once_;
    auto opened = CentralNode::Open(&store_, std::move(options), Now());
    ASSERT_TRUE(opened.ok()) << opened.status();
    centre_ = *std::move(opened);
  }

  CommandOutcome Enrol() {
    return centre_
        ->Handle(Now(), EnrolNode{.node = susut_.node(),
                                  .incarnation = susut_.incarnation(),
                                  .public_key = susut_.public_key()})
        ->outcome;
  }

  // A node with ten blanks on the way and two records leased to it.
  void StartDay() {
    EXPECT_EQ(Enrol(), CommandOutcome::kDone);
    SerialSet serials;
    for (int i = 0; i < 20; ++i) serials.Insert(BlankSerial::Of(absl::StrCat("A", 1000 + i)));
    EXPECT_TRUE(
        centre_
            ->ReceiveAllotments(
                Now(),
                {{{.allotment = AllotmentId::Of("a1"), .bast_number = "B/1", .serials = serials}}},
                1)
            .ok());
    EXPECT_TRUE(centre_->ReceiveRecords(Now(), {Record("p1"), Record("p2")}, 2).ok());
    EXPECT_EQ(centre_
                  ->Handle(Now(), Dispatch{.transfer = TransferId::Of("t1"),
                                           .node = susut_.node(),
                                           .quantity = 10,
                                           .serials = {}})
                  ->outcome,
              CommandOutcome::kDone);
    SerialSet sent = serials;
    susut_.Add(BlanksReceived{.act = ActId::Of("receive"),
                              .transfer = TransferId::Of("t1"),
                              .operator_id = OperatorId::Of("op"),
                              .received = sent.Take(10),
                              .missing = {},
                              .unexpected = {}});
  }

  void AddCard(const std::string& act, const std::string& prr, const std::string& blank) {
    susut_.Add(PrintIntended{.act = ActId::Of(act),
                             .prr = PrrId::Of(prr),
                             .prr_version = 1,
                             .blank = BlankSerial::Of(blank),
                             .attempt = 1,
                             .printer = PrinterId::Of("p"),
                             .operator_id = OperatorId::Of("op"),
                             .lease_epoch = {1, 1},
                             .control_position = 1,
                             .control_state = {},
                             .proven_seq = 0,
                             .application_version = ApplicationVersion::Of("v1")});
    susut_.Add(PrintVerified{.act = ActId::Of(act),
                             .blank = BlankSerial::Of(blank),
                             .operator_id = OperatorId::Of("op")});
  }

  SegmentResult Ingest(const sync::Segment& segment) {
    auto result = centre_->Ingest(Now(), susut_.node(), segment, susut_.verifier());
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : SegmentResult();
  }

  void ExpectReplayGivesTheSame() {
    auto live = TablesDigest(store_);
    auto again = ReplayDigest(store_, Options());
    ASSERT_TRUE(live.ok()) << live.status();
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(live->Hex(), again->Hex());
  }

  storage::FaultyStore store_;
  std::unique_ptr<CentralNode> centre_;
  size_t judged_at_once_ = 64;
  NodeLog susut_;
};

TEST_F(CentralNodeTest, ADayIsReceiptedAndSurvivesReopening) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  const SegmentResult result = Ingest(susut_.SegmentFrom(1));
  EXPECT_EQ(result.verdict, SegmentVerdict::kAccepted);
  EXPECT_EQ(result.held.seq, 3u);
  EXPECT_EQ(result.held.hash, HashEntryBytes(susut_.entries().back()));
  const DistrictStatus before = StatusOf(*centre_);
  EXPECT_TRUE(before.conserved);
  EXPECT_EQ(before.prrs.at(PrrState::kPrinted), 1u);
  EXPECT_EQ(before.reports.pending, 1u);
  Reopen();
  const DistrictStatus after = StatusOf(*centre_);
  EXPECT_TRUE(after.conserved);
  EXPECT_EQ(after.prrs, before.prrs);
  EXPECT_EQ(after.closing.totals, before.closing.totals);
  EXPECT_EQ(after.reports.pending, 1u);
  EXPECT_EQ(after.generation, before.generation);
  EXPECT_EQ(centre_->held(susut_.node(), susut_.incarnation()), result.held);
  EXPECT_THAT(NodesOf(*centre_), SizeIs(1));
  EXPECT_EQ(centre_->last_contact(susut_.node()), Now().wall);
  ExpectReplayGivesTheSame();
}

// The only case of its kind, in words.
std::vector<std::string> Explain(const CentralNode& centre, CaseKind kind) {
  const auto cases =
      ReadCases(centre, {.open_only = false, .kinds = {kind}, .node = {}, .after = {}});
  if (!cases.ok() || cases->size() != 1) return {};
  return InWords(ExplainCase(centre, cases->front().row).value_or(std::vector<Remark>()));
}

TEST_F(CentralNodeTest, CountsAndReportedFiguresSurviveReopening) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  susut_.Add(ShiftOpened{.act = ActId::Of("shift"),
                         .operator_id = OperatorId::Of("op"),
                         .counted = 9,
                         .proof_code = {},
                         .book = 9});
  susut_.Add(StockCounted{.act = ActId::Of("count"),
                          .pile = Pile::kTray,
                          .counted = {},
                          .missing = {BlankSerial::Of("A1001")},
                          .surplus = {BlankSerial::Of("A1000")},
                          .operator_id = OperatorId::Of("op"),
                          .second = {}});
  Ingest(susut_.SegmentFrom(1));
  const OperatorId rai = OperatorId::Of("rai");
  EXPECT_TRUE(
      centre_->Handle(Now(), SetOfficer{.officer = rai, .role = Role::kAdministrator, .by = rai})
          .ok());
  EXPECT_TRUE(
      centre_
          ->Handle(Now(), Enter{.entry = FiguresReported{.act = ActId::Of("figures"),
                                                         .kind = FigureKind::kPrinted,
                                                         .node = {},
                                                         .upto = absl::CivilDay(2017, 4, 27),
                                                         .parts = {{.label = "", .quantity = 84}},
                                                         .total = 85,
                                                         .document = DocumentNumber::Of("470/1"),
                                                         .by = rai},
                                .by = rai})
          .ok());
  ExpectReplayGivesTheSame();
  Reopen();
  // The blank of the count turns up: what was stored is what is judged.
  const uint64_t last = susut_.size();
  AddCard("job2", "p2", "A1001");
  Ingest(susut_.SegmentFrom(last + 1));
  EXPECT_EQ(centre_->resident().centre.differing.size(), 1u);
  EXPECT_EQ(centre_->resident().centre.uncompared.size(), 1u);
  EXPECT_THAT(Explain(*centre_, CaseKind::kCountVariance),
              ElementsAre("1 blank is missing and 1 is more than the book says.",
                          HasSubstr("A1000, too many; by the book a finished card"),
                          "A1001 was found since."));
  EXPECT_THAT(Explain(*centre_, CaseKind::kReportContradiction),
              ElementsAre("470/1 says 85 printed at all offices up to 2017-04-27.",
                          "Its own parts make 84 (84): the total says 1 more."));
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, ARepeatedSegmentIsHarmless) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  Ingest(susut_.SegmentFrom(1));
  const crypto::Hash before = *TablesDigest(store_);
  EXPECT_EQ(Ingest(susut_.SegmentFrom(1)).verdict, SegmentVerdict::kAlreadyHeld);
  EXPECT_EQ(Ingest(susut_.SegmentFrom(2, 2)).held.seq, 2u) << "no more than was sent";
  EXPECT_EQ(*TablesDigest(store_), before);
  AddCard("job2", "p2", "A1001");
  const SegmentResult overlapping = Ingest(susut_.SegmentFrom(2));
  EXPECT_EQ(overlapping.verdict, SegmentVerdict::kAccepted);
  EXPECT_EQ(overlapping.new_entries, 2u);
}

TEST_F(CentralNodeTest, AGapTellsTheSeqThatIsWanted) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  const SegmentResult result = Ingest(susut_.SegmentFrom(2));
  EXPECT_EQ(result.verdict, SegmentVerdict::kGap);
  EXPECT_FALSE(result.receipted());
  EXPECT_EQ(result.held.seq, 0u);
  EXPECT_THAT(result.detail, HasSubstr("want them from seq 1"));
}

TEST_F(CentralNodeTest, AGapIsACaseUntilItIsFilled) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  const auto gap = [this] {
    CaseFilter gaps;
    gaps.kinds = {CaseKind::kLogGap};
    const auto cases = ReadCases(*centre_, gaps);
    EXPECT_EQ(cases->size(), 1u);
    return cases->front();
  };
  Ingest(susut_.SegmentFrom(2));
  EXPECT_EQ(gap().row.state, domain::CaseState::kOpen);
  EXPECT_EQ(gap().row.revision, 1u);
  Ingest(susut_.SegmentFrom(2));
  EXPECT_EQ(gap().row.revision, 1u) << "the same again says nothing new";
  Ingest(susut_.SegmentFrom(1, 2));
  EXPECT_EQ(gap().row.state, domain::CaseState::kOpen) << "more was written";
  Ingest(susut_.SegmentFrom(3));
  EXPECT_EQ(gap().row.state, domain::CaseState::kClosed);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, TheSameSeqWithAnotherHashIsAFork) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  Ingest(susut_.SegmentFrom(1));
  susut_.TruncateTo(1);
  AddCard("job2", "p2", "A1001");
  AddCard("job3", "p2", "A1002");
  // What starts after the entries that differ cannot be placed.
  const SegmentResult after = Ingest(susut_.SegmentFrom(4));
  EXPECT_EQ(after.verdict, SegmentVerdict::kFork);
  EXPECT_FALSE(after.receipted());
  EXPECT_THAT(after.detail, HasSubstr("at seq 3"));
  EXPECT_EQ(after.held.seq, 3u);

  const uint64_t written = susut_.entries().size();
  const SegmentResult forked = Ingest(susut_.SegmentFrom(1));
  EXPECT_TRUE(forked.branched);
  EXPECT_TRUE(forked.receipted());
  EXPECT_EQ(forked.new_entries, written - 1);
  EXPECT_EQ(forked.held.seq, written);
  EXPECT_EQ(centre_->held(susut_.node(), susut_.incarnation())->seq, 3u) << "the first one stays";
  EXPECT_EQ(Ingest(susut_.SegmentFrom(1)).verdict, SegmentVerdict::kAlreadyHeld);
  // The branch goes on like any log.
  AddCard("job4", "p3", "A1003");
  EXPECT_EQ(Ingest(susut_.SegmentFrom(written + 1)).verdict, SegmentVerdict::kAccepted);
  EXPECT_EQ(StatusOf(*centre_).prrs.at(PrrState::kPrinted), 3u) << "a fact is a fact";
  EXPECT_TRUE(StatusOf(*centre_).conserved);
  Reopen();
  EXPECT_EQ(Ingest(susut_.SegmentFrom(2)).verdict, SegmentVerdict::kAlreadyHeld);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, WhatIsAllottedUnderBothOfItsNamesCountsOnce) {
  StartDay();
  const char* uid = "04A1B2C3D4E5F6";
  EXPECT_TRUE(centre_
                  ->ReceiveAllotments(Now(),
                                      {{{.allotment = AllotmentId::Of("a2"),
                                         .bast_number = "B/2",
                                         .serials = *SerialSet::Parse(uid)}}},
                                      2)
                  .ok());
  susut_.Add(BlankIdentified{.act = ActId::Of("named"),
                             .printed = BlankSerial::Of("A1000"),
                             .uid = BlankSerial::Of(uid),
                             .operator_id = OperatorId::Of("op")});
  EXPECT_EQ(StatusOf(*centre_).blanks_allotted, 21u);
  Ingest(susut_.SegmentFrom(1));
  EXPECT_EQ(StatusOf(*centre_).blanks_allotted, 20u);
  EXPECT_TRUE(StatusOf(*centre_).conserved);
  Reopen();
  EXPECT_TRUE(StatusOf(*centre_).conserved);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, WhatIsNotSignedByTheEnrolledKeyIsRefused) {
  StartDay();
  sync::Segment segment = susut_.SegmentFrom(1);
  segment.signature[0] ^= 1;
  EXPECT_EQ(Ingest(segment).verdict, SegmentVerdict::kBadSignature);
  segment = susut_.SegmentFrom(1);
  segment.entries[0].back() ^= 1;
  EXPECT_NE(Ingest(segment).verdict, SegmentVerdict::kAccepted);
  NodeLog stranger("susut", "susut-2");
  stranger.Add(PrintCompleted{.act = ActId::Of("x")});
  EXPECT_EQ(Ingest(stranger.SegmentFrom(1)).verdict, SegmentVerdict::kUnknownIncarnation);
  EXPECT_EQ(centre_->held(susut_.node(), susut_.incarnation())->seq, 0u);
}

TEST_F(CentralNodeTest, ASegmentThatNamesMoreBlanksThanOfficesHaveIsRefusedUnread) {
  StartDay();
  BlanksReceived claim{.act = ActId::Of("claim"),
                       .transfer = TransferId::Of("t9"),
                       .operator_id = OperatorId::Of("op"),
                       .received = {},
                       .missing = {},
                       .unexpected = *SerialSet::Parse("Q000000..Q999999")};
  susut_.Add(claim);
  const SegmentResult result = Ingest(susut_.SegmentFrom(1));
  EXPECT_EQ(result.verdict, SegmentVerdict::kBadSegment);
  EXPECT_THAT(result.detail, HasSubstr("names 1000010 blanks, want at most 100000"));
  EXPECT_EQ(result.held.seq, 0u);
  EXPECT_EQ(Ingest(susut_.SegmentFrom(1, 1)).held.seq, 1u);
}

TEST_F(CentralNodeTest, AnEntryOfAnotherNodeIsRefused) {
  StartDay();
  NodeLog other("bangli", "susut-1");
  other.Add(PrintCompleted{.act = ActId::Of("x")});
  EXPECT_EQ(Ingest(other.SegmentFrom(1)).verdict, SegmentVerdict::kBadSegment);
}

TEST_F(CentralNodeTest, AnUnknownTypeIsKeptByteForByteAndSkipped) {
  StartDay();
  susut_.AddRaw(9999, "of a later version");
  susut_.AddRaw(5, "not a print intent");
  AddCard("job1", "p1", "A1000");
  EXPECT_EQ(Ingest(susut_.SegmentFrom(1)).held.seq, 5u);
  EXPECT_EQ(NodesOf(*centre_)[0].skipped, 2u);
  EXPECT_EQ(*store_.Get(storage::NodeEntryKey("susut", "susut-1", 2)), susut_.entries()[1]);
  EXPECT_EQ(StatusOf(*centre_).prrs.at(PrrState::kPrinted), 1u);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, TheFeedCarriesRecordsAndItsStateFollowsFromTheItems) {
  StartDay();
  EXPECT_TRUE(
      centre_
          ->Handle(Now(), AddOperator{.operator_id = OperatorId::Of("op"), .node = susut_.node()})
          .ok());
  ASSERT_TRUE(centre_
                  ->ReceiveWithdrawals(
                      Now(),
                      {{{.prr = PrrId::Of("p2"), .version = 2, .reason = WithdrawalReason::kMove}}},
                      1)
                  .ok());
  std::map<std::string, uint64_t> versions;
  std::map<std::string, PrrItem> prrs;
  FeedState state;
  uint64_t from = 0;
  sync::FeedBatch batch;
  do {
    batch = *centre_->ReadFeed(susut_.node(), from, {.items = 1, .bytes = 1 << 20});
    for (const std::string& bytes : batch.items) {
      const FeedItem item = *wire::DecodeFeedItem(bytes);
      state.Apply(item.key, versions[item.key], item.version);
      versions[item.key] = item.version;
      if (const auto* prr = std::get_if<PrrItem>(&item.body)) prrs[prr->prr.value()] = *prr;
    }
    ASSERT_GT(batch.to, from);
    from = batch.to;
  } while (!batch.at_head);
  EXPECT_EQ(from, centre_->feed_head(susut_.node()));
  EXPECT_EQ(state.hash(), batch.state);
  EXPECT_EQ(state.hash(), centre_->feed_state(susut_.node()));
  EXPECT_THAT(versions, SizeIs(4));  // two records, a transfer, an operator
  EXPECT_EQ(prrs["p1"].nik_tail, "0042");
  EXPECT_THAT(prrs["p1"].record, HasSubstr(std::string(500, 'p')));
  EXPECT_TRUE(prrs["p2"].withdrawn);
  EXPECT_THAT(prrs["p2"].record, IsEmpty());
  EXPECT_EQ(prrs["p2"].prr_version, 2u);
}

TEST_F(CentralNodeTest, AReplacedItemIsCompactedAway) {
  StartDay();
  const uint64_t head = centre_->feed_head(susut_.node());
  for (const domain::Role role :
       {domain::Role::kOperator, domain::Role::kSupervisor, domain::Role::kAuditor}) {
    ASSERT_TRUE(centre_
                    ->Handle(Now(), AddOperator{.operator_id = OperatorId::Of("op"),
                                                .node = susut_.node(),
                                                .role = role})
                    .ok());
  }
  const sync::FeedBatch batch =
      *centre_->ReadFeed(susut_.node(), head, {.items = 100, .bytes = 1 << 20});
  EXPECT_THAT(batch.items, SizeIs(1));
  EXPECT_EQ(batch.to, head + 3);
  EXPECT_TRUE(batch.at_head);
}

TEST_F(CentralNodeTest, PersonalDataIsSealedAtRest) {
  StartDay();
  ASSERT_TRUE(store_
                  .Scan("", "",
                        [](absl::string_view key, absl::string_view value) {
                          EXPECT_EQ(value.find("5106014101900042"), absl::string_view::npos);
                          EXPECT_EQ(value.find("pppppppp"), absl::string_view::npos);
                          EXPECT_EQ(key.find("5106014101900042"), absl::string_view::npos);
                          return true;
                        })
                  .ok());
}

TEST_F(CentralNodeTest, ARecordThatIsHandedOverTwiceKeepsTheSealThatItsEventNames) {
  StartDay();
  const crypto::Hash before = *TablesDigest(store_);
  const std::string sealed = **store_.Get(SideRecordKey(PrrId::Of("p1"), 1));
  ASSERT_TRUE(centre_->ReceiveRecords(Now(), {Record("p1")}, 2).ok());
  EXPECT_EQ(**store_.Get(SideRecordKey(PrrId::Of("p1"), 1)), sealed);
  EXPECT_EQ((*ReadPrr(*centre_, PrrId::Of("p1")))->row.facts.versions[0].record_digest,
            crypto::Sha256({sealed}));
  EXPECT_EQ(*TablesDigest(store_), before);
}

TEST_F(CentralNodeTest, ANewDataKeySealsTheKeysOfRecordsAndNotTheRecords) {
  StartDay();
  const std::string record_key = SideRecordKey(PrrId::Of("p1"), 1);
  const std::string sealed = **store_.Get(record_key);
  ASSERT_TRUE(centre_->RotateDataKey(std::string(crypto::kSealKeySize, 'n')).ok());
  EXPECT_TRUE(
      absl::IsFailedPrecondition(centre_->RotateDataKey(std::string(crypto::kSealKeySize, 'o'))));
  while (*centre_->ResealSome()) {
  }
  EXPECT_EQ(**store_.Get(record_key), sealed) << "its event names the hash of these bytes";
  EXPECT_EQ(centre_->sealed_rows().named_keys(),
            std::vector{crypto::KeyIdOf(std::string(crypto::kSealKeySize, 'n'))});
  const auto opened = OpenSideRecord(store_, centre_->sealed_rows(), PrrId::Of("p1"), 1);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->nik_tail, "0042");
}

TEST_F(CentralNodeTest, ANewDataKeyLeavesAFirstPasswordAsItsEventNamesIt) {
  StartDay();
  const AddOperator person{.operator_id = OperatorId::Of("ayu"), .node = susut_.node()};
  ASSERT_EQ(centre_->Handle(Now(), person, "verifier")->outcome, CommandOutcome::kDone);
  const std::string prefix(storage::kFirstPasswordPrefix);
  const auto row = *store_.Last(prefix, storage::PrefixEnd(prefix));
  ASSERT_TRUE(row.has_value());
  ASSERT_TRUE(centre_->RotateDataKey(std::string(crypto::kSealKeySize, 'n')).ok());
  while (*centre_->ResealSome()) {
  }
  EXPECT_EQ(*store_.Last(prefix, storage::PrefixEnd(prefix)), row);
  EXPECT_EQ(*OpenFirstPassword(store_, centre_->sealed_rows(), susut_.node(), person.operator_id),
            "verifier");
  EXPECT_EQ(centre_->sealed_rows().unreadable_rows(), 0u);

  ASSERT_TRUE(CentralNode::DropSideRecords(store_).ok());
  EXPECT_EQ(*OpenFirstPassword(store_, centre_->sealed_rows(), susut_.node(), person.operator_id),
            "");
}

TEST_F(CentralNodeTest, ADamagedPasswordOpensNoDoor) {
  const OperatorId made = OperatorId::Of("made");
  const SetOfficer founding{.officer = made, .role = Role::kAdministrator, .by = {}};
  ASSERT_EQ(centre_->Handle(Now(), founding, "verifier")->outcome, CommandOutcome::kDone);
  EXPECT_EQ(*centre_->OfficerPassword(made), "verifier");
  EXPECT_TRUE(*centre_->AdministratorCanSignIn());
  const auto change = [&](absl::string_view prefix, auto how) {
    const auto row = **store_.Last(prefix, storage::PrefixEnd(prefix));
    storage::WriteBatch batch;
    how(batch, row.first, row.second);
    EXPECT_TRUE(store_.Write(batch, storage::Durability::kSynced).ok());
    return row;
  };
  const auto whole =
      change(storage::kFirstPasswordPrefix,
             [](storage::WriteBatch& batch, const std::string& key, std::string value) {
               value.back() = static_cast<char>(value.back() ^ 1);
               batch.Put(key, value);
             });
  EXPECT_TRUE(absl::IsDataLoss(centre_->OfficerPassword(made).status()));
  EXPECT_THAT(std::string(centre_->OfficerPassword(made).status().message()), HasSubstr("K-328"));
  EXPECT_TRUE(absl::IsDataLoss(centre_->AdministratorCanSignIn().status()));
  EXPECT_EQ(
      centre_
          ->Handle(
              Now(),
              SetOfficer{.officer = OperatorId::Of("rai"), .role = Role::kAdministrator, .by = {}},
              "another")
          ->outcome,
      CommandOutcome::kUnknownOfficer)
      << "nobody's word counts at a door whose lock is broken";
  // Half of it is damage too.
  change(storage::kFirstPasswordPrefix, [](storage::WriteBatch& batch, const std::string& key,
                                           const std::string&) { batch.Delete(key); });
  EXPECT_TRUE(absl::IsDataLoss(centre_->AdministratorCanSignIn().status()));
  storage::WriteBatch batch;
  batch.Put(whole.first, whole.second);
  ASSERT_TRUE(store_.Write(batch, storage::Durability::kSynced).ok());
  EXPECT_TRUE(*centre_->AdministratorCanSignIn());
}

TEST_F(CentralNodeTest, ADeliveryIsRepeatedOnlyByAllThatItSaid) {
  for (const char* name : {"made", "gede"}) {
    const SetOfficer founding{
        .officer = OperatorId::Of(name), .role = Role::kAdministrator, .by = {}};
    ASSERT_EQ(centre_->Handle(Now(), founding)->outcome, CommandOutcome::kDone);
  }
  AllotmentReceived delivery{.allotment = AllotmentId::Of("A-7"),
                             .bast_number = "470/7/BAST/2017",
                             .serials = *SerialSet::Parse("A1000..A1099"),
                             .scheme = SerialScheme::kPrinted,
                             .lot = LotId::Of("L7"),
                             .day = absl::CivilDay(2017, 4, 27),
                             .handed_over_by = OfficeCode::Of("DITJEN/GUDANG"),
                             .received_by = OperatorId::Of("gede"),
                             .second = OperatorId::Of("made")};
  const auto receive = [&](const AllotmentReceived& one) {
    return centre_->Handle(Now(), ReceiveDelivery{.delivery = one})->outcome;
  };
  EXPECT_EQ(receive(delivery), CommandOutcome::kDone);
  const uint64_t entries = centre_->log_head().seq;
  EXPECT_EQ(receive(delivery), CommandOutcome::kDone);
  const auto changed = [&](auto change) {
    AllotmentReceived other = delivery;
    change(other);
    return receive(other);
  };
  EXPECT_EQ(changed([](auto& one) { one.serials = *SerialSet::Parse("A1000..A1098"); }),
            CommandOutcome::kDeliveryKnown);
  EXPECT_EQ(changed([](auto& one) { one.bast_number = "470/8/BAST/2017"; }),
            CommandOutcome::kDeliveryKnown);
  EXPECT_EQ(changed([](auto& one) { one.lot = LotId::Of("L8"); }), CommandOutcome::kDeliveryKnown);
  EXPECT_EQ(changed([](auto& one) { one.day = absl::CivilDay(2017, 4, 28); }),
            CommandOutcome::kDeliveryKnown);
  EXPECT_EQ(centre_->log_head().seq, entries);
}

TEST_F(CentralNodeTest, RecordsOfALostKeyAreForgottenAndTakenAgain) {
  StartDay();
  centre_.reset();
  const auto dropped = CentralNode::DropSideRecords(store_);
  ASSERT_TRUE(dropped.ok()) << dropped.status();
  EXPECT_GT(*dropped, 0u);
  Reopen();
  EXPECT_EQ(centre_->cursors().records, 0u);
  EXPECT_TRUE(absl::IsNotFound(
      OpenSideRecord(store_, centre_->sealed_rows(), PrrId::Of("p1"), 1).status()));
  const uint64_t entries = centre_->log_head().seq;
  ASSERT_TRUE(centre_->ReceiveRecords(Now(), {Record("p1")}, 1).ok());
  EXPECT_TRUE(OpenSideRecord(store_, centre_->sealed_rows(), PrrId::Of("p1"), 1).ok());
  EXPECT_EQ(centre_->log_head().seq, entries) << "it is no new record";
}

TEST_F(CentralNodeTest, RecordsWaitForTheirOfficeAndAreGrantedOnEnrolment) {
  std::vector<ArrivedRecord> records;
  for (int i = 0; i < 1200; ++i) records.push_back(Record(absl::StrCat("p", i)));
  ASSERT_TRUE(centre_->ReceiveRecords(Now(), records, 1).ok());
  EXPECT_EQ(StatusOf(*centre_).prrs.at(PrrState::kWaiting), 1200u);
  Enrol();
  EXPECT_EQ(StatusOf(*centre_).prrs.at(PrrState::kLeased), 1200u);
  EXPECT_EQ(centre_->feed_head(susut_.node()), 1200u);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, AnEnrolmentCutOffBeforeItsGrantsIsFinishedAtTheNextStart) {
  ASSERT_TRUE(centre_->ReceiveRecords(Now(), {Record("p1")}, 1).ok());
  // The enrolment is written, the grants are not.
  store_.FailNextWrite(Failure::kUnknownButWritten);
  EXPECT_FALSE(centre_
                   ->Handle(Now(), EnrolNode{.node = susut_.node(),
                                             .incarnation = susut_.incarnation(),
                                             .public_key = susut_.public_key()})
                   .ok());
  Reopen();
  EXPECT_EQ(StatusOf(*centre_).prrs.at(PrrState::kLeased), 1u);
}

TEST_F(CentralNodeTest, WhatIsReceiptedIsJudgedLaterAndAtTheLatestAtTheNextStart) {
  judged_at_once_ = 0;
  Reopen();
  StartDay();
  AddCard("job1", "p1", "A1000");
  AddCard("job2", "p2", "A1001");
  const auto take = [&](uint64_t from, uint64_t to) {
    auto result =
        centre_->Take(Now(), susut_.node(), susut_.SegmentFrom(from, to), susut_.verifier());
    EXPECT_TRUE(result.ok() && result->receipted()) << result.status();
    return result->held.seq;
  };
  EXPECT_EQ(take(1, 2), 2u);
  EXPECT_EQ(take(3, 5), 5u);
  EXPECT_EQ(take(2, 4), 4u) << "said again, not more than was sent";
  EXPECT_EQ(centre_->to_judge(), 5u);
  EXPECT_EQ(centre_->held(susut_.node(), susut_.incarnation())->seq, 5u);
  EXPECT_EQ(StatusOf(*centre_).reports.pending, 0u);
  ExpectReplayGivesTheSame();

  store_.FailNextWrite(Failure::kNotWritten);
  EXPECT_FALSE(centre_->JudgeNext(Now()).ok());
  Reopen();
  EXPECT_EQ(centre_->to_judge(), 0u);
  EXPECT_EQ(centre_->held(susut_.node(), susut_.incarnation())->seq, 5u);
  EXPECT_EQ(StatusOf(*centre_).reports.pending, 2u);
  EXPECT_TRUE(StatusOf(*centre_).conserved);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, ABlankHasTheCasesOfTheRecordOnIt) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  AddCard("job2", "p1", "A1001");
  AddCard("job3", "p2", "A1002");
  Ingest(susut_.SegmentFrom(1));
  const auto cases = [this](const char* blank) {
    const auto trace = TraceBlank(*centre_, BlankSerial::Of(blank));
    EXPECT_TRUE(trace.ok()) << trace.status();
    return (*trace)->cases;
  };
  const domain::CaseId twice = CaseIdFor(domain::CaseKind::kDuplicatePrint, "p1");
  EXPECT_THAT(cases("A1000"), ::testing::Contains(twice));
  EXPECT_THAT(cases("A1001"), ::testing::Contains(twice));
  EXPECT_THAT(cases("A1002"), ::testing::IsEmpty());
}

// Nothing that an office wrote decides on them, and a backlog is not waited for.
TEST_F(CentralNodeTest, ADeliveryAndASupplyAreEnteredBeforeWhatWaitsIsJudged) {
  judged_at_once_ = 0;
  Reopen();
  const auto made = OperatorId::Of("made");
  const SetOfficer founding{.officer = made, .role = Role::kAdministrator, .by = {}};
  ASSERT_EQ(centre_->Handle(Now(), founding, "verifier")->outcome, CommandOutcome::kDone);
  for (const auto& [name, role] :
       {std::pair("gede", Role::kAdministrator), std::pair("sari", Role::kStockKeeper)}) {
    const SetOfficer officer{.officer = OperatorId::Of(name), .role = role, .by = made};
    ASSERT_EQ(centre_->Handle(Now(), officer)->outcome, CommandOutcome::kDone);
  }
  StartDay();
  AddCard("job1", "p1", "A1000");
  ASSERT_TRUE(
      centre_->Take(Now(), susut_.node(), susut_.SegmentFrom(1), susut_.verifier())->receipted());
  const AllotmentReceived delivery{.allotment = AllotmentId::Of("A-7"),
                                   .bast_number = "470/7/BAST/2017",
                                   .serials = *SerialSet::Parse("B1000..B1099"),
                                   .received_by = OperatorId::Of("gede"),
                                   .second = OperatorId::Of("made")};
  EXPECT_EQ(centre_->Handle(Now(), ReceiveDelivery{.delivery = delivery})->outcome,
            CommandOutcome::kDone);
  const domain::SupplyMoved supply{.act = ActId::Of("supply"),
                                   .step = domain::SupplyStep::kTakenIn,
                                   .kind = domain::ConsumableKind::kRibbon,
                                   .lot = domain::SupplyLotId::Of("R-4"),
                                   .quantity = 40,
                                   .panels = 500,
                                   .transfer = {},
                                   .node = {},
                                   .document = domain::DocumentNumber::Of("50"),
                                   .by = OperatorId::Of("sari"),
                                   .second = {}};
  EXPECT_EQ(centre_->Handle(Now(), EnterSupply{.moved = supply})->outcome, CommandOutcome::kDone);
  EXPECT_EQ(centre_->to_judge(), 3u);
  ASSERT_TRUE(centre_->JudgeAll(Now()).ok());
  EXPECT_EQ(StatusOf(*centre_).reports.pending, 1u);
  EXPECT_TRUE(StatusOf(*centre_).conserved);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, AQueueWithAHoleIsDamage) {
  judged_at_once_ = 0;
  Reopen();
  StartDay();
  AddCard("job1", "p1", "A1000");
  for (const auto& [from, to] : {std::pair(1, 1), std::pair(2, 3)}) {
    ASSERT_TRUE(
        centre_->Take(Now(), susut_.node(), susut_.SegmentFrom(from, to), susut_.verifier()).ok());
  }
  ASSERT_TRUE(store_
                  .Scan(storage::kToJudgePrefix, storage::PrefixEnd(storage::kToJudgePrefix),
                        [this](absl::string_view key, absl::string_view) {
                          storage::WriteBatch hole;
                          hole.Delete(std::string(key));
                          EXPECT_TRUE(store_.Write(hole, storage::Durability::kSynced).ok());
                          return false;
                        })
                  .ok());
  centre_.reset();
  EXPECT_TRUE(absl::IsDataLoss(CentralNode::Open(&store_, Options(), Now()).status()));
}

TEST_F(CentralNodeTest, LiveWorkIsJudgedAtOnceUnlessSomeWaits) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  AddCard("job2", "p2", "A1001");
  const auto take = [&](uint64_t from, uint64_t to) {
    EXPECT_TRUE(
        centre_->Take(Now(), susut_.node(), susut_.SegmentFrom(from, to), susut_.verifier()).ok());
    return centre_->to_judge();
  };
  EXPECT_EQ(take(1, 1), 0u);
  judged_at_once_ = 1;
  Reopen();
  EXPECT_EQ(take(2, 2), 0u);
  EXPECT_EQ(take(3, 4), 2u);
  EXPECT_EQ(take(5, 5), 3u) << "no entry is judged before the one before it";
  ASSERT_TRUE(centre_->JudgeAll(Now()).ok());
  EXPECT_EQ(StatusOf(*centre_).reports.pending, 2u);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, ABranchIsJudgedAfterWhatItLeaves) {
  judged_at_once_ = 0;
  Reopen();
  StartDay();
  AddCard("job1", "p1", "A1000");
  ASSERT_TRUE(
      centre_->Take(Now(), susut_.node(), susut_.SegmentFrom(1), susut_.verifier())->receipted());
  susut_.TruncateTo(1);
  AddCard("job2", "p2", "A1001");
  const auto forked = centre_->Take(Now(), susut_.node(), susut_.SegmentFrom(1), susut_.verifier());
  ASSERT_TRUE(forked.ok()) << forked.status();
  EXPECT_TRUE(forked->branched);
  EXPECT_EQ(centre_->to_judge(), 0u);
  EXPECT_EQ(StatusOf(*centre_).reports.pending, 2u);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, AfterAFailedWriteNothingGoesOnUntilReopened) {
  for (const Failure failure : {Failure::kNotWritten, Failure::kUnknownButWritten}) {
    SCOPED_TRACE(static_cast<int>(failure));
    if (susut_.size() == 0) StartDay();
    AddCard(absl::StrCat("job", susut_.size()), susut_.size() == 1 ? "p1" : "p2",
            susut_.size() == 1 ? "A1000" : "A1001");
    store_.FailNextWrite(failure);
    EXPECT_FALSE(
        centre_->Ingest(Now(), susut_.node(), susut_.SegmentFrom(1), susut_.verifier()).ok());
    EXPECT_EQ(centre_->Ingest(Now(), susut_.node(), susut_.SegmentFrom(1), susut_.verifier())
                  .status()
                  .code(),
              absl::StatusCode::kFailedPrecondition);
    Reopen();
    ExpectReplayGivesTheSame();
    const uint64_t held = centre_->held(susut_.node(), susut_.incarnation())->seq;
    EXPECT_EQ(held, failure == Failure::kNotWritten ? 0 : susut_.size());
    EXPECT_TRUE(Ingest(susut_.SegmentFrom(1)).receipted());
    EXPECT_TRUE(StatusOf(*centre_).conserved);
  }
}

TEST_F(CentralNodeTest, ReportsWaitUntilTheyAreAnswered) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  AddCard("job2", "p2", "A1001");
  Ingest(susut_.SegmentFrom(1));
  const std::vector<NamedReport> pending = *centre_->PendingReports(10);
  ASSERT_THAT(pending, SizeIs(2));
  EXPECT_EQ(pending[0].row.prr, PrrId::Of("p1"));
  EXPECT_THAT(*centre_->PendingReports(1), SizeIs(1));
  ASSERT_TRUE(centre_
                  ->ReceiveReportAnswers(Now(), {{{.item = pending[0].item,
                                                   .kind = ReportKind::kPrinted,
                                                   .accepted = true,
                                                   .reason = ""},
                                                  {.item = pending[1].item,
                                                   .kind = ReportKind::kPrinted,
                                                   .accepted = false,
                                                   .reason = "unknown_prr"}}})
                  .ok());
  EXPECT_THAT(*centre_->PendingReports(10), IsEmpty());
  Reopen();
  EXPECT_EQ(StatusOf(*centre_).reports.accepted, 1u);
  EXPECT_EQ(StatusOf(*centre_).reports.rejected, 1u);
  const std::vector<NamedReport> rejected = *ReadRejectedReports(*centre_);
  ASSERT_THAT(rejected, SizeIs(1));
  EXPECT_EQ(rejected[0].row.reason, "unknown_prr");
  EXPECT_THAT(Explain(*centre_, CaseKind::kReportRejected),
              ElementsAre("The national server refused the report of a card printed on A1001: "
                          "unknown_prr."));
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, AWithdrawnAndPrintedRecordIsACaseWithItsRecall) {
  StartDay();
  ASSERT_TRUE(
      centre_
          ->ReceiveWithdrawals(
              Now(), {{{.prr = PrrId::Of("p1"), .version = 2, .reason = WithdrawalReason::kDeath}}},
              7)
          .ok());
  AddCard("job1", "p1", "A1000");
  Ingest(susut_.SegmentFrom(1));
  std::vector<CaseView> cases = *ReadCases(*centre_);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].row.kind, CaseKind::kWithdrawnPrinted);
  EXPECT_EQ(cases[0].row.state, CaseState::kActing);
  EXPECT_EQ(cases[0].node, susut_.node());
  EXPECT_FALSE(cases[0].node_knew);
  ASSERT_THAT(cases[0].actions, SizeIs(1));
  susut_.Add(ActionAcknowledged{.action = cases[0].actions[0].first,
                                .operator_id = OperatorId::Of("op"),
                                .blank = BlankSerial::Of("A1000")});
  Ingest(susut_.SegmentFrom(susut_.size()));
  EXPECT_EQ((*ReadCases(*centre_))[0].row.state, CaseState::kClosed);
  EXPECT_EQ(centre_->cursors().withdrawals, 7u);
  ExpectReplayGivesTheSame();
}

TEST_F(CentralNodeTest, TheCustodyJournalAddsUpToTheBalances) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  Ingest(susut_.SegmentFrom(1));
  ledger::Balances sum;
  ASSERT_TRUE(store_
                  .Scan(storage::kMovePrefix, storage::PrefixEnd(storage::kMovePrefix),
                        [&](absl::string_view, absl::string_view value) {
                          sum.Apply(*DecodeRow<ledger::Move>(value));
                          return true;
                        })
                  .ok());
  for (const StockLine& line : StockOf(*centre_)) EXPECT_EQ(sum.At(line.place), line.quantity);
  EXPECT_EQ(sum.At({Account::kPrintedReady, susut_.node()}), 1);
}

// ---------------------------------------------------------------------------------------------
// Nodes that end.

class EndedStreamTest : public CentralNodeTest {
 protected:
  CommandResult End(NodeEnd end, std::optional<uint64_t> unproven = 0) {
    auto result = centre_->Handle(Now(), CloseNode{.node = susut_.node(),
                                                   .end = end,
                                                   .by = OperatorId::Of("kadis"),
                                                   .second = OperatorId::Of("sekdis"),
                                                   .document = DocumentNumber::Of("470/12/2017"),
                                                   .holdings = {.unproven = unproven}});
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : CommandResult();
  }
  absl::StatusOr<CommandResult> Accept(uint64_t seq) {
    return centre_->Handle(Now(), AcceptClaims{.node = susut_.node(),
                                               .incarnation = susut_.incarnation(),
                                               .seq = seq,
                                               .by = OperatorId::Of("kadis"),
                                               .second = OperatorId::Of("sekdis"),
                                               .document = DocumentNumber::Of("470/13/2017")});
  }
  uint64_t held() { return centre_->held(susut_.node(), susut_.incarnation())->seq; }
  uint64_t taken() { return centre_->ended(susut_.node(), susut_.incarnation())->taken.seq; }
  int64_t Printed() {
    return centre_->balances().At({ledger::Account::kPrintedReady, susut_.node()});
  }
};

TEST_F(EndedStreamTest, ClaimsLieApartByteForByteUntilTwoOfficersBelieveThem) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  Ingest(susut_.SegmentFrom(1));
  const uint64_t facts = held();
  EXPECT_EQ(End(NodeEnd::kRevoked).outcome, CommandOutcome::kDone);

  AddCard("job2", "p2", "A1001");
  const SegmentResult first = Ingest(susut_.SegmentFrom(facts + 1));
  EXPECT_EQ(first.verdict, SegmentVerdict::kClaimed);
  EXPECT_FALSE(first.receipted());
  EXPECT_EQ(first.new_entries, 2u);
  const uint64_t signed_at = taken();
  susut_.Add(BlankSpoiled{.act = ActId::Of("s"),
                          .blank = BlankSerial::Of("A1002"),
                          .cause = SpoilCause::kWarped,
                          .operator_id = OperatorId::Of("op")});
  // Overlapping, repeated, across a restart.
  Reopen();
  EXPECT_EQ(Ingest(susut_.SegmentFrom(facts)).verdict, SegmentVerdict::kClaimed);
  EXPECT_EQ(Ingest(susut_.SegmentFrom(signed_at)).new_entries, 0u);
  EXPECT_EQ(held(), facts);
  EXPECT_EQ(taken(), susut_.size());
  EXPECT_EQ(Printed(), 1);
  ExpectReplayGivesTheSame();
  const auto stored = store_.Get(
      storage::ClaimEntryKey(susut_.node().value(), susut_.incarnation().value(), facts + 1));
  EXPECT_EQ(**stored, susut_.entries()[facts]);

  EXPECT_EQ(Accept(facts + 1)->outcome, CommandOutcome::kNoSuchClaims);
  EXPECT_EQ(Accept(susut_.size() + 1)->outcome, CommandOutcome::kNoSuchClaims);
  EXPECT_EQ(Accept(signed_at)->outcome, CommandOutcome::kDone);
  EXPECT_EQ(held(), signed_at);
  EXPECT_EQ(Printed(), 2);
  ExpectReplayGivesTheSame();
  EXPECT_EQ(Accept(signed_at)->outcome, CommandOutcome::kDone) << "asked again";
  EXPECT_EQ(Accept(susut_.size())->outcome, CommandOutcome::kDone);
  EXPECT_EQ(held(), susut_.size());
  EXPECT_EQ((*ReadClaims(*centre_, susut_.node(), 10))[0].claims.size(), 0u);
  ExpectReplayGivesTheSame();
}

TEST_F(EndedStreamTest, AcceptedClaimsBecomeFactsAlsoAfterACrash) {
  StartDay();
  Ingest(susut_.SegmentFrom(1));
  End(NodeEnd::kRevoked);
  for (const char* job : {"job1", "job2"}) {
    AddCard(job, job == std::string("job1") ? "p1" : "p2",
            job == std::string("job1") ? "A1000" : "A1001");
    Ingest(susut_.SegmentFrom(taken() + 1));
  }
  // The decision is durable, and nothing is moved yet.
  store_.FailNextWrite(Failure::kUnknownButWritten);
  EXPECT_FALSE(Accept(susut_.size()).ok());
  Reopen();
  EXPECT_EQ(held(), susut_.size());
  EXPECT_EQ(Printed(), 2);
  ExpectReplayGivesTheSame();
}

TEST_F(EndedStreamTest, ALostNodesTablesAreThoseOfItsLogs) {
  StartDay();
  AddCard("job1", "p1", "A1000");
  Ingest(susut_.SegmentFrom(1));
  EXPECT_EQ(End(NodeEnd::kLost).outcome, CommandOutcome::kDone);
  EXPECT_EQ(centre_->balances().At({ledger::Account::kMaybeUsed, susut_.node()}), 9);
  EXPECT_EQ(centre_->resident().nodes.at(susut_.node()).unsettled, 10u);
  ExpectReplayGivesTheSame();
  Reopen();
  AddCard("job2", "p2", "A1001");
  const SegmentResult tail = Ingest(susut_.SegmentFrom(held() + 1));
  EXPECT_TRUE(tail.receipted());
  EXPECT_EQ(centre_->resident().nodes.at(susut_.node()).unsettled, 8u);
  ExpectReplayGivesTheSame();
}

TEST_F(EndedStreamTest, ANodeIsRetiredWhenNothingIsLeft) {
  ASSERT_EQ(Enrol(), CommandOutcome::kDone);
  EXPECT_EQ(End(NodeEnd::kRetired, std::nullopt).outcome, CommandOutcome::kStillHolds);
  StartDay();
  Ingest(susut_.SegmentFrom(1));
  const CommandResult refused = End(NodeEnd::kRetired);
  EXPECT_EQ(refused.outcome, CommandOutcome::kStillHolds);
  EXPECT_EQ(refused.holdings.blanks, 10u);
  EXPECT_EQ(refused.holdings.leases, 2u);
}

}  // namespace
}  // namespace keping::central
