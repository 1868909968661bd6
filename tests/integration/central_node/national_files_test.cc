// A file of the centre as offices get them: 10,000 rows, 137 of them bad in every way there is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "central_node/national/file_national_registry.h"
#include "central_node/national/national_link.h"
#include "common/exchange/csv_rows.h"
#include "common/files/file.h"
#include "common/storage/key_space.h"
#include "deploy/bangli/generator.h"
#include "deploy/bangli/villages.h"
#include "tests/support/dirty_rows.h"
#include "tests/support/little_district.h"
#include "tests/support/temp_folder.h"

namespace keping::central {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using tests::Dirt;

constexpr size_t kRows = 10'000;
constexpr size_t kBad = 137;

struct DirtyFile {
  struct Expected {
    size_t line = 0;
    const Dirt* dirt = nullptr;
  };
  std::string bytes;
  std::vector<Expected> bad = {};
  std::vector<std::string> personal = {};  // values of bad rows
};

// As a spreadsheet in Indonesia saves it: a mark, semicolons, CRLF, and blank lines here and there.
DirtyFile MakeFile() {
  const bangli::Generator generator({.count = kRows, .picture_bytes = 0});
  DirtyFile file{.bytes = absl::StrCat("\xEF\xBB\xBF", tests::HeaderRow(';'), "\r\n")};
  size_t line = 2;
  tests::Fields earlier;
  for (size_t i = 0; i < kRows; ++i) {
    tests::Fields fields = tests::RecordFields(generator.MakeText(i));
    const std::string nik = fields[tests::ColumnIndex("nik")];
    const std::string name = fields[tests::ColumnIndex("name")];
    std::string text = tests::JoinRow(fields, ';');
    // Spread over the file; neighbours are bad too.
    if (i % 144 >= 142 && file.bad.size() < kBad) {
      const Dirt& dirt = tests::KindsOfDirt()[file.bad.size() % tests::KindsOfDirt().size()];
      dirt.soil(fields, earlier);
      text = dirt.line(tests::JoinRow(fields, ';'));
      file.bad.push_back({line, &dirt});
      file.personal.push_back(nik);
      file.personal.push_back(name);
    } else {
      earlier = std::move(fields);
    }
    absl::StrAppend(&file.bytes, text, "\r\n");
    line += 1 + static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
    if (i % 1000 == 999) {
      absl::StrAppend(&file.bytes, "\r\n;;;;\r\n");
      line += 2;
    }
  }
  return file;
}

class NationalFilesTest : public ::testing::Test {
 protected:
  NationalFilesTest() { Restart(); }

  // The centre and its link begin anew on what is on the disk.
  void Restart() {
    next_visit_ = nullptr;
    link_.reset();
    district_.RestartCentre();
    auto opened = FileNationalRegistry::Open(
        folder_.path(),
        {.clock = &district_.clock(),
         .work = [](const std::function<void()>& task) { task(); },
         .answer = [this](std::function<void()> task) { answers_.push_back(std::move(task)); }});
    ASSERT_TRUE(opened.ok()) << opened.status();
    registry_ = *std::move(opened);
    link_ = std::make_unique<NationalLink>(
        NationalLink::Ports{
            .registry = registry_.get(),
            .node = &district_.centre(),
            .clock = &district_.clock(),
            .after = [this](absl::Duration,
                            std::function<void()> task) { next_visit_ = std::move(task); },
            .arrived = [] {},
            .failed = [](const absl::Status& status) { ADD_FAILURE() << status; }},
        absl::Seconds(10), 1);
  }

  void Drop(const std::string& name, const std::string& bytes) {
    ASSERT_TRUE(
        files::WriteFile(folder_.path() + "/in/" + name, bytes, files::Access::kOwnerOnly).ok());
  }

  // Until the link pauses, or so many answers are stored.
  void Visit(size_t answers = 1'000'000) {
    const auto visit = std::exchange(next_visit_, nullptr);
    visit == nullptr ? link_->Start() : visit();
    while (!answers_.empty() && answers-- > 0) {
      const auto answer = std::move(answers_.front());
      answers_.erase(answers_.begin());
      answer();
    }
    answers_.clear();
    district_.clock().Advance(absl::Seconds(10));
  }

