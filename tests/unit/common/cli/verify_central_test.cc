#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/store/central_node.h"
#include "common/cli/verify.h"
#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"
#include "common/storage/rocksdb_store.h"
#include "keping/store/v1/boxes.pb.h"
#include "keping/store/v1/central.pb.h"
#include "tests/support/sample_office.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using storage::KvStore;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using tests::SampleOffice;

// A district with one office, whose log it has taken in.
class VerifyCentralTest : public testing::Test {
 protected:
  VerifyCentralTest() {
    const auto edge = *storage::OpenRocksDbStore(folder_.path() + "/edge");
    const SampleOffice office(edge.get());
    proven_seq_ = office.proven_seq();
    const auto store = *storage::OpenRocksDbStore(folder_.path() + "/central");
    FillCentre(*store, office);
    const auto revoked = *storage::OpenRocksDbStore(folder_.path() + "/revoked");
    FillCentre(*revoked, office, /*revoked_after=*/1);
  }

  static time::Moment Now() {
    return {absl::FromUnixSeconds(1'493'255'703), absl::Seconds(1), "boot"};
  }

  static std::unique_ptr<central::CentralNode> OpenCentre(KvStore& store, base::Prng& prng,
                                                          bool judged = true) {
    return *central::CentralNode::Open(
        &store,
        {.centre = domain::NodeId::Of("district"),
         .settings = {.offices = {{domain::NodeId::Of(SampleOffice::kNode), "51.06.01"}}},
         .cipher = *crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'k')),
         .nik_lookup_key = "look-up",
         .random = [&prng](size_t size) { return prng.Bytes(size); },
         .judged_at_once = judged ? 64u : 0u},
        Now());
  }

  // A sealed box and some ribbons come to the district.
  void DeliverBoxAndRibbons() {
    const auto store = *storage::OpenRocksDbStore(folder_.path() + "/central");
    base::Prng prng(8);
    const auto centre = OpenCentre(*store, prng);
    const domain::Box box{.box = domain::BoxId::Of("b1"), .quantity = 20};
    ASSERT_TRUE(centre
                    ->ReceiveAllotments(Now(),
                                        {{{.allotment = domain::AllotmentId::Of("a2"),
                                           .bast_number = "B/2",
                                           .serials = {},
                                           .boxes = {box}}}},
                                        2)
                    .ok());
    const auto made = domain::OperatorId::Of("made"), keeper = domain::OperatorId::Of("wayan");
    for (const auto& [officer, role] : {std::pair(made, domain::Role::kAdministrator),
                                        std::pair(keeper, domain::Role::kStockKeeper)}) {
      const auto named =
          centre->Handle(Now(), central::SetOfficer{.officer = officer, .role = role, .by = made},
                         "a verifier, specimen");
      ASSERT_TRUE(named.ok() && named->outcome == central::CommandOutcome::kDone);
    }
    const auto taken =
        centre->Handle(Now(), central::EnterSupply{{.act = domain::ActId::Of("s1"),
                                                    .lot = domain::SupplyLotId::Of("lot-1"),
                                                    .quantity = 12,
                                                    .transfer = {},
                                                    .node = {},
                                                    .document = domain::DocumentNumber::Of("SJ/1"),
                                                    .by = keeper,
                                                    .second = {}}});
    ASSERT_TRUE(taken.ok() && taken->outcome == central::CommandOutcome::kDone)
        << central::Sentence(*taken);
  }

  // By the stock keeper of DeliverBoxAndRibbons.
  void AllotUnderItsOtherName(const std::string& printed, const std::string& uid) {
    const auto store = *storage::OpenRocksDbStore(folder_.path() + "/central");
    base::Prng prng(9);
    const auto centre = OpenCentre(*store, prng);
    ASSERT_TRUE(centre
                    ->ReceiveAllotments(Now(),
                                        {{{.allotment = domain::AllotmentId::Of("a3"),
                                           .bast_number = "B/3",
                                           .serials = *domain::SerialSet::Parse(uid)}}},
                                        3)
                    .ok());
    const auto keeper = domain::OperatorId::Of("wayan");
    const auto joined = centre->Handle(
        Now(),
        central::Enter{.entry = domain::BlankIdentified{.act = domain::ActId::Of("join"),
                                                        .printed = domain::BlankSerial::Of(printed),
                                                        .uid = domain::BlankSerial::Of(uid),
                                                        .operator_id = keeper},
                       .by = keeper});
    ASSERT_TRUE(joined.ok() && joined->outcome == central::CommandOutcome::kDone);
  }

