#include "common/storage/rocksdb_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "tests/support/temp_folder.h"

namespace keping::storage {
namespace {

using ::testing::HasSubstr;

class RocksDbStoreTest : public testing::Test {
 protected:
  std::unique_ptr<KvStore> MustOpen() {
    auto store = OpenRocksDbStore(path_);
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }
  absl::Status OpenError(const RocksDbOptions& options = {}) {
    return OpenRocksDbStore(path_, options).status();
  }
  void WriteFile(const std::string& name, const std::string& contents) {
    std::filesystem::create_directories(path_);
    std::ofstream(path_ + "/" + name, std::ios::binary) << contents;
  }

  tests::TempFolder folder_;
  const std::string path_ = folder_.path() + "/db";
};

absl::Status Put(KvStore& store, const std::string& key, const std::string& value,
                 Durability durability = Durability::kSynced) {
  WriteBatch batch;
  batch.Put(key, value);
  return store.Write(batch, durability);
}

TEST_F(RocksDbStoreTest, SurvivesCloseAndReopen) {
  {
    const std::unique_ptr<KvStore> store = MustOpen();
    ASSERT_TRUE(Put(*store, "synced", "1").ok());
    ASSERT_TRUE(Put(*store, "buffered", "2", Durability::kBuffered).ok());
  }
  const std::unique_ptr<KvStore> store = MustOpen();
  EXPECT_EQ(*store->Get("synced"), std::make_optional<std::string>("1"));
  EXPECT_EQ(*store->Get("buffered"), std::make_optional<std::string>("2"));
}

TEST_F(RocksDbStoreTest, SurvivesTheSuddenEndOfItsProcess) {
  const pid_t child = fork();
  if (child == 0) {
    auto store = OpenRocksDbStore(path_);
    const bool good = store.ok() && Put(**store, "a", "1").ok() &&
                      Put(**store, "b", "2", Durability::kBuffered).ok();
    _exit(good ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  const std::unique_ptr<KvStore> store = MustOpen();
  EXPECT_EQ(*store->Get("a"), std::make_optional<std::string>("1"));
  EXPECT_EQ(*store->Get("b"), std::make_optional<std::string>("2"));
}

TEST_F(RocksDbStoreTest, SecondOpenInOneProcessIsRefused) {
  const std::unique_ptr<KvStore> store = MustOpen();
  const absl::Status status = OpenError();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("stop the other first"));
}

TEST_F(RocksDbStoreTest, SecondProcessIsRefused) {
  int ready[2];
  int done[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(done), 0);
  char byte = 0;
  const pid_t holder = fork();
  if (holder == 0) {
    close(done[1]);
    auto store = OpenRocksDbStore(path_);
    const bool told = write(ready[1], store.ok() ? "y" : "n", 1) == 1;
    const bool released = read(done[0], &byte, 1) >= 0;
    _exit(told && released ? 0 : 1);
  }
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  ASSERT_EQ(byte, 'y');
  const absl::Status status = OpenError();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("open in another process"));
  close(done[1]);
  ASSERT_EQ(waitpid(holder, nullptr, 0), holder);
  MustOpen();
}

TEST_F(RocksDbStoreTest, MissingDatabaseIsRefusedWhenNoneMayBeMade) {
  RocksDbOptions options;
  options.create_if_missing = false;
  EXPECT_TRUE(absl::IsNotFound(OpenError(options)));
  std::filesystem::create_directories(path_);
  EXPECT_TRUE(absl::IsNotFound(OpenError(options)));
  EXPECT_TRUE(std::filesystem::is_empty(path_));
}

TEST_F(RocksDbStoreTest, FolderWithOtherFilesIsRefusedAndLeftAlone) {
  WriteFile("holiday.jpg", "not a database");
  const absl::Status status = OpenError();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("other files (such as holiday.jpg)"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path_), {}), 1);
}

TEST_F(RocksDbStoreTest, DataWithoutCurrentFileIsNotReplacedByAnEmptyDatabase) {
  ASSERT_TRUE(Put(*MustOpen(), "a", "1").ok());
  std::filesystem::remove(path_ + "/CURRENT");
  const absl::Status status = OpenError();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
}

TEST_F(RocksDbStoreTest, UnfinishedCreationIsFinished) {
  WriteFile("LOCK", "");
  WriteFile("MANIFEST-000001", "half");
  EXPECT_TRUE(OpenError().ok()) << OpenError();
}

TEST_F(RocksDbStoreTest, FileInPlaceOfAFolderIsRefused) {
  std::ofstream(path_) << "text";
  EXPECT_TRUE(absl::IsFailedPrecondition(OpenError())) << OpenError();
}

TEST_F(RocksDbStoreTest, MissingParentFolderIsNamed) {
  const absl::Status status = OpenRocksDbStore(folder_.path() + "/no/such/db").status();
  EXPECT_TRUE(absl::IsNotFound(status)) << status;
}

TEST_F(RocksDbStoreTest, GarbageCurrentIsDamage) {
  ASSERT_TRUE(Put(*MustOpen(), "a", "1").ok());
  WriteFile("CURRENT", "garbage");
  const absl::Status status = OpenError();
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("is damaged"));
}

TEST_F(RocksDbStoreTest, MissingManifestIsNotFoundOrDamage) {
  ASSERT_TRUE(Put(*MustOpen(), "a", "1").ok());
  for (const auto& file : std::filesystem::directory_iterator(path_)) {
    if (file.path().filename().string().rfind("MANIFEST", 0) == 0) {
      std::filesystem::remove(file.path());
    }
  }
  const absl::Status status = OpenError();
  EXPECT_TRUE(absl::IsNotFound(status) || absl::IsDataLoss(status)) << status;
}

// Each row cuts or flips the newest write-ahead log; what opens is the store after an earlier
// batch.
TEST_F(RocksDbStoreTest, DamagedLogTailLeavesAPrefix) {
  for (const int keep_percent : {0, 10, 50, 90, 99}) {
    for (const bool flip : {false, true}) {
      std::filesystem::remove_all(path_);
      const pid_t child = fork();
      if (child == 0) {
        auto store = OpenRocksDbStore(path_);
        for (int i = 0; i < 100; ++i) (void)Put(**store, std::to_string(1000 + i), "value");
        _exit(0);
      }
      ASSERT_EQ(waitpid(child, nullptr, 0), child);
      std::filesystem::path log;
      for (const auto& file : std::filesystem::directory_iterator(path_)) {
        if (file.path().extension() == ".log") log = std::max(log, file.path());
      }
      const auto size = std::filesystem::file_size(log);
      const auto offset = size * static_cast<uintmax_t>(keep_percent) / 100;
      if (flip) {
        std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(offset));
        file.write("\xa5\x5a\xa5\x5a", 4);
      } else {
        std::filesystem::resize_file(log, offset);
      }
      const std::unique_ptr<KvStore> store = MustOpen();
      int next = 1000;
      ASSERT_TRUE(store
                      ->Scan("", "",
                             [&](absl::string_view key, absl::string_view) {
                               EXPECT_EQ(std::string(key), std::to_string(next++));
                               return true;
                             })
                      .ok());
      EXPECT_LT(next, 1100);
      EXPECT_GE(next, 1000 + std::max(keep_percent - 2, 0));
      EXPECT_TRUE(Put(*store, "new", "1").ok());
    }
  }
}

}  // namespace
}  // namespace keping::storage