  size_t RecordsHeld() {
    size_t records = 0;
    EXPECT_TRUE(district_.centre()
                    .store()
                    .Scan(storage::kSideRecordPrefix,
                          storage::PrefixEnd(storage::kSideRecordPrefix),
                          [&](absl::string_view, absl::string_view) {
                            ++records;
                            return true;
                          })
                    .ok());
    return records;
  }
  size_t FilesIn(const std::string& part) const {
    size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder_.path() + part)) {
      count += entry.is_regular_file();
    }
    return count;
  }
  std::string Rejected() const {
    const auto list =
        files::ReadFile(folder_.path() + "/out/records-april.csv.ditolak.csv", 1 << 20);
    EXPECT_TRUE(list.ok()) << list.status();
    return list.value_or("");
  }

  void ExpectListed(const DirtyFile& file) {
    const std::string list = Rejected();
    exchange::CsvRows rows(list);
    ASSERT_TRUE(rows.Next(3).has_value());
    for (const DirtyFile::Expected& expected : file.bad) {
      const auto row = rows.Next(3);
      ASSERT_TRUE(row.has_value());
      EXPECT_EQ(row->fields[0], absl::StrCat(expected.line)) << expected.dirt->name;
      EXPECT_EQ(row->fields[1], expected.dirt->column) << expected.dirt->name;
      EXPECT_THAT(row->fields[2], HasSubstr(expected.dirt->reason)) << expected.dirt->name;
    }
    EXPECT_FALSE(rows.Next(3).has_value());
    for (const std::string& value : file.personal) EXPECT_THAT(list, Not(HasSubstr(value)));
  }

  const tests::TempFolder folder_;
  tests::LittleDistrict district_{{{"susut", "51.06.01"}}};
  std::unique_ptr<FileNationalRegistry> registry_;
  std::vector<std::function<void()>> answers_;
  std::function<void()> next_visit_;
  std::unique_ptr<NationalLink> link_;
};

TEST_F(NationalFilesTest, OfTenThousandRowsTheGoodOnesComeInAndTheBadOnesAreListed) {
  const DirtyFile file = MakeFile();
  ASSERT_THAT(file.bad, SizeIs(kBad));
  Drop("villages.csv", bangli::kVillagesCsv);
  Drop("records-april.csv", file.bytes);
  Visit();
  EXPECT_EQ(RecordsHeld(), 0u) << "it may still be copied";
  Visit();
  EXPECT_TRUE(link_->connected()) << link_->problem();
  EXPECT_EQ(RecordsHeld(), kRows - kBad);
  ExpectListed(file);
  EXPECT_EQ(FilesIn("/done"), 1u);

  // Once more: nothing changes, and the list is the same.
  const uint64_t entries = district_.centre().log_head().seq;
  Drop("records-april.csv", file.bytes);
  Visit();
  Visit();
  EXPECT_EQ(FilesIn("/done"), 2u);
  EXPECT_EQ(district_.centre().log_head().seq, entries);
  EXPECT_EQ(RecordsHeld(), kRows - kBad);
  ExpectListed(file);
}

TEST_F(NationalFilesTest, KilledAtAnyPageItComesInOnce) {
  const DirtyFile file = MakeFile();
  Drop("villages.csv", bangli::kVillagesCsv);
  Drop("records-april.csv", file.bytes);
  for (const size_t answers : {4, 9, 17}) {
    Visit();
    Visit(answers);
    EXPECT_LT(RecordsHeld(), kRows - kBad);
    EXPECT_EQ(FilesIn("/done"), 0u);
    Restart();
  }
  Visit();
  Visit();
  EXPECT_EQ(RecordsHeld(), kRows - kBad);
  int64_t known = 0;
  for (const auto& [state, count] : district_.centre().prr_tally()) known += count;
  EXPECT_EQ(known, static_cast<int64_t>(kRows - kBad));
  ExpectListed(file);
  EXPECT_EQ(FilesIn("/done"), 1u);
}

}  // namespace
}  // namespace keping::central
