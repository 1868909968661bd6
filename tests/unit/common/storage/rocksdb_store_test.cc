#include "common/storage/rocksdb_store.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "common/base/prng.h"
#include "tests/support/temp_folder.h"

namespace keping::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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

// The bytes of all files of the folder.
std::string FilesOf(const std::string& folder) {
  std::string all;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return all;
}

TEST_F(RocksDbStoreTest, WhatWasDeletedLiesInNoFileAfterAPurge) {
  // Random, so that no compression hides it.
  const std::string secret = base::Prng(1).Bytes(1000);
  const std::unique_ptr<KvStore> store = MustOpen();
  ASSERT_TRUE(Put(*store, "a-kept", "1").ok());
  ASSERT_TRUE(Put(*store, "b-secret", secret).ok());
  ASSERT_TRUE(store->Purge("b", "c").ok());
  EXPECT_THAT(FilesOf(path_), HasSubstr(secret));
  WriteBatch batch;
  batch.Delete("b-secret");
  ASSERT_TRUE(store->Write(batch, Durability::kSynced).ok());
  EXPECT_THAT(FilesOf(path_), HasSubstr(secret));
  ASSERT_TRUE(store->Purge("b", "c").ok());
  EXPECT_THAT(FilesOf(path_), Not(HasSubstr(secret)));
  EXPECT_EQ(*store->Get("a-kept"), std::make_optional<std::string>("1"));
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

// The files of an open store are what a process leaves that ends without a word.
TEST_F(RocksDbStoreTest, SurvivesTheSuddenEndOfItsProcess) {
  const std::unique_ptr<KvStore> running = MustOpen();
  ASSERT_TRUE(Put(*running, "a", "1").ok());
  ASSERT_TRUE(Put(*running, "b", "2", Durability::kBuffered).ok());
  std::filesystem::copy(path_, path_ + "-left");
  const auto store = OpenRocksDbStore(path_ + "-left");
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ(*(*store)->Get("a"), std::make_optional<std::string>("1"));
  EXPECT_EQ(*(*store)->Get("b"), std::make_optional<std::string>("2"));
}

TEST_F(RocksDbStoreTest, ReadOnlyShowsTheLogThatWasNotFlushedAndRefusesWrites) {
  ASSERT_TRUE(Put(*MustOpen(), "a", "1").ok());
  const auto reader = OpenRocksDbStoreReadOnly(path_);
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ(*(*reader)->Get("a"), std::make_optional<std::string>("1"));
  EXPECT_TRUE(absl::IsFailedPrecondition(Put(**reader, "a", "2")));
}

TEST_F(RocksDbStoreTest, ReadOnlyAndWriterExcludeEachOther) {
  std::unique_ptr<KvStore> writer = MustOpen();
  const absl::Status refused = OpenRocksDbStoreReadOnly(path_).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  writer.reset();
  auto reader = OpenRocksDbStoreReadOnly(path_);
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_TRUE(absl::IsFailedPrecondition(OpenError()));
  reader->reset();
  EXPECT_TRUE(Put(*MustOpen(), "b", "2").ok());
}

TEST_F(RocksDbStoreTest, ReadOnlyCreatesNothing) {
  EXPECT_TRUE(absl::IsNotFound(OpenRocksDbStoreReadOnly(path_).status()));
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(RocksDbStoreTest, SecondOpenInOneProcessIsRefused) {
  const std::unique_ptr<KvStore> store = MustOpen();
  const absl::Status status = OpenError();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("stop the other first"));
}

// The other process takes the lock by itself: after a fork RocksDB's threads would be missing.
TEST_F(RocksDbStoreTest, SecondProcessIsRefused) {
  MustOpen();
  const std::string lock_path = path_ + "/LOCK";
  int ready[2];
  int done[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(done), 0);
  char byte = 0;
  const pid_t holder = fork();
  if (holder == 0) {
    close(done[1]);
    struct flock lock {};
    lock.l_type = F_WRLCK;
    const bool held = fcntl(open(lock_path.c_str(), O_RDWR), F_SETLK, &lock) == 0;
    const bool told = write(ready[1], held ? "y" : "n", 1) == 1;
    _exit(told && read(done[0], &byte, 1) == 0 ? 0 : 1);
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

// A disk of `megabytes`, seen by this process only; false where the kernel or the user allows none.
bool MountSmallDisk(const std::string& folder, int megabytes) {
  const std::string size = "size=" + std::to_string(megabytes) + "m";
  return unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("keping-test", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

constexpr int kNoSmallDisk = 77;

// Fills a disk with synced writes, meets the end of it, makes room and goes on. Returns 0, or the
// number of what failed.
int FillDisk() {
  const std::string folder = std::filesystem::temp_directory_path().string();
  if (!MountSmallDisk(folder, 40)) return kNoSmallDisk;
  const std::string ballast = folder + "/ballast";
  std::ofstream(ballast) << std::string(size_t{20} << 20, 'b');
  auto store = OpenRocksDbStore(folder + "/db");
  if (!store.ok()) return 1;
  base::Prng prng(1);
  int written = 0;
  absl::Status status;
  while (status.ok() && written < 100000) {
    status = Put(**store, std::to_string(100000 + written), prng.Bytes(20000));
    written += status.ok() ? 1 : 0;
  }
  if (!absl::IsResourceExhausted(status)) return 2;
  if (!absl::IsFailedPrecondition(Put(**store, "more", "1"))) return 3;
  if (!(*store)->Get("100000").ok()) return 4;
  store->reset();
  std::filesystem::remove(ballast);
  store = OpenRocksDbStore(folder + "/db");
  if (!store.ok()) return 5;
  for (int i = 0; i < written; ++i) {
    const auto value = (*store)->Get(std::to_string(100000 + i));
    if (!value.ok() || !value->has_value()) return 6;
  }
  return Put(**store, "more", "1").ok() ? 0 : 7;
}

// Passes without a look where the user may mount no small disk.
// In a process of its own, started afresh: after a fork RocksDB's threads would be missing.
TEST(RocksDbStoreDeathTest, FullDiskLosesNothingThatWasSynced) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto passed_or_not_allowed = [](int status) {
    return WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kNoSmallDisk);
  };
  EXPECT_EXIT(_exit(FillDisk()), passed_or_not_allowed, "");
}

std::filesystem::path NewestLog(const std::string& folder) {
  std::filesystem::path newest;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".log") newest = std::max(newest, file.path());
  }
  return newest;
}

void Damage(const std::filesystem::path& file, int keep_percent, bool flip) {
  const uintmax_t offset =
      std::filesystem::file_size(file) * static_cast<uintmax_t>(keep_percent) / 100;
  if (!flip) {
    std::filesystem::resize_file(file, offset);
    return;
  }
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(static_cast<std::streamoff>(offset));
  stream.write("\xa5\x5a\xa5\x5a", 4);
}

// Keys "1000", "1001", … in order; returns how many.
int CountRows(const KvStore& store) {
  int count = 0;
  EXPECT_TRUE(store
                  .Scan("", "",
                        [&](absl::string_view key, absl::string_view) {
                          EXPECT_EQ(std::string(key), std::to_string(1000 + count++));
                          return true;
                        })
                  .ok());
  return count;
}

// Each row cuts or flips the newest write-ahead log; what opens is the store after an earlier
// batch.
TEST_F(RocksDbStoreTest, DamagedLogTailLeavesAPrefix) {
  const std::unique_ptr<KvStore> running = MustOpen();
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(Put(*running, std::to_string(1000 + i), "value", Durability::kBuffered).ok());
  }
  for (const int keep_percent : {0, 10, 50, 90, 99}) {
    for (const bool flip : {false, true}) {
      const std::string left = folder_.path() + "/left";
      std::filesystem::remove_all(left);
      std::filesystem::copy(path_, left);
      Damage(NewestLog(left), keep_percent, flip);
      const auto store = OpenRocksDbStore(left);
      ASSERT_TRUE(store.ok()) << store.status();
      const int kept = CountRows(**store);
      EXPECT_LT(kept, 100);
      EXPECT_GE(kept, keep_percent - 2);
      EXPECT_TRUE(Put(**store, "new", "1").ok());
    }
  }
}

}  // namespace
}  // namespace keping::storage
