#include "edge_node/mirror/mirror_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/storage/key_space.h"
#include "common/sync/frames.h"
#include "tests/support/office.h"
#include "tests/support/temp_folder.h"

namespace keping::edge {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::Office;

class MirrorWriterTest : public testing::Test {
 protected:
  MirrorWriterTest() {
    EXPECT_TRUE(office_.Open().ok());
    office_.Equip();
    Work();
    Work();
    fs::create_directory(stick_);
  }

  MirrorOptions Options() {
    const EdgeIdentity& identity = office_.node().identity();
    return {.folder = stick_,
            .database_folder = folder_.path(),
            .node = office_.core().settings().node,
            .incarnation = identity.incarnation,
            .store = &office_.store(),
            .signer = identity.signer};
  }
  uint64_t head() { return office_.node().store().log().head().seq; }
  // Two more entries.
  void Work() {
    office_.conditions().printers_not_ready.clear();
    office_.Do(office_.PrintOf("prr-none", "A0001"));
    office_.Do(office_.PrintOf("prr-none", "A0002"));
  }
  std::vector<std::string> Files() const {
    std::vector<std::string> paths;
    for (const auto& file : fs::recursive_directory_iterator(stick_)) {
      if (file.is_regular_file()) paths.push_back(file.path().string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }
  // What the folder holds, entry by entry; every head's signature is checked.
  std::vector<std::string> Entries() {
    std::vector<std::string> entries;
    for (const std::string& path : Files()) {
      const auto end = storage::ReadLogFile(
          path, [&](absl::string_view bytes) { entries.emplace_back(bytes); },
          [&](uint64_t seq, absl::string_view signature) {
            const EdgeIdentity& identity = office_.node().identity();
            const sync::Head head{seq, domain::HashEntryBytes(entries.back())};
            EXPECT_TRUE(identity.verifier->Verify(
                identity.signer->public_key(),
                sync::HeadStatement(office_.core().settings().node, identity.incarnation, head),
                std::string(signature)));
          });
      EXPECT_TRUE(end.ok()) << end.status();
    }
    return entries;
  }
  void ExpectWhole() {
    const std::vector<std::string> entries = Entries();
    ASSERT_EQ(entries.size(), head());
    for (uint64_t seq = 1; seq <= head(); ++seq) {
      EXPECT_EQ(entries[seq - 1], **office_.store().Get(storage::EntryKey(seq)));
    }
  }

  tests::TempFolder folder_;
  const std::string stick_ = folder_.path() + "/stick";
  Office office_;
};

TEST_F(MirrorWriterTest, TheFolderHoldsTheLogByteForByte) {
  MirrorWriter writer(Options());
  ASSERT_TRUE(writer.CatchUp(head()).ok());
  ExpectWhole();
  Work();
  ASSERT_TRUE(writer.CatchUp(head()).ok());
  EXPECT_EQ(writer.entries(), head());
  ExpectWhole();
  EXPECT_THAT(Files(), SizeIs(1));
}

TEST_F(MirrorWriterTest, ALaterRunGoesOnInTheSameFile) {
  for (int run = 0; run < 3; ++run) {
    MirrorWriter writer(Options());
    ASSERT_TRUE(writer.CatchUp(head()).ok());
    Work();
  }
  ASSERT_TRUE(MirrorWriter(Options()).CatchUp(head()).ok());
  ExpectWhole();
  EXPECT_THAT(Files(), SizeIs(1));
}

TEST_F(MirrorWriterTest, AFolderThatGoesIsNoticedWithNothingToWrite) {
  ASSERT_TRUE(MirrorWriter(Options()).CatchUp(head()).ok());
  MirrorWriter later(Options());
  ASSERT_TRUE(later.CatchUp(head()).ok());
  fs::remove_all(stick_);
  EXPECT_FALSE(later.CatchUp(head()).ok());
}

TEST_F(MirrorWriterTest, FilesRotate) {
  MirrorOptions options = Options();
  options.rotate_at_bytes = 400;
  MirrorWriter writer(options);
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(writer.CatchUp(head()).ok());
    Work();
  }
  ASSERT_TRUE(writer.CatchUp(head()).ok());
  ExpectWhole();
  EXPECT_GT(Files().size(), 2u);
}

TEST_F(MirrorWriterTest, AMissingFolderIsNeverMadeAndFillsUpLater) {
  fs::remove(stick_);
  MirrorWriter writer(Options());
  EXPECT_TRUE(absl::IsNotFound(writer.CatchUp(head())));
  EXPECT_FALSE(fs::exists(stick_));
  fs::create_directory(stick_);
  ASSERT_TRUE(writer.CatchUp(head()).ok());
  ExpectWhole();
}

TEST_F(MirrorWriterTest, AStickThatWasPulledOutIsNoticedWithoutWork) {
  MirrorWriter writer(Options());
  ASSERT_TRUE(writer.CatchUp(head()).ok());
  fs::rename(stick_, stick_ + ".out");
  EXPECT_TRUE(absl::IsNotFound(writer.CatchUp(head())));
  Work();
  fs::rename(stick_ + ".out", stick_);
  ASSERT_TRUE(writer.CatchUp(head()).ok());
  ExpectWhole();
}

TEST_F(MirrorWriterTest, ATornFileIsLeftAndTheNextOneBegins) {
  ASSERT_TRUE(MirrorWriter(Options()).CatchUp(head()).ok());
  const std::string first = Files().at(0);
  const auto size = fs::file_size(first);
  for (const uintmax_t left : {size - 1, size / 2, uintmax_t{3}, uintmax_t{0}}) {
    fs::resize_file(first, left);
    fs::remove(fs::path(first).parent_path() / "000002.klog");
    MirrorWriter writer(Options());
    ASSERT_TRUE(writer.CatchUp(head()).ok()) << left;
    EXPECT_EQ(fs::file_size(first), left);
    EXPECT_THAT(Files(), SizeIs(2));
    EXPECT_EQ(writer.entries(), head());
  }
}

TEST_F(MirrorWriterTest, AFileThatIsGoneIsWrittenAgain) {
  MirrorOptions options = Options();
  options.rotate_at_bytes = 1;
  {
    MirrorWriter writer(options);
    ASSERT_TRUE(writer.CatchUp(2).ok());
    ASSERT_TRUE(writer.CatchUp(3).ok());
    ASSERT_TRUE(writer.CatchUp(head()).ok());
  }
  fs::remove(Files().at(1));
  MirrorWriter writer(options);
  ASSERT_TRUE(writer.CatchUp(head()).ok());
  const std::vector<std::string> entries = Entries();
  EXPECT_NE(std::find(entries.begin(), entries.end(), **office_.store().Get(storage::EntryKey(3))),
            entries.end());
}

TEST_F(MirrorWriterTest, ALogThatWasSetBackIsNotWrittenOver) {
  MirrorWriter writer(Options());
  ASSERT_TRUE(writer.CatchUp(head()).ok());
  const std::vector<std::string> before = Entries();
  for (const uint64_t shorter : {head() - 1, uint64_t{1}}) {
    const absl::Status status = MirrorWriter(Options()).CatchUp(shorter);
    EXPECT_TRUE(absl::IsFailedPrecondition(status));
    EXPECT_THAT(std::string(status.message()), HasSubstr("K-213"));
  }
  // As long as before, by another way.
  storage::WriteBatch batch;
  batch.Put(storage::EntryKey(head()), **office_.store().Get(storage::EntryKey(head() - 1)));
  ASSERT_TRUE(office_.store().Write(batch, storage::Durability::kSynced).ok());
  EXPECT_THAT(std::string(MirrorWriter(Options()).CatchUp(head()).message()), HasSubstr("K-213"));
  EXPECT_EQ(Entries(), before);
}

TEST_F(MirrorWriterTest, EachIncarnationHasAFolderOfItsOwn) {
  ASSERT_TRUE(MirrorWriter(Options()).CatchUp(head()).ok());
  MirrorOptions options = Options();
  options.incarnation = domain::IncarnationId::Of("inc-2");
  ASSERT_TRUE(MirrorWriter(options).CatchUp(1).ok());
  EXPECT_TRUE(fs::exists(stick_ + "/susut-inc-2/000001.klog"));
}

}  // namespace
}  // namespace keping::edge