  // The office is revoked after so many segments: what it sends then are claims. `judged`: nothing
  // waits for the judges in the end.
  static void FillCentre(KvStore& store, const SampleOffice& office,
                         std::optional<size_t> revoked_after = std::nullopt, bool judged = true) {
    const auto node = domain::NodeId::Of(SampleOffice::kNode);
    const time::Moment now = Now();
    base::Prng prng(7);
    const auto centre = OpenCentre(store, prng, judged);
    const auto incarnation = domain::IncarnationId::Of(SampleOffice::kIncarnation);
    ASSERT_TRUE(
        centre->Handle(now, central::EnrolNode{node, incarnation, office.log_public_key()}).ok());
    ASSERT_TRUE(
        centre
            ->ReceiveAllotments(now,
                                {{{.allotment = domain::AllotmentId::Of("a1"),
                                   .bast_number = "B/1",
                                   .serials = *domain::SerialSet::Parse("A0001000..A0001099")}}},
                                1)
            .ok());
    ASSERT_TRUE(centre
                    ->Handle(now,
                             central::Dispatch{
                                 .transfer = domain::TransferId::Of(SampleOffice::kTransfer),
                                 .node = node,
                                 .quantity = 0,
                                 .serials = *domain::SerialSet::Parse(SampleOffice::kDispatched)})
                    .ok());
    const auto verifier = crypto::MakeEd25519Verifier();
    size_t taken = 0;
    for (const sync::Segment& segment : office.segments()) {
      if (taken++ == revoked_after) {
        ASSERT_TRUE(centre
                        ->Handle(now, central::CloseNode{.node = node,
                                                         .end = domain::NodeEnd::kRevoked,
                                                         .by = domain::OperatorId::Of("kadis"),
                                                         .second = domain::OperatorId::Of("sekdis"),
                                                         .document = domain::DocumentNumber::Of(
                                                             "470/1/2017")})
                        .ok());
      }
      const auto result = centre->Take(now, node, segment, *verifier);
      const bool claimed = revoked_after.has_value() && taken > *revoked_after;
      ASSERT_TRUE(result.ok() && result->receipted() == !claimed) << result->detail;
    }
  }

  void Tamper(const std::string& database,
              const std::function<void(KvStore&, storage::WriteBatch&)>& change) {
    const auto store = *storage::OpenRocksDbStore(absl::StrCat(folder_.path(), "/", database));
    storage::WriteBatch batch;
    change(*store, batch);
    ASSERT_TRUE(store->Write(batch, storage::Durability::kSynced).ok());
  }

  v1::VerifyReport Verified() {
    return Verified({.edges = {folder_.path() + "/edge"},
                     .centrals = {folder_.path() + "/central"},
                     .keys = {}});
  }
  static v1::VerifyReport Verified(const VerifyRequest& request) {
    const auto report = Verify(request);
    EXPECT_TRUE(report.ok()) << report.status();
    return *report;
  }
  v1::VerifyReport VerifiedRevoked() {
    return Verified({.edges = {}, .centrals = {folder_.path() + "/revoked"}, .keys = {}});
  }

  std::vector<std::string> Found() { return Found(Verified()); }
  // "code: place" of every difference.
  static std::vector<std::string> Found(const v1::VerifyReport& report) {
    std::vector<std::string> found;
    const auto add = [&found](const v1::Difference& difference) {
      found.push_back(absl::StrCat(difference.code(), ": ", difference.place()));
    };
    for (const v1::StoreReport& store : report.stores()) {
      for (const v1::Difference& difference : store.differences()) add(difference);
    }
    for (const v1::Difference& difference : report.differences()) add(difference);
    EXPECT_EQ(report.passed(), found.empty());
    return found;
  }

