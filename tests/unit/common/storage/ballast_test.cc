#include "common/storage/ballast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "common/storage/memory_store.h"
#include "tests/support/temp_folder.h"

namespace keping::storage {
namespace {

using ::testing::HasSubstr;

class BallastTest : public testing::Test {
 protected:
  tests::TempFolder folder_;
  const std::string path_ = folder_.path() + "/ballast";
};

TEST_F(BallastTest, HoldsItsBlocksUntilItIsGivenUp) {
  ASSERT_TRUE(KeepBallast(path_));
  struct stat info {};
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(static_cast<uint64_t>(info.st_size), kBallastBytes);
  EXPECT_GE(static_cast<uint64_t>(info.st_blocks) * 512, kBallastBytes);
  EXPECT_TRUE(KeepBallast(path_)) << "is there";
  EXPECT_TRUE(GiveUpBallast(path_));
  EXPECT_FALSE(GiveUpBallast(path_));
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(BallastTest, OneThatWasCutShortIsMadeWhole) {
  std::ofstream(path_) << "short";
  EXPECT_TRUE(KeepBallast(path_));
  EXPECT_EQ(std::filesystem::file_size(path_), kBallastBytes);
}

TEST_F(BallastTest, NoFolderNoBallast) {
  EXPECT_FALSE(KeepBallast(folder_.path() + "/none/ballast"));
  EXPECT_EQ(FreeBytes(folder_.path() + "/none"), 0u);
  EXPECT_GT(FreeBytes(folder_.path()), 0u);
}

TEST_F(BallastTest, AFullDiskCostsTheBallastOnce) {
  int opened = 0;
  int given_up = 0;
  const auto open = [&]() -> absl::StatusOr<std::unique_ptr<KvStore>> {
    ++opened;
    if (std::filesystem::exists(path_)) return absl::ResourceExhaustedError("disk full");
    return MakeMemoryStore();
  };
  const auto on_give_up = [&] { ++given_up; };
  ASSERT_TRUE(KeepBallast(path_));
  EXPECT_TRUE(OpenWithBallast(path_, open, on_give_up).ok());
  EXPECT_EQ(opened, 2);
  EXPECT_EQ(given_up, 1);
  EXPECT_TRUE(std::filesystem::exists(path_)) << "kept again, since there is room";

  const auto never = [&]() -> absl::StatusOr<std::unique_ptr<KvStore>> {
    ++opened;
    return absl::ResourceExhaustedError("disk full");
  };
  opened = 0;
  for (int start = 0; start < 2; ++start) {
    EXPECT_TRUE(absl::IsResourceExhausted(OpenWithBallast(path_, never, on_give_up).status()));
  }
  EXPECT_EQ(opened, 3) << "a second start has none to give up";
}

TEST_F(BallastTest, OtherErrorsCostNothing) {
  ASSERT_TRUE(KeepBallast(path_));
  const auto open = []() -> absl::StatusOr<std::unique_ptr<KvStore>> {
    return absl::DataLossError("damaged");
  };
  EXPECT_TRUE(absl::IsDataLoss(OpenWithBallast(path_, open, [] {}).status()));
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(BallastTest, PeopleHearWhatToFreeAndWhatWorks) {
  const absl::Status full = DiskFull(absl::ResourceExhaustedError("database x: the disk is full"),
                                     "/data", "Export works.");
  for (const char* words : {"K-215", "the disk is full", "32 MB on the disk of /data", "Export"}) {
    EXPECT_THAT(std::string(full.message()), HasSubstr(words));
  }
  EXPECT_EQ(DiskFull(absl::DataLossError("damaged"), "/data", "").message(), "damaged");
}

}  // namespace
}  // namespace keping::storage
