#include "edge_node/app/data_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "common/crypto/random.h"
#include "common/storage/format_version.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "common/storage/sealed_rows.h"
#include "edge_node/store/edge_store.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;

class DataKeyTest : public testing::Test {
 protected:
  DataKeyTest() {
    config_.set_keys_dir(folder_.path() + "/keys");
    config_.set_data_dir(folder_.path() + "/data");
    std::filesystem::create_directory(config_.keys_dir());
    std::filesystem::create_directory(config_.data_dir());
  }

  // A database as a node leaves it: three sealed rows under its key.
  void MakeDatabase() {
    const auto keys = LoadDataKeys(config_, "");
    ASSERT_TRUE(keys.ok()) << keys.status();
    auto store = *storage::OpenRocksDbStore(config_.data_dir() + "/db");
    ASSERT_TRUE(storage::CheckFormatVersion(*store, EdgeStore::kFormatVersion, "edge").ok());
    const auto rows = EdgeStore::OpenSealedRows(
        store.get(), *crypto::RecordCipher::FromKeys(keys->secrets()), crypto::RandomBytes);
    storage::WriteBatch batch;
    for (const char* name : {"prr-1", "prr-2", "prr-3"}) {
      const std::string key = absl::StrCat(storage::kRecordPrefix, name);
      batch.Put(key, rows->Seal("record", key));
    }
    batch.Put(storage::kFeedCursorKey, "cursor");
    ASSERT_TRUE(store->Write(batch, storage::Durability::kSynced).ok());
  }
  void LoseKey() { std::filesystem::remove(config_.keys_dir() + "/data.1.key"); }

  tests::TempFolder folder_;
  config::v1::EdgeConfig config_;
};

TEST_F(DataKeyTest, IsMadeOnceAndKept) {
  const auto made = LoadDataKeys(config_, "");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(LoadDataKeys(config_, "")->secrets(), made->secrets());
}

TEST_F(DataKeyTest, IsNeverMadeAnewBesideADatabase) {
  MakeDatabase();
  LoseKey();
  const absl::Status status = LoadDataKeys(config_, "").status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  for (const char* words : {"K-210", "No event is lost", "drop-records"}) {
    EXPECT_THAT(std::string(status.message()), HasSubstr(words));
  }
  EXPECT_TRUE(std::filesystem::is_empty(config_.keys_dir()));
}

TEST_F(DataKeyTest, RecordsOfALostKeyAreDroppedAndTheFeedBeginsAgain) {
  MakeDatabase();
  LoseKey();
  const auto dropped = DropRecords(config_, "");
  ASSERT_TRUE(dropped.ok()) << dropped.status();
  EXPECT_EQ(dropped->rows, 3u);
  const auto keys = LoadDataKeys(config_, "");
  ASSERT_TRUE(keys.ok()) << keys.status();
  const auto store = *storage::OpenRocksDbStore(config_.data_dir() + "/db");
  EXPECT_TRUE(EdgeStore::OpenSealedRows(store.get(),
                                        *crypto::RecordCipher::FromKeys(keys->secrets()),
                                        crypto::RandomBytes)
                  .ok());
  EXPECT_FALSE(store->Get(storage::kFeedCursorKey)->has_value());
}

TEST_F(DataKeyTest, AnotherKeyInItsPlaceCountsAsLost) {
  MakeDatabase();
  LoseKey();
  ASSERT_TRUE(keys::DataKeys::Load(config_.keys_dir(), "")->MakeNext().ok());
  EXPECT_EQ(DropRecords(config_, "")->rows, 3u);
}

TEST_F(DataKeyTest, NothingIsDroppedWithoutALoss) {
  MakeDatabase();
  const absl::Status status = DropRecords(config_, "").status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("nothing was dropped"));
}

TEST_F(DataKeyTest, NothingIsDroppedWhereThereIsNoDatabase) {
  EXPECT_TRUE(absl::IsNotFound(DropRecords(config_, "").status()));
}

}  // namespace
}  // namespace keping::edge
