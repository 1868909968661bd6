#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/cli/verify.h"
#include "common/domain/entry.h"
#include "common/storage/log_file.h"
#include "common/storage/memory_store.h"
#include "tests/support/sample_office.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class VerifyMirrorTest : public testing::Test {
 protected:
  VerifyMirrorTest() : store_(storage::MakeMemoryStore()), office_(store_.get()) {
    for (const sync::Segment& segment : office_.segments()) {
      for (const std::string& entry : segment.entries) entries_.push_back(entry);
      heads_.push_back({entries_.size(), segment.signature});
    }
    std::filesystem::create_directories(stream_);
  }

  struct SignedHead {
    uint64_t seq = 0;
    std::string signature;
  };

  // A file with entries [from, to] and the signed heads among them.
  void WriteFile(const std::string& name, uint64_t from, uint64_t to) {
    auto file = *storage::LogFileWriter::Create(stream_ + "/" + name);
    for (uint64_t seq = from; seq <= to; ++seq) {
      file->AddEntry(entries_[seq - 1]);
      for (const SignedHead& head : heads_) {
        if (head.seq == seq) file->AddHead(seq, head.signature);
      }
    }
    ASSERT_TRUE(file->Sync().ok());
  }
  uint64_t last() const { return entries_.size(); }

  v1::VerifyReport Verified(const std::string& path) {
    v1::VerifyReport report;
    LogHashes logs;
    const absl::Status status = VerifyMirror(path, &report, &logs);
    EXPECT_TRUE(status.ok()) << status;
    return report;
  }
  std::vector<std::string> Found() {
    std::vector<std::string> found;
    const v1::VerifyReport report = Verified(stick_);
    for (const auto& store : report.stores()) {
      for (const auto& difference : store.differences()) {
        found.push_back(absl::StrCat(difference.code(), ": ", difference.place()));
      }
    }
    return found;
  }

  const std::unique_ptr<storage::KvStore> store_;
  tests::SampleOffice office_;
  std::vector<std::string> entries_;
  std::vector<SignedHead> heads_;
  tests::TempFolder folder_;
  const std::string stick_ = folder_.path();
  const std::string stream_ = stick_ + "/susut-susut-1";
};

TEST_F(VerifyMirrorTest, AStickAFolderAndAFilePass) {
  WriteFile("000001.klog", 1, last());
  for (const std::string& path : {stick_, stream_, stream_ + "/000001.klog"}) {
    const v1::VerifyReport report = Verified(path);
    ASSERT_EQ(report.stores_size(), 1) << path;
    const v1::StoreReport& store = report.stores(0);
    EXPECT_THAT(store.differences(), IsEmpty()) << report.DebugString();
    EXPECT_EQ(store.program(), "mirror");
    EXPECT_EQ(store.node(), tests::SampleOffice::kNode);
    EXPECT_EQ(store.streams(0).entries(), last());
    EXPECT_EQ(store.streams(0).signed_up_to(), heads_.back().seq);
    EXPECT_THAT(store.notes(0), HasSubstr(absl::StrCat("It reaches entry ", last())));
  }
}

TEST_F(VerifyMirrorTest, EntriesMayStandThereTwice) {
  WriteFile("000001.klog", 1, last() - 2);
  WriteFile("000002.klog", 3, last());
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(VerifyMirrorTest, ATornFileIsANoteAndTheNextOneGoesOn) {
  WriteFile("000001.klog", 1, last());
  std::filesystem::resize_file(stream_ + "/000001.klog", 300);
  WriteFile("000002.klog", 1, last());
  EXPECT_THAT(Found(), IsEmpty());
  const v1::VerifyReport report = Verified(stick_);
  EXPECT_THAT(report.stores(0).notes(0), HasSubstr("000001.klog ends torn after"));
}

TEST_F(VerifyMirrorTest, AGapIsFound) {
  WriteFile("000001.klog", 1, 2);
  WriteFile("000002.klog", 4, last());
  EXPECT_THAT(Found(), Contains("entry_missing: mirror, entry 3"));
}

TEST_F(VerifyMirrorTest, AChangedEntryIsFound) {
  entries_[1].back() = static_cast<char>(entries_[1].back() ^ 1);
  WriteFile("000001.klog", 1, last());
  EXPECT_THAT(Found(), Contains("chain_broken: mirror, entry 3"));
}

TEST_F(VerifyMirrorTest, AForgedSignatureIsFound) {
  heads_.back().signature[0] = static_cast<char>(heads_.back().signature[0] ^ 1);
  WriteFile("000001.klog", 1, last());
  EXPECT_THAT(Found(),
              ElementsAre(absl::StrCat("signature_wrong: mirror, entry ", heads_.back().seq)));
}

TEST_F(VerifyMirrorTest, TwoMachinesThatWroteThereAreFound) {
  WriteFile("000001.klog", 1, last());
  entries_[last() - 1].back() = static_cast<char>(entries_[last() - 1].back() ^ 1);
  heads_.clear();
  WriteFile("000002.klog", last(), last());
  EXPECT_THAT(Found(), ElementsAre(absl::StrCat("copies_differ: mirror, entry ", last())));
}

TEST_F(VerifyMirrorTest, AFolderWithoutALogIsAnError) {
  v1::VerifyReport report;
  LogHashes logs;
  EXPECT_TRUE(absl::IsNotFound(VerifyMirror(stick_, &report, &logs)));
  EXPECT_TRUE(absl::IsNotFound(VerifyMirror(stick_ + "/none", &report, &logs)));
}

}  // namespace
}  // namespace keping::cli
