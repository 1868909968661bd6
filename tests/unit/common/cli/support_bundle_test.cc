#include "common/cli/support_bundle.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/cli/archive.h"
#include "common/storage/format_version.h"
#include "common/storage/rocksdb_store.h"
#include "tests/support/sample_office.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;

const absl::Time kNow = absl::FromUnixSeconds(1493255703);

// Name -> content.
std::map<std::string, std::string> Unpack(const std::string& path) {
  std::map<std::string, std::string> files;
  archive* reader = archive_read_new();
  archive_read_support_filter_zstd(reader);
  archive_read_support_format_tar(reader);
  EXPECT_EQ(archive_read_open_filename(reader, path.c_str(), 10240), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    std::string content(static_cast<size_t>(archive_entry_size(entry)), '\0');
    archive_read_data(reader, content.data(), content.size());
    files[archive_entry_pathname(entry)] = content;
  }
  archive_read_free(reader);
  return files;
}

class SupportBundleTest : public testing::Test {
 protected:
  void WriteFile(const std::string& name, const std::string& content) {
    std::filesystem::create_directories(std::filesystem::path(Path(name)).parent_path());
    std::ofstream(Path(name)) << content;
  }
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  // A stopped node with a day behind it.
  void MakeOffice() {
    WriteFile("edge.textproto", R"(
      # secret password of the printer: hunter2
      node_id: "susut" office_name: "Susut" data_dir: "data" keys_dir: "keys"
      centre_address: "127.0.0.1:1" centre_enrolment_address: "127.0.0.1:2"
      application_version: "1" log_file: "logs/edge.log"
      printers { printer_id: "p1" uri: "ipp://127.0.0.1:3/" })");
    WriteFile("keys/data.1.key", "the secret of the data key");
    WriteFile("logs/edge.log", "ts=1 event=x nik=5106014107900007\n");
    WriteFile("logs/edge.1.log", "older\n");
    WriteFile("logs/other.log", "of another program\n");
    std::filesystem::create_directory(Path("data"));
    const auto store = *storage::OpenRocksDbStore(Path("data/db"));
    ASSERT_TRUE(storage::CheckFormatVersion(*store, 2, "edge").ok());
    const tests::SampleOffice office(store.get());
    last_seq_ = office.last_seq();
  }
  absl::StatusOr<v1::SupportBundle> Make() {
    return MakeSupportBundle(
        {.edge_config = Path("edge.textproto"), .central_config = {}, .to = Path("bundle.tar.zst")},
        absl::Seconds(1), kNow);
  }

  tests::TempFolder folder_;
  uint64_t last_seq_ = 0;
};

TEST_F(SupportBundleTest, OfAStoppedNodeHoldsAllButItsStatus) {
  MakeOffice();
  const auto bundle = Make();
  ASSERT_TRUE(bundle.ok()) << bundle.status();
  EXPECT_THAT(bundle->missing(), Contains(HasSubstr("status.json: there is no socket")));
  const auto files = Unpack(Path("bundle.tar.zst"));
  EXPECT_THAT(files.at("versions.txt"), HasSubstr("RocksDB 7."));
  EXPECT_THAT(files.at("config.textproto"), HasSubstr("office_name: \"Susut\""));
  EXPECT_THAT(files.at("folders.txt"), HasSubstr("data.1.key"));
  EXPECT_THAT(files.at("store.json"), HasSubstr(absl::StrCat("\"seq\": \"", last_seq_, "\"")));
  EXPECT_THAT(files.at("store.json"), HasSubstr("keping edge 2"));
  EXPECT_THAT(files.at("contents.txt"), HasSubstr("MISSING status.json"));
  EXPECT_THAT(files, Contains(Key("logs/edge.log")));
  EXPECT_THAT(files, Contains(Key("logs/edge.1.log")));
  EXPECT_THAT(files, Not(Contains(Key("logs/other.log"))));
}

TEST_F(SupportBundleTest, NoSecretAndNoNikGoesAlong) {
  MakeOffice();
  ASSERT_TRUE(Make().ok());
  std::string all;
  for (const auto& [name, content] : Unpack(Path("bundle.tar.zst"))) all += name + content;
  for (const char* secret : {"hunter2", "the secret of", "5106014107900007", "specimen record"}) {
    EXPECT_THAT(all, Not(HasSubstr(secret)));
  }
}

TEST_F(SupportBundleTest, WhatIsMissingIsSaidAndNoError) {
  MakeOffice();
  std::filesystem::remove_all(Path("data"));
  std::filesystem::remove_all(Path("logs"));
  std::filesystem::remove_all(Path("keys"));
  const auto bundle = Make();
  ASSERT_TRUE(bundle.ok()) << bundle.status();
  EXPECT_THAT(bundle->missing(), Contains(HasSubstr("rows of store.json: no database")));
  EXPECT_THAT(bundle->missing(), Contains(HasSubstr("logs: there is no")));
}

TEST_F(SupportBundleTest, NothingIsOverwritten) {
  MakeOffice();
  ASSERT_TRUE(Make().ok());
  EXPECT_TRUE(absl::IsAlreadyExists(Make().status()));
  struct stat info {};
  ASSERT_EQ(stat(Path("bundle.tar.zst").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST(ArchiveTest, ADiskThatFailsLeavesNothingBehind) {
  EXPECT_TRUE(absl::IsNotFound(WriteArchive("/none/at/all.tar.zst", {}, kNow)));
  const tests::TempFolder folder;
  const std::string path = folder.path() + "/empty.tar.zst";
  EXPECT_TRUE(WriteArchive(path, {}, kNow).ok());
  EXPECT_TRUE(Unpack(path).empty());
}

}  // namespace
}  // namespace keping::cli
