#include "common/backup/backup_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/backup/escrow_key.h"
#include "common/crypto/random.h"
#include "common/crypto/seal.h"
#include "common/storage/event_log.h"
#include "common/storage/key_space.h"
#include "common/storage/memory_store.h"
#include "common/storage/rocksdb_store.h"
#include "keping/store/v1/central.pb.h"
#include "tests/support/temp_folder.h"

namespace keping::backup {
namespace {

namespace fs = std::filesystem;

using storage::KvStore;
using storage::WriteBatch;
using ::testing::HasSubstr;

const std::string kEscrowSeed(kEscrowKeyBytes, 'e');
const std::string kDataKey(crypto::kSealKeySize, 'd');
constexpr int kRecords = 8;
constexpr size_t kRecordBytes = 400'000;

using Rows = std::map<std::string, std::string>;

class BackupFolderTest : public testing::Test {
 protected:
  // A centre's database, as far as a backup looks into it.
  static void Fill(KvStore& store) {
    WriteBatch batch;
    auto log = storage::EventLog::Open(&store);
    log->Stage({.node = domain::NodeId::Of("central"),
                .incarnation = domain::IncarnationId::Of("inc-1"),
                .hybrid_time = {},
                .moment = {absl::UnixEpoch(), absl::ZeroDuration(), "boot"},
                .type = 1,
                .payload = "payload"},
               &batch);
    store::v1::CentreRow row;
    row.set_generation("g-1");
    row.set_generation_order(1);
    batch.Put(storage::kFormatVersionKey, "keping central 3");
    batch.Put(storage::kDataKeysKey, crypto::KeyIdOf(kDataKey).value());
    batch.Put(storage::kCentreRowKey, row.SerializeAsString());
    batch.Put(storage::NodeEntryKey("susut", "inc-2", 1), "entry");
    for (int i = 0; i < kRecords; ++i) {
      batch.Put(absl::StrCat(storage::kSideRecordPrefix, i), crypto::RandomBytes(kRecordBytes));
    }
    ASSERT_TRUE(store.Write(batch, storage::Durability::kSynced).ok());
  }

  static Rows RowsOf(const KvStore& store) {
    Rows rows;
    EXPECT_TRUE(store
                    .Scan("", "",
                          [&](absl::string_view key, absl::string_view value) {
                            return rows.emplace(key, value).second;
                          })
                    .ok());
    return rows;
  }

