#include "common/crypto/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "tests/support/temp_folder.h"

namespace keping::crypto {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class KeyFileTest : public testing::Test {
 protected:
  mode_t ModeOfFile() {
    struct stat info {};
    EXPECT_EQ(stat(path_.c_str(), &info), 0);
    return info.st_mode & 07777;
  }
  size_t FilesInFolder() {
    size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
      count += file.exists() ? 1 : 0;
    }
    return count;
  }

  tests::TempFolder folder_;
  const std::string path_ = folder_.path() + "/data.key";
};

TEST_F(KeyFileTest, KeyIsMadeOnceAndLoadedAfterwards) {
  const auto made = LoadOrCreateKeyFile(path_, 32);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->size(), 32u);
  EXPECT_EQ(*LoadOrCreateKeyFile(path_, 32), *made);
  EXPECT_EQ(ModeOfFile(), 0600u);
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(KeyFileTest, ConcurrentCreatorsGetOneKey) {
  std::vector<std::string> keys(8);
  std::vector<std::thread> threads;
  for (std::string& key : keys) {
    threads.emplace_back([&key, this] { key = *LoadOrCreateKeyFile(path_, 32); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), 1u);
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(KeyFileTest, OpenModeIsRefused) {
  ASSERT_TRUE(CreateSecretFile(path_, "secret").ok());
  for (const mode_t mode : {0640, 0604, 0660, 0610}) {
    ASSERT_EQ(chmod(path_.c_str(), mode), 0);
    const absl::Status status = LoadSecretFile(path_).status();
    EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("want 0600"));
  }
  ASSERT_EQ(chmod(path_.c_str(), 0400), 0);
  EXPECT_EQ(*LoadSecretFile(path_), "secret");
}

TEST_F(KeyFileTest, ACredentialIsProtectedByItsFolder) {
  ASSERT_TRUE(CreateSecretFile(path_, "secret").ok());
  ASSERT_EQ(chmod(path_.c_str(), 0440), 0);
  EXPECT_EQ(*LoadCredentialFile(path_), "secret");
  EXPECT_TRUE(absl::IsNotFound(LoadCredentialFile(path_ + ".other").status()));
}

TEST_F(KeyFileTest, ADestroyedSecretIsOverwrittenAndGone) {
  ASSERT_TRUE(CreateSecretFile(path_, "secret").ok());
  std::filesystem::create_hard_link(path_, path_ + ".link");
  ASSERT_TRUE(DestroySecretFile(path_).ok());
  EXPECT_FALSE(std::filesystem::exists(path_));
  const auto left = LoadSecretFile(path_ + ".link");
  ASSERT_TRUE(left.ok());
  EXPECT_NE(*left, "secret");
  EXPECT_TRUE(DestroySecretFile(path_).ok()) << "once more does nothing";
}

TEST_F(KeyFileTest, ExistingSecretIsNeverOverwritten) {
  ASSERT_TRUE(CreateSecretFile(path_, "first").ok());
  EXPECT_TRUE(absl::IsAlreadyExists(CreateSecretFile(path_, "second")));
  EXPECT_EQ(*LoadSecretFile(path_), "first");
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(KeyFileTest, WrongSizeIsRefusedWithoutShowingTheKey) {
  ASSERT_TRUE(CreateSecretFile(path_, "hunter2").ok());
  const absl::Status status = LoadOrCreateKeyFile(path_, 32).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("got 7 bytes, want 32"));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("hunter2")));
}

TEST_F(KeyFileTest, WhatIsNoSecretFileIsRefused) {
  EXPECT_TRUE(absl::IsNotFound(LoadSecretFile(path_).status()));
  EXPECT_TRUE(absl::IsNotFound(LoadOrCreateKeyFile(folder_.path() + "/no/key", 32).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(LoadSecretFile(folder_.path()).status()));
  std::ofstream{path_};
  ASSERT_EQ(chmod(path_.c_str(), 0600), 0);
  EXPECT_TRUE(absl::IsInvalidArgument(LoadSecretFile(path_).status()));
  std::ofstream(path_) << std::string(kMaxSecretFileSize + 1, 'x');
  EXPECT_TRUE(absl::IsInvalidArgument(LoadSecretFile(path_).status()));
  std::filesystem::remove(path_);
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_TRUE(absl::IsInvalidArgument(LoadSecretFile(path_).status()));
}

}  // namespace
}  // namespace keping::crypto
