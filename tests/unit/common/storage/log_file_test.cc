#include "common/storage/log_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/temp_folder.h"

namespace keping::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LogFileTest : public testing::Test {
 protected:
  // Entries as they are, heads as "seq signature".
  std::vector<std::string> Read(LogFileEnd* end = nullptr) {
    std::vector<std::string> records;
    const auto read = ReadLogFile(
        path_, [&](absl::string_view bytes) { records.emplace_back(bytes); },
        [&](uint64_t seq, absl::string_view signature) {
          records.push_back(absl::StrCat(seq, " ", signature));
        });
    EXPECT_TRUE(read.ok()) << read.status();
    if (end != nullptr && read.ok()) *end = *read;
    return records;
  }
  void WriteTwoEntries() {
    auto file = *LogFileWriter::Create(path_);
    file->AddEntry("one");
    file->AddEntry("two");
    file->AddHead(2, "signed");
    ASSERT_TRUE(file->Sync().ok());
    EXPECT_EQ(file->size(), std::filesystem::file_size(path_));
  }

  tests::TempFolder folder_;
  const std::string path_ = folder_.path() + "/000001.klog";
};

TEST_F(LogFileTest, RecordsComeBackInOrder) {
  WriteTwoEntries();
  LogFileEnd end;
  EXPECT_THAT(Read(&end), ElementsAre("one", "two", "2 signed"));
  EXPECT_TRUE(end.whole);
  auto file = *LogFileWriter::Append(path_);
  file->AddEntry("three");
  EXPECT_THAT(Read(), ElementsAre("one", "two", "2 signed")) << "waits for Sync";
  ASSERT_TRUE(file->Sync().ok());
  EXPECT_THAT(Read(), ElementsAre("one", "two", "2 signed", "three"));
}

TEST_F(LogFileTest, ACutFileCountsUpToItsLastWholeRecord) {
  WriteTwoEntries();
  std::ifstream whole(path_, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(whole)), {});
  const std::vector<std::string> all = Read();
  const size_t magic = bytes.find('\n') + 1;
  for (size_t size = magic; size < bytes.size(); ++size) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes.substr(0, size);
    LogFileEnd end;
    const std::vector<std::string> left = Read(&end);
    EXPECT_EQ(left, std::vector<std::string>(all.begin(), all.begin() + left.size()));
    EXPECT_EQ(end.whole, end.good_bytes == size);
    EXPECT_LT(left.size(), all.size());
  }
}

TEST_F(LogFileTest, NoiseAtTheEndIsNoRecord) {
  for (const std::string& noise : {std::string(100, '\0'), std::string(100, '\xff'),
                                   std::string("\x01\x7f\xff\xff\xff big", 9)}) {
    std::filesystem::remove(path_);
    WriteTwoEntries();
    std::ofstream(path_, std::ios::binary | std::ios::app) << noise;
    LogFileEnd end;
    EXPECT_EQ(Read(&end).size(), 3u);
    EXPECT_FALSE(end.whole);
  }
}

TEST_F(LogFileTest, OtherFilesAreRefused) {
  const auto read = [this] {
    return ReadLogFile(
               path_, [](absl::string_view) {}, [](uint64_t, absl::string_view) {})
        .status();
  };
  EXPECT_TRUE(absl::IsNotFound(read()));
  for (const char* content : {"", "keping", "keping log 2\n", "something else altogether"}) {
    std::ofstream(path_, std::ios::trunc) << content;
    EXPECT_TRUE(absl::IsInvalidArgument(read())) << content;
  }
}

TEST_F(LogFileTest, AnExistingFileIsNeverReplaced) {
  WriteTwoEntries();
  EXPECT_TRUE(absl::IsAlreadyExists(LogFileWriter::Create(path_).status()));
  EXPECT_EQ(Read().size(), 3u);
  EXPECT_TRUE(absl::IsNotFound(LogFileWriter::Create(folder_.path() + "/no/file").status()));
  EXPECT_TRUE(absl::IsNotFound(LogFileWriter::Append(folder_.path() + "/file").status()));
}

TEST_F(LogFileTest, AFileThatWasTakenAwayIsNotInPlace) {
  auto file = *LogFileWriter::Create(path_);
  EXPECT_TRUE(file->IsInPlace());
  std::filesystem::remove(path_);
  EXPECT_FALSE(file->IsInPlace());
  std::ofstream(path_) << "another";
  EXPECT_FALSE(file->IsInPlace());
}

TEST_F(LogFileTest, AFullDiskIsSaid) {
  auto file = *LogFileWriter::Append("/dev/full");
  file->AddEntry("one");
  EXPECT_TRUE(absl::IsResourceExhausted(file->Sync()));
}

}  // namespace
}  // namespace keping::storage
