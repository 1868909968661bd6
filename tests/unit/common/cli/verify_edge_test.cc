#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/cli/verify.h"
#include "common/domain/entry.h"
#include "common/files/file.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "keping/store/v1/edge.pb.h"
#include "keping/sync/v1/sync.pb.h"
#include "tests/support/sample_office.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using storage::EntryKey;
using storage::KvStore;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class VerifyEdgeTest : public testing::Test {
 protected:
  VerifyEdgeTest() {
    const auto store = *storage::OpenRocksDbStore(folder_.path() + "/db");
    const tests::SampleOffice office(store.get());
    last_seq_ = office.last_seq();
    proven_seq_ = office.proven_seq();
    centre_public_key_ = office.centre_public_key();
  }

  // Changes the store behind the node's back.
  void Tamper(const std::function<void(KvStore&, storage::WriteBatch&)>& change) {
    const auto store = *storage::OpenRocksDbStore(folder_.path() + "/db");
    storage::WriteBatch batch;
    change(*store, batch);
    ASSERT_TRUE(store->Write(batch, storage::Durability::kSynced).ok());
  }

  v1::StoreReport Verified() {
    const auto store = storage::OpenRocksDbStoreReadOnly(folder_.path() + "/db");
    EXPECT_TRUE(store.ok()) << store.status();
    v1::StoreReport report;
    LogHashes logs;
    EXPECT_TRUE(VerifyEdgeStore(**store, centre_public_key_, &report, &logs).ok());
    return report;
  }

  // "code: place" of every difference.
  std::vector<std::string> Found() {
    const v1::StoreReport report = Verified();
    std::vector<std::string> found;
    for (const v1::Difference& difference : report.differences()) {
      found.push_back(absl::StrCat(difference.code(), ": ", difference.place()));
    }
    return found;
  }

  static std::string Get(KvStore& store, const std::string& key) { return **store.Get(key); }
  std::string Entry(uint64_t seq) const { return absl::StrCat("log, entry ", seq); }

  tests::TempFolder folder_;
  uint64_t last_seq_ = 0;
  uint64_t proven_seq_ = 0;
  std::string centre_public_key_;
};

TEST_F(VerifyEdgeTest, AnOfficeDayPasses) {
  const v1::StoreReport report = Verified();
  EXPECT_THAT(report.differences(), IsEmpty()) << report.DebugString();
  EXPECT_EQ(report.node(), tests::SampleOffice::kNode);
  ASSERT_EQ(report.streams_size(), 1);
  EXPECT_EQ(report.streams(0).entries(), last_seq_);
  EXPECT_EQ(report.streams(0).proven_up_to(), proven_seq_);
  EXPECT_EQ(report.streams(0).signed_up_to(), proven_seq_);
  std::string totals;
  for (const v1::Total& total : report.totals()) {
    absl::StrAppend(&totals, total.account(), " ", total.quantity(), "; ");
  }
  EXPECT_EQ(totals,
            "received 10; opened 0; available 5; bound 1; in_doubt 0; used 2; handed_over 0; "
            "delivered 0; "
            "spoiled 2; destroyed 0; missing 0; lent 0; unidentified 0; ");
}

TEST_F(VerifyEdgeTest, ReadingChangesNothing) {
  const std::string before = Verified().SerializeAsString();
  EXPECT_EQ(Verified().SerializeAsString(), before);
  EXPECT_EQ(Found(), std::vector<std::string>());
}

