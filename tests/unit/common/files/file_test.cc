#include "common/files/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"

namespace keping::files {
namespace {

using ::testing::HasSubstr;

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(MakePrivateFolder(folder_).ok()); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  static int ModeOf(const std::string& path) {
    struct stat facts {};
    return stat(path.c_str(), &facts) == 0 ? facts.st_mode & 0777 : -1;
  }

  std::string folder_ =
      absl::StrCat(::testing::TempDir(), "/file_test.", getpid(), ".",
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::string path_ = folder_ + "/node.key";
};

TEST_F(FileTest, ReadsBackWhatWasWritten) {
  const std::string content("a\0b\n", 4);
  ASSERT_TRUE(WriteFile(path_, content, Access::kOwnerOnly).ok());
  EXPECT_EQ(*ReadFile(path_, 4), content);
  ASSERT_TRUE(WriteFile(path_, "", Access::kOwnerOnly).ok());
  EXPECT_EQ(*ReadFile(path_, 4), "");
}

TEST_F(FileTest, ModesAreExactWhateverTheUmaskOrALeftover) {
  const mode_t before = umask(0077);
  ASSERT_TRUE(WriteFile(path_, "x", Access::kEveryoneReads).ok());
  EXPECT_EQ(ModeOf(path_), 0644);
  umask(0);
  ASSERT_TRUE(WriteFile(path_ + ".new", "leftover", Access::kEveryoneReads).ok());
  ASSERT_TRUE(WriteFile(path_, "x", Access::kOwnerOnly).ok());
  EXPECT_EQ(ModeOf(path_), 0600);
  umask(before);
  EXPECT_EQ(ModeOf(folder_), 0700);
  EXPECT_FALSE(std::filesystem::exists(path_ + ".new"));
}

TEST_F(FileTest, ErrorsNameThePathAndTheReason) {
  EXPECT_EQ(ReadFile(path_, 10).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(ReadFile(path_, 10).status().message()), HasSubstr(path_));
  EXPECT_THAT(std::string(ReadFile(folder_, 10).status().message()), HasSubstr("got a folder"));
  ASSERT_TRUE(WriteFile(path_, "12345678901", Access::kOwnerOnly).ok());
  EXPECT_THAT(std::string(ReadFile(path_, 10).status().message()), HasSubstr("more than 10 bytes"));
  EXPECT_EQ(WriteFile(folder_ + "/absent/x", "x", Access::kOwnerOnly).code(),
            absl::StatusCode::kNotFound);
  EXPECT_FALSE(MakePrivateFolder(path_ + "/below").ok());
}

TEST_F(FileTest, MakesParents) {
  ASSERT_TRUE(MakePrivateFolder(folder_ + "/a/b/c").ok());
  ASSERT_TRUE(MakePrivateFolder(folder_ + "/a/b/c").ok());
  EXPECT_EQ(ModeOf(folder_ + "/a/b"), 0700);
}

TEST(ResolvePathTest, IsRelativeToTheFolder) {
  EXPECT_EQ(ResolvePath("/etc/keping", "keys"), "/etc/keping/keys");
  EXPECT_EQ(ResolvePath("/etc/keping/", "keys"), "/etc/keping/keys");
  EXPECT_EQ(ResolvePath("/etc/keping", "/var/keys"), "/var/keys");
  EXPECT_EQ(ResolvePath("", "keys"), "keys");
  EXPECT_EQ(ResolvePath("/etc/keping", ""), "");
}

}  // namespace
}  // namespace keping::files