  static uint64_t CheckOf(const v1::StoreReport& store, const std::string& name) {
    for (const v1::Check& check : store.checks()) {
      if (check.name() == name) return check.count();
    }
    return 0;
  }

  static std::string NodeEntry(uint64_t seq) {
    return storage::NodeEntryKey(SampleOffice::kNode, SampleOffice::kIncarnation, seq);
  }
  static std::string Place(uint64_t seq) { return absl::StrCat("log of susut, entry ", seq); }
  static std::string Get(KvStore& store, const std::string& key) { return **store.Get(key); }

  tests::TempFolder folder_;
  uint64_t proven_seq_ = 0;
};

TEST_F(VerifyCentralTest, ADistrictPassesTogetherWithItsOffice) {
  const v1::VerifyReport report = Verified();
  EXPECT_TRUE(report.passed()) << report.DebugString();
  ASSERT_EQ(report.stores_size(), 2);
  const v1::StoreReport& centre = report.stores(0);
  EXPECT_EQ(centre.node(), "district");
  ASSERT_EQ(centre.streams_size(), 2);
  EXPECT_EQ(centre.streams(1).entries(), proven_seq_);
  std::string totals;
  for (const v1::Total& total : centre.totals()) {
    absl::StrAppend(&totals, total.account(), " ", total.holder(), " ", total.quantity(), "; ");
  }
  // The card that was found on another blank left A0001002 behind: nobody has seen it since.
  EXPECT_EQ(totals,
            "centre  -100; district_stock  89; missing susut 2; node_stock susut 5; "
            "printed_ready susut 2; spoiled susut 2; ");
  ASSERT_EQ(report.checks_size(), 1);
  EXPECT_EQ(report.checks(0).count(), proven_seq_);
}

TEST_F(VerifyCentralTest, WhatIsReceiptedAndNotJudgedYetIsNoDifference) {
  const auto memory = storage::MakeMemoryStore();
  const SampleOffice office(memory.get());
  const std::string path = folder_.path() + "/unjudged";
  FillCentre(**storage::OpenRocksDbStore(path), office, /*revoked_after=*/std::nullopt,
             /*judged=*/false);
  const auto verify = [&] { return *Verify({.edges = {}, .centrals = {path}, .keys = {}}); };
  v1::VerifyReport report = verify();
  EXPECT_TRUE(report.passed()) << report.DebugString();
  EXPECT_EQ(report.stores(0).streams(1).entries(), proven_seq_);
  EXPECT_EQ(CheckOf(report.stores(0), "entries_to_judge"), proven_seq_);
  Tamper("unjudged",
         [this](KvStore&, storage::WriteBatch& batch) { batch.Delete(NodeEntry(proven_seq_)); });
  EXPECT_THAT(Found(verify()), Contains("witnessed_entry_lost: " + Place(proven_seq_)));
}

TEST_F(VerifyCentralTest, ARunThatIsMissingInTheQueueOfJudgingIsFound) {
  const auto memory = storage::MakeMemoryStore();
  const SampleOffice office(memory.get());
  const std::string path = folder_.path() + "/unjudged";
  FillCentre(**storage::OpenRocksDbStore(path), office, /*revoked_after=*/std::nullopt,
             /*judged=*/false);
  Tamper("unjudged", [](KvStore& store, storage::WriteBatch& batch) {
    std::string first;
    KEPING_CHECK(store
                     .Scan(storage::kToJudgePrefix, storage::PrefixEnd(storage::kToJudgePrefix),
                           [&](absl::string_view key, absl::string_view) {
                             first = std::string(key);
                             return false;
                           })
                     .ok(),
                 "the queue is read");
    batch.Delete(first);
  });
  EXPECT_THAT(Found(*Verify({.edges = {}, .centrals = {path}, .keys = {}})),
              Contains("queue_broken: log of susut"));
}

