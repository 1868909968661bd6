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

std::string Range(const std::string& path, uint64_t from, uint64_t size) {
  std::string read;
  const absl::Status status = ReadRange(path, from, size, [&](absl::string_view piece) {
    read.append(piece.data(), piece.size());
    return absl::OkStatus();
  });
  return status.ok() ? read : std::string(absl::StatusCodeToString(status.code()));
}

TEST_F(FileTest, ARangeIsReadInPieces) {
  const std::string content(200'000, 'x');
  ASSERT_TRUE(WriteFile(path_, absl::StrCat(content, "the end"), Access::kOwnerOnly).ok());
  EXPECT_EQ(*FileSize(path_), 200'007u);
  EXPECT_EQ(Range(path_, 0, 200'000), content);
  EXPECT_EQ(Range(path_, 200'000, 7), "the end");
  EXPECT_EQ(Range(path_, 200'007, 0), "");
  EXPECT_EQ(Range(path_, 200'000, 8), "OUT_OF_RANGE");
  EXPECT_EQ(Range(folder_, 0, 1), "INVALID_ARGUMENT");
  EXPECT_EQ(Range(folder_ + "/absent", 0, 1), "NOT_FOUND");
}

TEST_F(FileTest, ANewFileIsThereWhenItIsWhole) {
  {
    const auto file = NewFile::Create(path_);
    ASSERT_TRUE(file.ok()) << file.status();
    ASSERT_TRUE((*file)->Append("half").ok());
    EXPECT_FALSE(std::filesystem::exists(path_));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_)) << "what was not finished is removed";
  const auto file = NewFile::Create(path_);
  ASSERT_TRUE((*file)->Append("one ").ok());
  ASSERT_TRUE((*file)->Append("two").ok());
  ASSERT_TRUE((*file)->Finish().ok());
  EXPECT_EQ(*ReadFile(path_, 100), "one two");
  EXPECT_EQ(ModeOf(path_), 0600);
  EXPECT_TRUE(absl::IsAlreadyExists(NewFile::Create(path_).status()));
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
