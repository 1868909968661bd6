// Pictures go in the batch that says so, and nothing brings them back; who looked at a record is
// found again.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "central_node/store/central_node.h"
#include "central_node/store/personal_data.h"
#include "central_node/store/records.h"
#include "central_node/store/replay.h"
#include "common/base/prng.h"
#include "common/storage/faulty_store.h"
#include "common/storage/key_space.h"
#include "common/sync/witness.h"
#include "common/wire/feed_codec.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "keping/national/v1/national.pb.h"
#include "tests/support/node_log.h"

namespace keping::central {
namespace {

using namespace ::keping::domain;  // NOLINT: the verbs of a district
using keping::testing::NodeLog;
using ::testing::ElementsAre;
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

ArrivedRecord Record(const std::string& prr) {
  national::v1::Record proto;
  proto.set_prr(prr);
  proto.set_version(1);
  proto.set_nik("5106014101900042");
  proto.set_village_code("51.06.01.2001");
  proto.set_picture(std::string(500, 'p'));
  proto.set_specimen(true);
  return *ReadRecord(proto);
}

// Susut has the records p1 and p2 and the blanks A1000 to A1009; pictures are kept for two working
// days. p1 was printed and delivered.
class PicturesDestroyedTest : public ::testing::Test {
 protected:
  PicturesDestroyedTest() : susut_("susut", "susut-1") {
    Reopen();
    Do(SetOfficer{.officer = made_, .role = Role::kAdministrator, .by = made_},
       "a verifier, specimen");
    Do(SetOfficer{.officer = rai_, .role = Role::kReconciler, .by = made_});
    KeepPicturesFor(2);
    Do(EnrolNode{.node = susut_.node(),
                 .incarnation = susut_.incarnation(),
                 .public_key = susut_.public_key()});
    EXPECT_TRUE(centre_
                    ->ReceiveAllotments(now_,
                                        {{{.allotment = AllotmentId::Of("a1"),
                                           .bast_number = "B/1",
                                           .serials = *SerialSet::Parse("A1000..A1009")}}},
                                        1)
                    .ok());
    EXPECT_TRUE(centre_->ReceiveRecords(now_, {Record("p1"), Record("p2")}, 2).ok());
    Do(Dispatch{
        .transfer = TransferId::Of("t1"), .node = susut_.node(), .quantity = 10, .serials = {}});
    const OperatorId op = OperatorId::Of("op");
    susut_.SetClock(absl::ToUnixMicros(now_.wall));
    susut_.Add(BlanksReceived{.act = ActId::Of("receive"),
                              .transfer = TransferId::Of("t1"),
                              .operator_id = op,
                              .received = *SerialSet::Parse("A1000..A1009"),
                              .missing = {},
                              .unexpected = {}});
    susut_.Add(PersonalDataRead{.operator_id = op,
                                .prr = PrrId::Of("p2"),
                                .nik_key = {},
                                .purpose = ReadPurpose::kRecordView});
    susut_.Add(PrintIntended{.act = ActId::Of("print"),
                             .prr = PrrId::Of("p1"),
                             .prr_version = 1,
                             .blank = BlankSerial::Of("A1000"),
                             .printer = PrinterId::Of("printer"),
                             .operator_id = op,
                             .lease_epoch = {1, 1},
                             .control_position = 1,
                             .control_state = {},
                             .application_version = ApplicationVersion::Of("v1")});
    susut_.Add(PrintVerified{
        .act = ActId::Of("print"), .blank = BlankSerial::Of("A1000"), .operator_id = op});
    susut_.Add(CardsAnswered{.act = ActId::Of("answer"),
                             .manifest = {},
                             .delivered = *SerialSet::Parse("A1000"),
                             .not_found = {},
                             .returned = {},
                             .operator_id = op});
    EXPECT_TRUE(
        centre_->Ingest(now_, susut_.node(), susut_.SegmentFrom(1), susut_.verifier()).ok());
  }