TEST_F(VerifyCentralTest, ALostSignatureOfANodeIsFound) {
  Tamper("central", [this](KvStore&, storage::WriteBatch& batch) {
    batch.Delete(
        storage::NodeSignedHeadKey(SampleOffice::kNode, SampleOffice::kIncarnation, proven_seq_));
  });
  EXPECT_THAT(Found(), Contains("entries_unsigned: log of susut"));
}

TEST_F(VerifyCentralTest, AFlippedByteInAHeldEntryIsFound) {
  for (const uint64_t seq : {uint64_t{2}, proven_seq_}) {
    std::string original;
    Tamper("central", [&](KvStore& store, storage::WriteBatch& batch) {
      original = Get(store, NodeEntry(seq));
      std::string changed = original;
      changed.back() = static_cast<char>(changed.back() ^ 1);
      batch.Put(NodeEntry(seq), changed);
    });
    const std::vector<std::string> found = Found();
    EXPECT_THAT(found, Contains(absl::StrCat("copies_differ: node susut, entry ", seq)));
    EXPECT_THAT(found, Contains(seq < proven_seq_ ? "chain_broken: " + Place(seq + 1)
                                                  : "witness_contradicts: " + Place(seq)));
    Tamper("central",
           [&](KvStore&, storage::WriteBatch& batch) { batch.Put(NodeEntry(seq), original); });
  }
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(VerifyCentralTest, AHeldEntryThatIsGoneIsFound) {
  Tamper("central",
         [&](KvStore&, storage::WriteBatch& batch) { batch.Delete(NodeEntry(proven_seq_)); });
  EXPECT_THAT(Found(), Contains("witnessed_entry_lost: " + Place(proven_seq_)));
}

TEST_F(VerifyCentralTest, AWholeLogThatIsGoneIsFound) {
  Tamper("central", [&](KvStore&, storage::WriteBatch& batch) {
    for (uint64_t seq = 1; seq <= proven_seq_; ++seq) batch.Delete(NodeEntry(seq));
  });
  EXPECT_THAT(Found(), IsSupersetOf({"log_lost: log of susut",
                                     "ledger_differs: account printed_ready at susut"}));
}

TEST_F(VerifyCentralTest, AnEntryThatWasNeverTakenInIsFound) {
  std::string next;
  Tamper("edge", [&](KvStore& store, storage::WriteBatch& batch) {
    next = Get(store, storage::EntryKey(proven_seq_ + 1));
    batch.Put(storage::EntryKey(proven_seq_ + 1), next);
  });
  Tamper("central", [&](KvStore&, storage::WriteBatch& batch) {
    batch.Put(NodeEntry(proven_seq_ + 1), next);
  });
  EXPECT_THAT(Found(), Contains("entries_not_announced: the logs of the nodes"));
}

TEST_F(VerifyCentralTest, AnOfficeThatLostItsEndIsFound) {
  Tamper("edge", [&](KvStore&, storage::WriteBatch& batch) {
    batch.Delete(storage::EntryKey(proven_seq_));
    batch.Delete(storage::EntryKey(proven_seq_ + 1));
  });
  EXPECT_THAT(Found(),
              Contains(absl::StrCat("entry_lost_at_office: node susut, entry ", proven_seq_)));
}

TEST_F(VerifyCentralTest, AChangedBalanceIsFound) {
  Tamper("central", [](KvStore&, storage::WriteBatch& batch) {
    std::string quantity;
    storage::AppendBigEndian64(&quantity, 3);
    batch.Put(absl::StrCat(storage::kBalancePrefix, "\x08", "susut"), quantity);
  });
  EXPECT_THAT(Found(), ElementsAre("ledger_differs: account printed_ready at susut"));
}

TEST_F(VerifyCentralTest, ALostLineOfTheJournalIsFound) {
  Tamper("central", [](KvStore& store, storage::WriteBatch& batch) {
    const auto last = store.Last(storage::kMovePrefix, storage::PrefixEnd(storage::kMovePrefix));
    batch.Delete((*last)->first);
  });
  EXPECT_THAT(Found(), Contains(testing::StartsWith("journal_differs: account ")));
}

TEST_F(VerifyCentralTest, AMovedBlankIsFound) {
  Tamper("central", [](KvStore& store, storage::WriteBatch& batch) {
    const std::string key = absl::StrCat(storage::kBlankRowPrefix, "A0001000");
    store::v1::BlankRow blank;
    ASSERT_TRUE(blank.ParseFromString(Get(store, key)));
    blank.mutable_place()->set_holder("kintamani");
    batch.Put(key, blank.SerializeAsString());
  });
  EXPECT_THAT(Found(), ElementsAre("blank_misplaced: blank A0001000"));
}

TEST_F(VerifyCentralTest, AnAllotmentThatGrewIsFound) {
  Tamper("central", [](KvStore& store, storage::WriteBatch& batch) {
    store::v1::CentreRow centre;
    ASSERT_TRUE(centre.ParseFromString(Get(store, std::string(storage::kCentreRowKey))));
    centre.mutable_allotted()->set_text("A0001000..A0001100");
    batch.Put(storage::kCentreRowKey, centre.SerializeAsString());
  });
  EXPECT_THAT(Found(), ElementsAre("allotted_differs: the allotted serials"));
}

TEST_F(VerifyCentralTest, ABoxThatHoldsAnotherNumberIsFound) {
  DeliverBoxAndRibbons();
  const v1::VerifyReport whole = Verified();
  EXPECT_TRUE(whole.passed()) << whole.DebugString();
  EXPECT_EQ(CheckOf(whole.stores(0), "box_rows"), 1);
  Tamper("central", [](KvStore& store, storage::WriteBatch& batch) {
    const std::string key = absl::StrCat(storage::kBoxRowPrefix, "b1");
    store::v1::BoxRow box;
    ASSERT_TRUE(box.ParseFromString(Get(store, key)));
    box.set_unidentified(box.unidentified() - 1);
    batch.Put(key, box.SerializeAsString());
  });
  EXPECT_THAT(Found(), ElementsAre("box_differs: box b1"));
  Tamper("central", [](KvStore&, storage::WriteBatch& batch) {
    batch.Delete(absl::StrCat(storage::kBoxRowPrefix, "b1"));
  });
  EXPECT_THAT(Found(), ElementsAre("box_lost: box b1"));
}

TEST_F(VerifyCentralTest, RibbonsThatNoLogSpeaksOfAreFound) {
  DeliverBoxAndRibbons();
  EXPECT_EQ(CheckOf(Verified().stores(0), "supply_facts"), 1);
  Tamper("central", [](KvStore& store, storage::WriteBatch& batch) {
    store::v1::CentreRow centre;
    ASSERT_TRUE(centre.ParseFromString(Get(store, std::string(storage::kCentreRowKey))));
    ASSERT_EQ(centre.supplies_size(), 1);
    centre.mutable_supplies(0)->mutable_moved()->set_quantity(11);
    batch.Put(storage::kCentreRowKey, centre.SerializeAsString());
  });
  EXPECT_THAT(Found(), ElementsAre("supplies_differ: ribbons and films of the district"));
}

TEST_F(VerifyCentralTest, RibbonsOfAnotherLotThanTheLogSaysAreFound) {
  DeliverBoxAndRibbons();
  Tamper("central", [](KvStore& store, storage::WriteBatch& batch) {
    store::v1::CentreRow centre;
    ASSERT_TRUE(centre.ParseFromString(Get(store, std::string(storage::kCentreRowKey))));
    centre.mutable_supplies(0)->mutable_moved()->set_lot("lot-2");
    batch.Put(storage::kCentreRowKey, centre.SerializeAsString());
  });
  const v1::VerifyReport report = Verified();
  EXPECT_THAT(Found(report), ElementsAre("supplies_differ: ribbons and films of the district"));
  const std::string& sentence = report.stores(0).differences(0).sentence();
  EXPECT_THAT(sentence, AllOf(HasSubstr("lot-1"), HasSubstr("lot-2"), Not(HasSubstr("wayan"))));
}

TEST_F(VerifyCentralTest, ABlankThatIsAllottedUnderBothNamesIsOneBlank) {
  const std::string uid = "04A1B2C3D4E5F6";
  DeliverBoxAndRibbons();
  AllotUnderItsOtherName("A0001000", uid);
  EXPECT_THAT(Found(), IsEmpty());
  const std::string key = absl::StrCat(storage::kBlankRowPrefix, uid);
  store::v1::BlankRow blank;
  Tamper("central", [&](KvStore& store, storage::WriteBatch& batch) {
    ASSERT_TRUE(blank.ParseFromString(Get(store, key)));
    store::v1::BlankRow changed = blank;
    changed.set_allotted_again(false);
    batch.Put(key, changed.SerializeAsString());
  });
  EXPECT_THAT(Found(), ElementsAre("allotted_differs: blank " + uid));
  Tamper("central", [&](KvStore& store, storage::WriteBatch& batch) {
    batch.Put(key, blank.SerializeAsString());
    store::v1::CentreRow centre;
    ASSERT_TRUE(centre.ParseFromString(Get(store, std::string(storage::kCentreRowKey))));
    EXPECT_EQ(centre.allotted_again(), 1u);
    centre.set_allotted_again(2);
    batch.Put(storage::kCentreRowKey, centre.SerializeAsString());
  });
  EXPECT_THAT(Found(), ElementsAre("allotted_differs: the second names of allotted blanks"));
}

TEST_F(VerifyCentralTest, ClaimsAreWalkedAndNotCounted) {
  const v1::VerifyReport report = VerifiedRevoked();
  EXPECT_TRUE(report.passed()) << report.DebugString();
  const v1::StoreReport& centre = report.stores(0);
  EXPECT_GT(CheckOf(centre, "claims"), 0);
  EXPECT_GT(CheckOf(centre, "signed_claims"), 0);
  EXPECT_EQ(CheckOf(centre, "node_entries") + CheckOf(centre, "claims"), proven_seq_);
}

TEST_F(VerifyCentralTest, AChangedClaimIsFound) {
  const std::string last =
      storage::ClaimEntryKey(SampleOffice::kNode, SampleOffice::kIncarnation, proven_seq_);
  Tamper("revoked", [&](KvStore& store, storage::WriteBatch& batch) {
    std::string bytes = Get(store, last);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    batch.Put(last, bytes);
  });
  const std::string place = absl::StrCat("claims of susut, entry ", proven_seq_);
  EXPECT_THAT(Found(VerifiedRevoked()),
              IsSupersetOf({"signature_wrong: " + place, "witness_contradicts: " + place}));
}

TEST_F(VerifyCentralTest, ClaimsThatAreGoneAreFound) {
  Tamper("revoked", [&](KvStore& store, storage::WriteBatch& batch) {
    for (const absl::string_view prefix :
         {storage::kClaimEntryPrefix, storage::kClaimSignedHeadPrefix}) {
      ASSERT_TRUE(store
                      .Scan(prefix, storage::PrefixEnd(prefix),
                            [&](absl::string_view key, absl::string_view) {
                              batch.Delete(key);
                              return true;
                            })
                      .ok());
    }
  });
  EXPECT_THAT(Found(VerifiedRevoked()), ElementsAre("claims_lost: claims of susut"));
}

TEST_F(VerifyCentralTest, AnotherKeyThanTheEnrolledOneIsFound) {
  Tamper("central", [](KvStore& store, storage::WriteBatch& batch) {
    const std::string key = absl::StrCat(storage::kNodeRowPrefix, SampleOffice::kNode);
    store::v1::NodeRow node;
    ASSERT_TRUE(node.ParseFromString(Get(store, key)));
    node.mutable_streams(0)->set_public_key(std::string(32, 'x'));
    batch.Put(key, node.SerializeAsString());
  });
  EXPECT_THAT(Found(), ElementsAre("key_contradicts: " + Place(1)));
}

}  // namespace
}  // namespace keping::cli
