#include "common/cli/export_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/cli/verify.h"
#include "common/crypto/key_file.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "tests/support/sample_office.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Of a stopped node; a running one takes part in tests/integration/edge_node.
class ExportLogTest : public testing::Test {
 protected:
  ExportLogTest() {
    const auto store = *storage::OpenRocksDbStore(folder_.path() + "/db");
    const tests::SampleOffice office(store.get());
    last_seq_ = office.last_seq();
    sent_seq_ = office.segments().back().first_seq + office.segments().back().entries.size() - 1;
  }

  absl::StatusOr<v1::ExportedLog> Export() {
    return ExportLog({.to = to_}, {.socket = folder_.path() + "/none.sock",
                                   .data_dir = folder_.path(),
                                   .keys_dir = folder_.path() + "/keys"});
  }
  v1::StoreReport Verified() {
    v1::VerifyReport report;
    LogHashes logs;
    EXPECT_TRUE(VerifyMirror(to_, &report, &logs).ok());
    return report.stores(0);
  }

  tests::TempFolder folder_;
  const std::string to_ = folder_.path() + "/susut.klog";
  uint64_t last_seq_ = 0;
  uint64_t sent_seq_ = 0;
};

TEST_F(ExportLogTest, WithoutItsKeyTheSignaturesOfTheStoreGoAlong) {
  const auto exported = Export();
  ASSERT_TRUE(exported.ok()) << exported.status();
  EXPECT_EQ(exported->entries(), last_seq_);
  EXPECT_EQ(exported->signed_up_to(), sent_seq_);
  EXPECT_FALSE(exported->from_running_node());
  const v1::StoreReport report = Verified();
  EXPECT_THAT(report.differences(), IsEmpty()) << report.DebugString();
  EXPECT_EQ(report.streams(0).entries(), last_seq_);
  EXPECT_EQ(report.streams(0).signed_up_to(), sent_seq_);
}

TEST_F(ExportLogTest, ADamagedEntryGoesAlongAndIsNotSigned) {
  {
    const auto store = *storage::OpenRocksDbStore(folder_.path() + "/db");
    storage::WriteBatch batch;
    std::string entry = **store->Get(storage::EntryKey(5));
    entry.back() = static_cast<char>(entry.back() ^ 1);
    batch.Put(storage::EntryKey(5), entry);
    ASSERT_TRUE(store->Write(batch, storage::Durability::kSynced).ok());
  }
  std::filesystem::create_directory(folder_.path() + "/keys");
  ASSERT_TRUE(
      crypto::CreateSecretFile(folder_.path() + "/keys/log.key", std::string(32, 'k')).ok());
  const auto exported = Export();
  ASSERT_TRUE(exported.ok()) << exported.status();
  EXPECT_EQ(exported->entries(), last_seq_);
  EXPECT_EQ(exported->signed_up_to(), 5u) << "the next one shows the damage";
}

TEST_F(ExportLogTest, AnExistingFileStays) {
  ASSERT_TRUE(Export().ok());
  EXPECT_TRUE(absl::IsAlreadyExists(Export().status()));
}

TEST_F(ExportLogTest, WithoutNodeAndFolderThereIsNothing) {
  const absl::Status status =
      ExportLog({.to = to_},
                {.socket = folder_.path() + "/none.sock", .data_dir = {}, .keys_dir = {}})
          .status();
  EXPECT_TRUE(absl::IsUnavailable(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("the node is not running"));
  EXPECT_FALSE(std::filesystem::exists(to_));
}

}  // namespace
}  // namespace keping::cli