  void Reopen(std::optional<sync::Witness> witness = std::nullopt) {
    centre_.reset();
    store_.Reopen();
    CentralOptions options = Options();
    options.witness = witness;
    auto opened = CentralNode::Open(&store_, std::move(options), now_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    centre_ = *std::move(opened);
  }
  template <typename... Command>
  void Do(const Command&... command) {
    const auto result = centre_->Handle(now_, command...);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->outcome, CommandOutcome::kDone) << Sentence(*result);
  }
  void KeepPicturesFor(uint32_t days) {
    Policy policy;
    policy.version = centre_->resident().centre.policy.version + 1;
    policy.picture_days = days;
    Do(SetPolicy{.policy = policy, .by = made_, .second = rai_});
  }
  void PassDays(int days) {
    now_.wall += days * absl::Hours(24);
    ASSERT_TRUE(centre_->EndDays(now_).ok());
  }
  void Walk() {
    while (true) {
      const auto more = centre_->DestroyDue(now_);
      ASSERT_TRUE(more.ok()) << more.status();
      if (!*more) return;
    }
  }
  bool Has(const std::string& key) { return store_.Get(key)->has_value(); }
  bool HasPictures(const std::string& prr) {
    const bool record = Has(SideRecordKey(PrrId::Of(prr), 1));
    EXPECT_EQ(record, Has(SideRecordKeyKey(PrrId::Of(prr), 1)));
    return record;
  }
  // What susut is told of a record last.
  PrrItem Told(const std::string& prr) {
    const sync::FeedBatch batch =
        *centre_->ReadFeed(susut_.node(), 0, {.items = 100, .bytes = 1 << 20});
    PrrItem told;
    for (const std::string& bytes : batch.items) {
      const FeedItem item = *wire::DecodeFeedItem(bytes);
      const auto* one = std::get_if<PrrItem>(&item.body);
      if (one != nullptr && one->prr == PrrId::Of(prr)) told = *one;
    }
    return told;
  }
  std::vector<std::string> Destroyed() {
    std::vector<std::string> prrs;
    const Destructions page = *ReadDestructions(*centre_, {}, 100);
    for (const Destruction& one : page.records) prrs.push_back(one.prr.value());
    return prrs;
  }