  BackupOrder Order() const {
    return {.district = "bangli",
            .software = "test",
            .made_at = absl::FromUnixSeconds(1'493'255'703),
            .destroy_by = absl::FromUnixSeconds(1'500'000'000),
            .signer = signer_.get()};
  }
  BackupOrder WithKeys() const {
    BackupOrder order = Order();
    order.escrow_key = EscrowPairOf(kEscrowSeed)->public_key;
    order.keys = {{"data.1.key", kDataKey}, {"ca.key", "pem"}};
    return order;
  }

  absl::StatusOr<BackupFolder> Make(
      const KvStore& store, const BackupOrder& order,
      const std::function<void()>& on_snapshot = [] {}) {
    auto writer = BackupWriter::Create(path_);
    if (!writer.ok()) return writer.status();
    const auto made = MakeBackup(
        store, order,
        [&](absl::string_view file, absl::string_view bytes) {
          return (*writer)->Append(file, bytes);
        },
        on_snapshot);
    if (!made.ok()) return made.status();
    return (*writer)->Finish(*made);
  }

  static absl::StatusOr<Rows> Read(const BackupFolder& folder) {
    Rows rows;
    const absl::Status read = folder.Read([&rows](absl::string_view key, absl::string_view value) {
      rows.emplace(key, value);
      return absl::OkStatus();
    });
    if (!read.ok()) return read;
    return rows;
  }

  // What Open or Read say of what lies there now.
  std::string Complaint() const {
    const auto folder = BackupFolder::Open(path_);
    return std::string((folder.ok() ? Read(*folder).status() : folder.status()).message());
  }

  void Change(const std::string& file, const std::function<void(std::string&)>& change) {
    std::ifstream in(path_ + "/" + file, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), {}};
    change(content);
    std::ofstream(path_ + "/" + file, std::ios::binary | std::ios::trunc) << content;
  }

  const tests::TempFolder folder_;
  const std::string path_ = folder_.path() + "/backup";
  const std::unique_ptr<crypto::Signer> signer_ =
      *crypto::MakeEd25519Signer(std::string(crypto::kSignerSeedSize, 'r'));
};

TEST_F(BackupFolderTest, HoldsTheRowsOfTheMomentInFilesOfItsSize) {
  const auto store = storage::MakeMemoryStore();
  Fill(*store);
  const Rows before = RowsOf(*store);
  BackupOrder order = WithKeys();
  order.part_bytes = 2'000'000;
  const auto made = Make(*store, order, [&store] {
    WriteBatch later;
    later.Put("later", "1");
    later.Delete(storage::kDataKeysKey);
    ASSERT_TRUE(store->Write(later, storage::Durability::kSynced).ok());
  });
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(*Read(*made), before);
  const store::v1::BackupManifest& manifest = made->manifest();
  EXPECT_GE(manifest.parts_size(), 2);
  for (const store::v1::BackupPart& part : manifest.parts()) EXPECT_LE(part.bytes(), 2'000'000u);
  EXPECT_EQ(manifest.district(), "bangli");
  EXPECT_EQ(manifest.format(), "keping central 3");
  EXPECT_EQ(manifest.generation(), "g-1");
  EXPECT_EQ(manifest.incarnation(), "inc-1");
  EXPECT_EQ(manifest.head_seq(), 1u);
  EXPECT_EQ(manifest.rows(), before.size());
  EXPECT_EQ(manifest.node_entries(), 1u);
  EXPECT_THAT(manifest.data_keys(), testing::ElementsAre(crypto::KeyIdOf(kDataKey).value()));
  EXPECT_EQ(*made->Keys(kEscrowSeed), WithKeys().keys);
  EXPECT_TRUE(made->CheckSizes().ok());
}

TEST_F(BackupFolderTest, WithoutAnEscrowKeySaysThatTheKeysAreNotInside) {
  const auto store = storage::MakeMemoryStore();
  Fill(*store);
  const auto made = Make(*store, Order());
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_FALSE(made->manifest().has_keys());
  EXPECT_EQ(made->manifest().said_of_keys(), "the keys are NOT in this backup");
  EXPECT_FALSE(fs::exists(path_ + "/" + kSealedKeysFile));
}

TEST_F(BackupFolderTest, WhatWasDeletedIsInNoByteOfIt) {
  const auto store = *storage::OpenRocksDbStore(folder_.path() + "/db");
  Fill(*store);
  const std::string secret = "the key of a record that was destroyed";
  WriteBatch batch;
  batch.Put(absl::StrCat(storage::kSideRecordKeyPrefix, "1"), secret);
  ASSERT_TRUE(store->Write(batch, storage::Durability::kSynced).ok());
  batch.Clear();
  batch.Delete(absl::StrCat(storage::kSideRecordKeyPrefix, "1"));
  ASSERT_TRUE(store->Write(batch, storage::Durability::kSynced).ok());
  const auto made = Make(*store, Order());
  ASSERT_TRUE(made.ok()) << made.status();
  const Rows rows = *Read(*made);
  for (const auto& [key, value] : rows) EXPECT_FALSE(absl::StrContains(value, secret));
  // A copy of the database's files would have it.
  bool in_files = false;
  for (const auto& file : fs::directory_iterator(folder_.path() + "/db")) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    in_files = in_files || absl::StrContains(content, secret);
  }
  EXPECT_TRUE(in_files);
}

TEST_F(BackupFolderTest, DamageAndFraudAreFound) {
  const auto store = storage::MakeMemoryStore();
  Fill(*store);
  struct Row {
    std::string file;
    std::function<void(std::string&)> change;
  };
  const std::vector<Row> rows = {
      {"database.001", [](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; }},
      {"database.001", [](std::string& bytes) { bytes.pop_back(); }},
      {"database.001", [](std::string& bytes) { bytes += "x"; }},
      {kSealedKeysFile, [](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; }},
      {kManifestFile, [](std::string& text) { text[text.find("bangli")] = 'B'; }},
      {kManifestFile, [](std::string& text) { text += "of_a_later_version: 1\n"; }},
      {kManifestFile, [](std::string& text) { text.clear(); }},
      {kSignatureFile, [](std::string& text) { text.clear(); }},
      {kSignatureFile, [](std::string& text) { text = std::string(128, '0'); }},
  };
  for (const Row& row : rows) {
    ASSERT_TRUE(Make(*store, WithKeys()).ok());
    EXPECT_EQ(Complaint(), "");
    Change(row.file, row.change);
    EXPECT_THAT(Complaint(), HasSubstr("K-288")) << row.file;
    fs::remove_all(path_);
  }
  for (const char* file : {"database.001", kSealedKeysFile, kManifestFile, kSignatureFile}) {
    ASSERT_TRUE(Make(*store, WithKeys()).ok());
    fs::remove(path_ + "/" + file);
    EXPECT_THAT(Complaint(), HasSubstr("K-288")) << file;
    fs::remove_all(path_);
  }
}

TEST_F(BackupFolderTest, AManifestOfOthersNamesNoFilesElsewhere) {
  const auto store = storage::MakeMemoryStore();
  Fill(*store);
  ASSERT_TRUE(Make(*store, Order()).ok());
  std::string text;
  Change(kManifestFile, [&text](std::string& content) {
    content.replace(content.find("database.001"), 12, "../../secret");
    text = content;
  });
  const std::string signature = signer_->Sign(ManifestStatement(text));
  Change(kSignatureFile, [&signature](std::string& content) {
    content.clear();
    for (const char byte : signature) {
      content += absl::StrCat(absl::Hex(static_cast<uint8_t>(byte), absl::kZeroPad2));
    }
  });
  EXPECT_THAT(Complaint(), HasSubstr("names no files that it can have"));
}

TEST_F(BackupFolderTest, RowsWhoseDataKeyIsNotThereAreNotSealedAwayWithoutIt) {
  const auto store = storage::MakeMemoryStore();
  Fill(*store);
  BackupOrder order = WithKeys();
  order.keys.erase("data.1.key");
  const auto made = Make(*store, order);
  EXPECT_TRUE(absl::IsFailedPrecondition(made.status())) << made.status();
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(BackupFolderTest, NothingIsLeftOfOneThatFailed) {
  const auto store = storage::MakeMemoryStore();
  Fill(*store);
  {
    const auto writer = *BackupWriter::Create(path_);
    const auto made = MakeBackup(
        *store, Order(),
        [&](absl::string_view file, absl::string_view bytes) {
          const absl::Status appended = writer->Append(file, bytes);
          return appended.ok() ? absl::ResourceExhaustedError("the stick is full") : appended;
        },
        [] {});
    EXPECT_TRUE(absl::IsResourceExhausted(made.status()));
    EXPECT_TRUE(fs::exists(DraftFolderOf(path_)));
    EXPECT_FALSE(fs::exists(path_));
  }
  EXPECT_FALSE(fs::exists(DraftFolderOf(path_)));
}

TEST_F(BackupFolderTest, WhatAKilledRunLeftIsReplacedAndAWholeOneIsNot) {
  const auto store = storage::MakeMemoryStore();
  Fill(*store);
  fs::create_directories(DraftFolderOf(path_));
  std::ofstream(DraftFolderOf(path_) + "/database.001") << "half";
  EXPECT_THAT(std::string(BackupFolder::Open(DraftFolderOf(path_)).status().message()),
              HasSubstr("K-288"));
  ASSERT_TRUE(Make(*store, Order()).ok());
  EXPECT_EQ(Complaint(), "");
  EXPECT_TRUE(absl::IsAlreadyExists(Make(*store, Order()).status()));
}

TEST_F(BackupFolderTest, AStickThatIsNotMountedIsNotMadeUp) {
  const auto writer = BackupWriter::Create(folder_.path() + "/stick/backup");
  EXPECT_TRUE(absl::IsNotFound(writer.status())) << writer.status();
  EXPECT_FALSE(fs::exists(folder_.path() + "/stick"));
}

TEST_F(BackupFolderTest, AStoreOfAnotherKindIsNoCentre) {
  const auto store = storage::MakeMemoryStore();
  EXPECT_TRUE(absl::IsFailedPrecondition(Make(*store, Order()).status()));
  int settled = 0;
  EXPECT_FALSE(MakeBackup(
                   *store, Order(),
                   [](absl::string_view, absl::string_view) { return absl::OkStatus(); },
                   [&settled] { ++settled; })
                   .ok());
  EXPECT_EQ(settled, 1) << "whoever waits for the moment is told";
}

}  // namespace
}  // namespace keping::backup
