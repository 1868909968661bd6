#include "edge_node/app/data_key.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/status/status.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

TEST(DataKeyTest, IsMadeOnceAndKept) {
  const tests::TempFolder folder;
  const auto made = LoadDataKey(folder.path(), folder.path() + "/data");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(*LoadDataKey(folder.path(), folder.path() + "/data"), *made);
}

TEST(DataKeyTest, IsNeverMadeAnewBesideADatabase) {
  const tests::TempFolder folder;
  std::filesystem::create_directories(folder.path() + "/data/db");
  std::ofstream(folder.path() + "/data/db/CURRENT") << "MANIFEST-000001";
  const auto key = LoadDataKey(folder.path(), folder.path() + "/data");
  EXPECT_TRUE(absl::IsFailedPrecondition(key.status())) << key.status();
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/data.key"));
}

}  // namespace
}  // namespace keping::edge
