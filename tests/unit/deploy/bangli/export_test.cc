#include "deploy/bangli/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace keping::bangli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

std::string EmptyFolder(const std::string& name) {
  const std::string folder = ::testing::TempDir() + "keping_export_" + name;
  std::filesystem::remove_all(folder);
  return folder;
}

TEST(ExportTest, WritesRecordsAllotmentAndPictures) {
  const std::string folder = EmptyFolder("all");
  const auto summary = ExportFolder(Generator({.count = 5}), MakeAllotment(1, 40), folder, true);
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(summary->records, 5u);
  EXPECT_EQ(summary->pictures, 5u);
  EXPECT_EQ(summary->smallest_picture, 5000u);
  const std::string csv = Read(folder + "/records.csv");
  EXPECT_THAT(csv, StartsWith("prr,version,nik,"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 6);
  EXPECT_THAT(csv, HasSubstr(",SPESIMEN\n"));
  EXPECT_THAT(Read(folder + "/allotment.csv"), HasSubstr("KPA-"));
  EXPECT_EQ(Read(folder + "/pictures/PRR-5106-0000005.png").size(), 5000u);
}

TEST(ExportTest, WithoutPicturesWritesTablesOnly) {
  const std::string folder = EmptyFolder("csv");
  ASSERT_TRUE(ExportFolder(Generator({.count = 2}), MakeAllotment(1, 0), folder, false).ok());
  EXPECT_TRUE(std::filesystem::exists(folder + "/records.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder + "/pictures"));
}

TEST(ExportTest, QuotesACommaInAName) {
  Record record;
  record.name = "I MADE \"X\", S.PD.";
  EXPECT_THAT(CsvLine(record), HasSubstr(",\"I MADE \"\"X\"\", S.PD.\","));
}

TEST(ExportTest, NamesTheFolderItCannotMake) {
  const std::string folder = EmptyFolder("blocked");
  std::ofstream(folder) << "a file is in the way";
  const auto summary = ExportFolder(Generator({.count = 1}), MakeAllotment(1, 0), folder, true);
  ASSERT_FALSE(summary.ok());
  EXPECT_THAT(std::string(summary.status().message()), HasSubstr(folder));
}

TEST(ExportTest, WritesAContactSheet) {
  const std::string path = ::testing::TempDir() + "keping_sheet.png";
  ASSERT_TRUE(WriteContactSheet(1, path).ok());
  EXPECT_THAT(Read(path), StartsWith("\x89PNG"));
  EXPECT_FALSE(WriteContactSheet(1, ::testing::TempDir() + "missing/sheet.png").ok());
}

}  // namespace
}  // namespace keping::bangli
