#include "common/cli/log_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "common/storage/log_file.h"
#include "common/storage/memory_store.h"
#include "tests/support/sample_office.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class LogFilesTest : public testing::Test {
 protected:
  LogFilesTest() : store_(storage::MakeMemoryStore()), office_(store_.get()) {
    std::filesystem::create_directories(folder_.path() + "/susut-susut-1");
  }

  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  const std::vector<sync::Segment>& sent() const { return office_.segments(); }

  // What the node sent in its sessions from `from` to before `to`.
  std::string Write(const std::string& name, size_t from, size_t to) {
    auto file = *storage::LogFileWriter::Create(Path(name));
    for (size_t i = from; i < to; ++i) {
      for (const std::string& entry : sent()[i].entries) file->AddEntry(entry);
      file->AddHead(sent()[i].first_seq + sent()[i].entries.size() - 1, sent()[i].signature);
    }
    EXPECT_TRUE(file->Sync().ok());
    return Path(name);
  }

  static FiledLog Read(const std::vector<std::string>& files) {
    auto log = ReadFiledLog(files);
    EXPECT_TRUE(log.ok()) << log.status();
    return *std::move(log);
  }

  void ExpectWhatWasSent(const FiledLog& log) {
    ASSERT_THAT(log.segments, SizeIs(sent().size()));
    for (size_t i = 0; i < sent().size(); ++i) {
      EXPECT_EQ(log.segments[i].first_seq, sent()[i].first_seq);
      EXPECT_EQ(log.segments[i].incarnation, sent()[i].incarnation);
      EXPECT_EQ(log.segments[i].entries, sent()[i].entries);
      EXPECT_EQ(log.segments[i].signature, sent()[i].signature);
    }
    EXPECT_EQ(log.node.value(), tests::SampleOffice::kNode);
    EXPECT_EQ(log.entries_unsigned, 0u);
  }

  const std::unique_ptr<storage::KvStore> store_;
  const tests::SampleOffice office_;
  const tests::TempFolder folder_;
};

TEST_F(LogFilesTest, AStickAFolderAndAFileOfAnyNameHoldSegments) {
  ASSERT_GT(sent().size(), 1u);
  const std::string file = Write("susut-susut-1/000001.klog", 0, sent().size());
  for (const std::string& path : {folder_.path(), Path("susut-susut-1"), file}) {
    const auto logs = FindLogFiles(path);
    ASSERT_THAT(logs, ElementsAre(ElementsAre(file))) << path;
    ExpectWhatWasSent(Read(logs[0]));
  }
  const std::string exported = Write("what an administrator calls it", 0, sent().size());
  EXPECT_THAT(FindLogFiles(exported), ElementsAre(ElementsAre(exported)));
  std::ofstream(Path("other.txt")) << "A0001000\n";
  EXPECT_THAT(FindLogFiles(Path("other.txt")), IsEmpty());
  EXPECT_THAT(FindLogFiles(Path("none")), IsEmpty());
}

TEST_F(LogFilesTest, WhatATornFileLostMayStandInTheNext) {
  const std::string torn = Write("susut-susut-1/000001.klog", 0, sent().size());
  std::filesystem::resize_file(torn, std::filesystem::file_size(torn) / 2);
  FiledLog log = Read({torn});
  EXPECT_LT(log.segments.size(), sent().size());
  const std::string next = Write("susut-susut-1/000002.klog", 0, sent().size());
  ExpectWhatWasSent(Read({torn, next}));
}

TEST_F(LogFilesTest, AGapEndsARunAndWhatNobodySignedIsCounted) {
  auto file = *storage::LogFileWriter::Create(Path("000001.klog"));
  std::vector<std::string> entries;
  for (const sync::Segment& segment : sent()) {
    entries.insert(entries.end(), segment.entries.begin(), segment.entries.end());
  }
  ASSERT_GT(entries.size(), 5u);
  for (const size_t i : {0, 1, 3, 4}) file->AddEntry(entries[i]);
  file->AddHead(4, std::string(64, 's'));
  ASSERT_TRUE(file->Sync().ok());
  const FiledLog log = Read({Path("000001.klog")});
  ASSERT_THAT(log.segments, SizeIs(1));
  EXPECT_EQ(log.segments[0].first_seq, 4u);
  EXPECT_THAT(log.segments[0].entries, ElementsAre(entries[3]));
  EXPECT_EQ(log.entries_unsigned, 3u);
}

TEST_F(LogFilesTest, TwoMachinesThatWroteThereAreAProblem) {
  const std::string file = Write("000001.klog", 0, sent().size());
  auto other = *storage::LogFileWriter::Create(Path("000002.klog"));
  std::string changed = sent()[0].entries[0];
  changed.back() = static_cast<char>(changed.back() ^ 1);
  other->AddEntry(changed);
  ASSERT_TRUE(other->Sync().ok());
  const FiledLog log = Read({file, Path("000002.klog")});
  ExpectWhatWasSent(log);
  EXPECT_THAT(log.problems, ElementsAre(HasSubstr("K-251: got two different entries 1")));
}

TEST_F(LogFilesTest, AFileOfAnotherKindIsAProblemAndTheOthersCount) {
  std::ofstream(Path("000001.klog")) << "keping l";
  const std::string file = Write("000002.klog", 0, sent().size());
  const FiledLog log = Read({Path("000001.klog"), file});
  ExpectWhatWasSent(log);
  EXPECT_THAT(log.problems, ElementsAre(HasSubstr("got another kind of file")));
}

}  // namespace
}  // namespace keping::cli