  const OperatorId made_ = OperatorId::Of("made");
  const OperatorId rai_ = OperatorId::Of("rai");
  // 14 July 2017, a Friday.
  time::Moment now_{.wall = absl::FromUnixSeconds(1'500'000'000),
                    .monotonic = absl::Seconds(1),
                    .boot_id = "boot"};
  storage::FaultyStore store_;
  std::unique_ptr<CentralNode> centre_;
  NodeLog susut_;
};

TEST_F(PicturesDestroyedTest, RecordAndKeyGoWithTheEventAndTheOfficeIsTold) {
  Walk();
  EXPECT_TRUE(HasPictures("p1"));
  EXPECT_FALSE(Told("p1").record.empty());
  PassDays(5);
  Walk();
  EXPECT_FALSE(HasPictures("p1"));
  EXPECT_TRUE(HasPictures("p2"));
  EXPECT_TRUE(Told("p1").destroyed);
  EXPECT_TRUE(Told("p1").record.empty());
  EXPECT_FALSE(Told("p2").destroyed);
  EXPECT_THAT(Destroyed(), ElementsAre("p1"));
  EXPECT_EQ(*TablesDigest(store_), *ReplayDigest(store_, Options()));
}

TEST_F(PicturesDestroyedTest, WhatTheFilesStillHoldIsOwedUntilTheyWereWrittenAnew) {
  PassDays(5);
  EXPECT_EQ(centre_->erasure().owed(), 0u);
  Walk();
  const uint64_t owed = centre_->erasure().owed();
  EXPECT_GT(owed, 0u);
  Reopen();
  EXPECT_EQ(centre_->erasure().owed(), owed);
  ASSERT_TRUE(centre_->erasure().Purge().ok());
  ASSERT_TRUE(centre_->SettleErasure(owed).ok());
  EXPECT_FALSE(Has(std::string(storage::kErasureOwedKey)));
}

TEST_F(PicturesDestroyedTest, ACrashLeavesBothOrNeither) {
  PassDays(5);
  store_.FailNextWrite(Failure::kNotWritten);
  EXPECT_FALSE(centre_->DestroyDue(now_).ok());
  Reopen();
  EXPECT_TRUE(HasPictures("p1"));
  EXPECT_THAT(Destroyed(), IsEmpty());
  // The walk begins anew with every start.
  store_.FailNextWrite(Failure::kUnknownButWritten);
  EXPECT_FALSE(centre_->DestroyDue(now_).ok());
  Reopen();
  EXPECT_FALSE(HasPictures("p1"));
  EXPECT_THAT(Destroyed(), ElementsAre("p1"));
}

TEST_F(PicturesDestroyedTest, ARecordThatIsHandedOverAgainStaysDestroyed) {
  PassDays(5);
  Walk();
  ASSERT_TRUE(centre_->ReceiveRecords(now_, {Record("p1"), Record("p2")}, 2).ok());
  EXPECT_FALSE(HasPictures("p1"));
  EXPECT_TRUE(Told("p1").record.empty());
}

// As a centre that was restored from a backup of before does, when it starts.
TEST_F(PicturesDestroyedTest, ABackupOfBeforeIsDestroyedAgainBeforeAnybodyIsServed) {
  storage::FaultyStore backup = store_;
  PassDays(5);
  Walk();
  centre_.reset();
  store_ = backup;
  Reopen();
  ASSERT_TRUE(HasPictures("p1"));
  ASSERT_TRUE(centre_->EndDays(now_).ok());
  Walk();
  EXPECT_FALSE(HasPictures("p1"));
  EXPECT_THAT(Destroyed(), ElementsAre("p1"));
}

TEST_F(PicturesDestroyedTest, AnOldBackupIsDestroyedAgainBeforeAnybodyIsServed) {
  KeepPicturesFor(30);
  storage::FaultyStore backup = store_;
  PassDays(20);
  const sync::Witness witness{.incarnation = centre_->log_incarnation(),
                              .head = {centre_->log_head().seq, centre_->log_head().hash}};
  centre_.reset();
  store_ = backup;
  now_.wall += 40 * absl::Hours(24);
  Reopen(witness);
  EXPECT_EQ(centre_->days_left_open(), 0);
  Walk();
  EXPECT_FALSE(HasPictures("p1"));
  EXPECT_THAT(Destroyed(), ElementsAre("p1"));
}

// As of a whole disk that was put back: the first office that comes shows it.
TEST_F(PicturesDestroyedTest, AnOldDatabaseDestroysThemWhenAnOfficeShowsThatItIsOne) {
  now_.wall += 40 * absl::Hours(24);
  Reopen();
  ASSERT_TRUE(centre_->EndDays(now_).ok());
  Walk();
  EXPECT_TRUE(HasPictures("p1"));
  ASSERT_TRUE(centre_->OpenNextGeneration(now_, susut_.node(), 1).ok());
  Walk();
  EXPECT_FALSE(HasPictures("p1"));
}

// Rather its clock is wrong than that nobody worked for a month.
TEST_F(PicturesDestroyedTest, WhileDaysWaitForAWordNothingIsDestroyed) {
  PassDays(5);
  now_.wall += 40 * absl::Hours(24);
  Reopen();
  ASSERT_TRUE(centre_->EndDays(now_).ok());
  EXPECT_EQ(centre_->days_left_open(), 40);
  Walk();
  EXPECT_TRUE(HasPictures("p1"));
  ASSERT_TRUE(centre_->EndDays(now_, /*all=*/true).ok());
  Walk();
  EXPECT_FALSE(HasPictures("p1"));
}

// The office may have printed it without hearing of the withdrawal.
TEST_F(PicturesDestroyedTest, AWithdrawnRecordStaysWhereItsNodeIsLost) {
  ASSERT_TRUE(
      centre_
          ->ReceiveWithdrawals(
              now_, {{{.prr = PrrId::Of("p2"), .version = 1, .reason = WithdrawalReason::kDeath}}},
              1)
          .ok());
  Do(CloseNode{.node = susut_.node(),
               .end = NodeEnd::kLost,
               .by = made_,
               .second = rai_,
               .document = DocumentNumber::Of("1/2017")});
  // Another office, whose days go by.
  const NodeLog bangli("bangli", "bangli-1");
  Do(EnrolNode{.node = bangli.node(),
               .incarnation = bangli.incarnation(),
               .public_key = bangli.public_key()});
  PassDays(10);
  Walk();
  EXPECT_FALSE(HasPictures("p1"));
  EXPECT_TRUE(HasPictures("p2"));
}

TEST_F(PicturesDestroyedTest, LooksAtARecordAreFoundWhoeverLooked) {
  now_.wall += absl::Minutes(1);
  Do(ReadSubject{.by = OperatorId::Of("rai"), .prr = PrrId::Of("p2"), .nik_key = {}});
  const auto reads = ReadsOf(*centre_, PrrId::Of("p2"));
  ASSERT_TRUE(reads.ok()) << reads.status();
  ASSERT_THAT(*reads, SizeIs(2));
  EXPECT_EQ(reads->front().fact.ref.node, susut_.node());
  EXPECT_EQ(reads->front().read.operator_id, OperatorId::Of("op"));
  EXPECT_EQ(reads->back().fact.ref.node, NodeId::Of("district"));
  EXPECT_EQ(reads->back().read.operator_id, OperatorId::Of("rai"));
  EXPECT_THAT(*ReadsOf(*centre_, PrrId::Of("p1")), IsEmpty());
}

}  // namespace
}  // namespace keping::central