TEST_F(VerifyEdgeTest, AFlippedByteIsFoundInEveryEntry) {
  for (uint64_t seq = 1; seq <= proven_seq_; ++seq) {
    std::string original;
    Tamper([&](KvStore& store, storage::WriteBatch& batch) {
      original = Get(store, EntryKey(seq));
      std::string changed = original;
      changed.back() = static_cast<char>(changed.back() ^ 1);
      batch.Put(EntryKey(seq), changed);
    });
    const std::vector<std::string> found = Found();
    if (seq < last_seq_) {
      EXPECT_THAT(found, Contains("chain_broken: " + Entry(seq + 1)));
    }
    if (seq == proven_seq_) {
      EXPECT_THAT(found, Contains("witness_contradicts: " + Entry(seq)));
    }
    Tamper([&](KvStore&, storage::WriteBatch& batch) { batch.Put(EntryKey(seq), original); });
  }
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(VerifyEdgeTest, ALostEndIsFoundUpToTheLastWitness) {
  Tamper([&](KvStore&, storage::WriteBatch& batch) {
    for (uint64_t seq = proven_seq_; seq <= last_seq_; ++seq) batch.Delete(EntryKey(seq));
  });
  const std::vector<std::string> found = Found();
  EXPECT_THAT(found, Contains("signed_entry_lost: " + Entry(proven_seq_)));
  EXPECT_THAT(found, Contains("witnessed_entry_lost: " + Entry(proven_seq_)));
}

TEST_F(VerifyEdgeTest, AGapIsFound) {
  Tamper([](KvStore&, storage::WriteBatch& batch) { batch.Delete(EntryKey(3)); });
  EXPECT_THAT(Found(), Contains("entry_missing: " + Entry(3)));
}

TEST_F(VerifyEdgeTest, SwappedEntriesAreFound) {
  Tamper([](KvStore& store, storage::WriteBatch& batch) {
    batch.Put(EntryKey(4), Get(store, EntryKey(5)));
    batch.Put(EntryKey(5), Get(store, EntryKey(4)));
  });
  const std::vector<std::string> found = Found();
  EXPECT_THAT(found, Contains("entry_misplaced: " + Entry(4)));
  EXPECT_THAT(found, Contains("entry_misplaced: " + Entry(5)));
}

TEST_F(VerifyEdgeTest, AForgedSignatureIsFound) {
  Tamper([&](KvStore& store, storage::WriteBatch& batch) {
    std::string signature = Get(store, storage::SealedHeadKey(proven_seq_));
    signature[7] = static_cast<char>(signature[7] ^ 1);
    batch.Put(storage::SealedHeadKey(proven_seq_), signature);
  });
  EXPECT_THAT(Found(), testing::ElementsAre("signature_wrong: " + Entry(proven_seq_)));
}

// Whoever rewrites the whole log and its chain cannot sign it.
TEST_F(VerifyEdgeTest, ARewrittenLogFailsAtItsSignatures) {
  Tamper([&](KvStore& store, storage::WriteBatch& batch) {
    crypto::Hash previous;
    for (uint64_t seq = 1; seq <= last_seq_; ++seq) {
      domain::Entry entry = *domain::ParseEntry(Get(store, EntryKey(seq)));
      entry.header.previous = previous;
      if (seq == 2) ++entry.header.wall_micros;
      const std::string bytes = domain::EncodeEntry(entry);
      previous = domain::HashEntryBytes(bytes);
      batch.Put(EntryKey(seq), bytes);
    }
  });
  const std::vector<std::string> found = Found();
  EXPECT_THAT(found, Contains("signature_wrong: " + Entry(proven_seq_)));
  EXPECT_THAT(found, Contains("witness_contradicts: " + Entry(proven_seq_)));
  EXPECT_THAT(found, testing::Not(Contains(HasSubstr("chain_broken"))));
}

TEST_F(VerifyEdgeTest, AForgedReceiptIsFound) {
  Tamper([](KvStore& store, storage::WriteBatch& batch) {
    store::v1::StoredContact stored;
    sync::v1::SessionResponse response;
    ASSERT_TRUE(stored.ParseFromString(Get(store, std::string(storage::kContactKey))));
    ASSERT_TRUE(response.ParseFromString(stored.receipt()));
    std::string& signature = *response.mutable_receipt()->mutable_signature();
    signature[0] = static_cast<char>(signature[0] ^ 1);
    stored.set_receipt(response.SerializeAsString());
    batch.Put(storage::kContactKey, stored.SerializeAsString());
  });
  EXPECT_THAT(Found(), testing::ElementsAre("receipt_signature_wrong: last receipt"));
}

TEST_F(VerifyEdgeTest, AnEntryOfAnotherLogIsFound) {
  Tamper([&](KvStore& store, storage::WriteBatch& batch) {
    domain::Entry entry = *domain::ParseEntry(Get(store, EntryKey(last_seq_)));
    entry.header.node = domain::NodeId::Of("kintamani");
    batch.Put(EntryKey(last_seq_), domain::EncodeEntry(entry));
  });
  EXPECT_THAT(Found(), Contains("stream_mixed: " + Entry(last_seq_)));
}

// ---- Whole stores.

TEST_F(VerifyEdgeTest, FindsTheDatabaseInTheDataFolder) {
  const auto report = Verify({.edges = {folder_.path()}, .centrals = {}, .keys = {}});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->passed());
  EXPECT_THAT(report->stores(0).notes(0), HasSubstr("give --keys"));
}

TEST_F(VerifyEdgeTest, ARunningNodeIsLeftAlone) {
  const auto running = storage::OpenRocksDbStore(folder_.path() + "/db");
  const auto report = Verify({.edges = {folder_.path()}, .centrals = {}, .keys = {}});
  EXPECT_TRUE(absl::IsFailedPrecondition(report.status()));
  EXPECT_THAT(std::string(report.status().message()), HasSubstr("the node is running. Stop it"));
}

TEST_F(VerifyEdgeTest, AnUnusableKeyIsRefusedInWords) {
  ASSERT_TRUE(
      files::WriteFile(folder_.path() + "/centre.pub", "abc\n", files::Access::kEveryoneReads)
          .ok());
  const auto report = Verify({.edges = {folder_.path()}, .centrals = {}, .keys = folder_.path()});
  EXPECT_THAT(std::string(report.status().message()), HasSubstr("want 64 hexadecimal digits"));
}

TEST_F(VerifyEdgeTest, TheStoreOfAnotherProgramIsRefused) {
  Tamper([](KvStore&, storage::WriteBatch& batch) {
    batch.Put(storage::kFormatVersionKey, "keping central 1");
  });
  const auto report = Verify({.edges = {folder_.path()}, .centrals = {}, .keys = {}});
  EXPECT_THAT(std::string(report.status().message()), HasSubstr("want that of the program edge"));
}

}  // namespace
}  // namespace keping::cli
