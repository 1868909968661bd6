#include "central_node/national/file_national_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "absl/strings/match.h"
#include "common/files/file.h"
#include "common/time/simulated_clock.h"
#include "deploy/bangli/generator.h"
#include "keping/national/v1/national.pb.h"
#include "tests/support/dirty_rows.h"
#include "tests/support/temp_folder.h"

namespace keping::central {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FileNationalRegistryTest : public ::testing::Test {
 protected:
  FileNationalRegistryTest() { Restart(); }

  void Restart() {
    auto opened = FileNationalRegistry::Open(
        folder_.path(), {.clock = &clock_,
                         .work = [](const std::function<void()>& task) { task(); },
                         .answer = [](const std::function<void()>& task) { task(); }});
    ASSERT_TRUE(opened.ok()) << opened.status();
    registry_ = *std::move(opened);
  }

  void Drop(const std::string& name, const std::string& bytes) {
    ASSERT_TRUE(
        files::WriteFile(folder_.path() + "/in/" + name, bytes, files::Access::kOwnerOnly).ok());
  }
  // A file is taken when it looks the same as a moment ago.
  void Settle() {
    Records(cursor_);
    clock_.Advance(SettledFiles::kSettled);
  }

  // The good rows of `count` records from `first`, with one bad one at the end.
  static std::string RecordsCsv(size_t first, size_t count) {
    const bangli::Generator generator({.picture_bytes = 0});
    std::string csv = tests::HeaderRow(',') + "\n";
    for (size_t i = first; i < first + count; ++i) {
      csv += tests::JoinRow(tests::RecordFields(generator.MakeText(i)), ',') + "\n";
    }
    return csv + "bad\n";
  }

  RecordsPage Records(uint64_t cursor) {
    RecordsPage got;
    registry_->PullRecords(cursor, [&](const absl::StatusOr<RecordsPage>& page) {
      ASSERT_TRUE(page.ok()) << page.status();
      got = *page;
    });
    return got;
  }
  // As the link does; how many came.
  size_t PullAll() {
    size_t count = 0;
    for (;;) {
      const RecordsPage page = Records(cursor_);
      count += page.records.size();
      refused_.insert(refused_.end(), page.refused.begin(), page.refused.end());
      cursor_ = page.cursor;
      if (page.complete) return count;
    }
  }
  std::vector<domain::ReportAnswered> Report(const std::vector<std::string>& items) {
    std::vector<NamedReport> reports;
    for (const std::string& item : items) {
      NamedReport report{.item = item, .row = {}};
      report.row.kind = domain::ReportKind::kSpoiled;
      report.row.blank = domain::BlankSerial::Of("A1000");
      reports.push_back(report);
    }
    std::vector<domain::ReportAnswered> got;
    registry_->Report(reports, [&](const auto& answers) {
      ASSERT_TRUE(answers.ok()) << answers.status();
      got = *answers;
    });
    return got;
  }

  std::vector<std::string> Names(const std::string& part) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path() + "/" + part)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  std::string Out(const std::string& name) const {
    return *files::ReadFile(folder_.path() + "/out/" + name, 1 << 20);
  }

  const tests::TempFolder folder_;
  time::SimulatedClock clock_{absl::FromUnixSeconds(1'500'000'000)};
  std::unique_ptr<FileNationalRegistry> registry_;
  uint64_t cursor_ = 0;
  std::vector<std::string> refused_;
};

TEST_F(FileNationalRegistryTest, GoodRowsComeInAndBadOnesAreListed) {
  Drop("records.csv", RecordsCsv(0, 3));
  Settle();
  EXPECT_EQ(PullAll(), 3u);
  EXPECT_THAT(refused_, ElementsAre(HasSubstr("records.csv line 5: got 1 columns, want 24")));
  EXPECT_THAT(Out("records.csv.ditolak.csv"), HasSubstr("\n5,,\"got 1 columns, want 24\"\n"));
  EXPECT_THAT(Names("in"), IsEmpty());
  EXPECT_THAT(Names("done"), ElementsAre("000000000000-000000000004-records.csv"));
}

TEST_F(FileNationalRegistryTest, AFileMovesOnlyWhenItsRowsAreDurable) {
  Drop("records.csv", RecordsCsv(0, 600));
  Settle();
  const RecordsPage first = Records(0);
  EXPECT_THAT(first.records, SizeIs(500));
  EXPECT_FALSE(first.complete);
  const RecordsPage last = Records(first.cursor);
  EXPECT_THAT(last.records, SizeIs(100));
  EXPECT_THAT(Names("in"), ElementsAre("records.csv"));
  EXPECT_TRUE(Records(last.cursor).complete);
  EXPECT_THAT(Names("in"), IsEmpty());
}

TEST_F(FileNationalRegistryTest, KilledInBetweenItIsReadAgain) {
  Drop("records.csv", RecordsCsv(0, 600));
  Settle();
  cursor_ = Records(0).cursor;
  Restart();
  Settle();
  EXPECT_EQ(PullAll(), 600u);
  EXPECT_THAT(Names("done"), SizeIs(1));
}

TEST_F(FileNationalRegistryTest, AFileThatIsStillCopiedIsLeftAlone) {
  const std::string whole = RecordsCsv(0, 3);
  Drop("records.csv", whole.substr(0, whole.size() / 2));
  Settle();
  Drop("records.csv", whole);
  EXPECT_EQ(PullAll(), 0u);
  // One that goes on while it is read is read again.
  Settle();
  const RecordsPage page = Records(0);
  EXPECT_THAT(page.records, SizeIs(3));
  cursor_ = page.cursor;
  Drop("records.csv", RecordsCsv(0, 5));
  EXPECT_EQ(PullAll(), 0u);
  Settle();
  EXPECT_EQ(PullAll(), 5u);
}

TEST_F(FileNationalRegistryTest, ADistrictThatWasSetBackGetsAgainWhatIsDone) {
  Drop("records-1.csv", RecordsCsv(0, 3));
  Settle();
  PullAll();
  const uint64_t backup = cursor_;
  Drop("records-2.csv", RecordsCsv(3, 4));
  Settle();
  PullAll();
  const uint64_t newest = cursor_;
  Restart();
  cursor_ = backup;
  EXPECT_EQ(PullAll(), 4u);
  EXPECT_EQ(cursor_, newest);
  cursor_ = 0;
  EXPECT_EQ(PullAll(), 7u);
  EXPECT_EQ(cursor_, newest);
}

TEST_F(FileNationalRegistryTest, ACursorOfAServerIsTheBeginning) {
  Drop("records.csv", RecordsCsv(0, 3));
  cursor_ = 13387;
  Settle();
  EXPECT_EQ(PullAll(), 3u);
  EXPECT_GE(cursor_, kFirstFileCursor);
}

TEST_F(FileNationalRegistryTest, AFileOfWhichNothingCanBeReadIsListedAndDone) {
  Drop("records.csv", "nama;umur\nx;1\n");
  Drop("records-empty.csv", "");
  Settle();
  EXPECT_EQ(PullAll(), 0u);
  EXPECT_THAT(Names("in"), IsEmpty());
  EXPECT_THAT(Names("done"), SizeIs(2));
  EXPECT_THAT(Names("out"),
              ElementsAre("records-empty.csv.ditolak.csv", "records.csv.ditolak.csv"));
}

TEST_F(FileNationalRegistryTest, WithdrawalsAndAllotmentsComeInFilesToo) {
  Drop("withdrawals.csv", "prr,version,reason\nPRR-1,2,death\n");
  Drop("allotments.json",
       R"([{"allotment":"A-1","bast_number":"B/1","serials":"A1000..A1009","quantity":"10"}])");
  const auto withdrawals = [&] {
    WithdrawalsPage got;
    registry_->PullWithdrawals(0, [&](const auto& page) { got = *page; });
    return got;
  };
  const auto allotments = [&] {
    AllotmentsPage got;
    registry_->PullAllotments(0, [&](const auto& page) { got = *page; });
    return got;
  };
  EXPECT_THAT(withdrawals().withdrawals, IsEmpty());
  EXPECT_THAT(allotments().allotments, IsEmpty());
  clock_.Advance(SettledFiles::kSettled);
  ASSERT_THAT(withdrawals().withdrawals, SizeIs(1));
  ASSERT_THAT(allotments().allotments, SizeIs(1));
  EXPECT_EQ(allotments().allotments[0].serials.size(), 10u);
}

TEST_F(FileNationalRegistryTest, WhatHasNoAnswerAlwaysLiesInOut) {
  EXPECT_THAT(Report({"aa", "bb"}), IsEmpty());
  EXPECT_THAT(Out("reports.csv"),
              HasSubstr("item,kind,prr,prr_version,blank,at\naa,spoiled,,0,A1000,1970-01-01T"));
  EXPECT_THAT(Out("reports.json"), HasSubstr("{\"item\":\"bb\""));
  Report({"bb"});
  EXPECT_FALSE(absl::StrContains(Out("reports.csv"), "aa,"));
  Report({});
  EXPECT_EQ(Out("reports.csv"), "item,kind,prr,prr_version,blank,at\n");
  EXPECT_EQ(Out("reports.json"), "[]\n");
}

TEST_F(FileNationalRegistryTest, AnswersComeBackDaysLater) {
  Report({"aa", "bb", "cc"});
  Drop("answers.csv", "item,accepted,reason\naa,yes,\nbb,no,unknown_blank\nzz,yes,\nbad\n");
  Report({"aa", "bb", "cc"});
  clock_.Advance(SettledFiles::kSettled);
  const auto answers = Report({"aa", "bb", "cc"});
  ASSERT_THAT(answers, SizeIs(2));
  EXPECT_TRUE(answers[0].accepted);
  EXPECT_EQ(answers[1].reason, "unknown_blank");
  // Not durable before the next question.
  EXPECT_THAT(Names("in"), ElementsAre("answers.csv"));
  EXPECT_THAT(Report({"cc"}), IsEmpty());
  EXPECT_THAT(Names("in"), IsEmpty());
  EXPECT_THAT(Out("answers.csv.ditolak.csv"), HasSubstr("5,,"));
  // Once more: nothing waits for it.
  Drop("answers.csv", "item,accepted,reason\naa,yes,\n");
  Report({"cc"});
  clock_.Advance(SettledFiles::kSettled);
  EXPECT_THAT(Report({"cc"}), IsEmpty());
  Report({});
  EXPECT_THAT(Names("done"), SizeIs(2));
}

TEST_F(FileNationalRegistryTest, AfterAFailureAllAnswersAreReadAgain) {
  Report({"aa", "bb"});
  Drop("answers-1.csv", "item,accepted,reason\naa,yes,\n");
  Drop("answers-2.csv", "item,accepted,reason\nbb,yes,\nbad\n");
  // Its list of bad rows cannot be written.
  const std::string in_the_way = folder_.path() + "/out/answers-2.csv.ditolak.csv";
  fs::create_directory(in_the_way);
  Report({"aa", "bb"});
  clock_.Advance(SettledFiles::kSettled);
  absl::Status failed;
  NamedReport report{.item = "aa", .row = {}};
  report.row.kind = domain::ReportKind::kSpoiled;
  report.row.blank = domain::BlankSerial::Of("A1000");
  registry_->Report({report}, [&](const auto& answers) { failed = answers.status(); });
  EXPECT_FALSE(failed.ok());
  fs::remove(in_the_way);
  EXPECT_THAT(Report({"aa", "bb"}), SizeIs(2));
  EXPECT_THAT(Names("in"), SizeIs(2));
}

TEST_F(FileNationalRegistryTest, ManyAnswersComeInBatches) {
  std::vector<std::string> items;
  std::string csv = "item;accepted;reason\n";
  for (int i = 0; i < 1200; ++i) {
    items.push_back(absl::StrCat("item", i));
    csv += items.back() + ";yes;\n";
  }
  Drop("answers.csv", csv);
  Report(items);
  clock_.Advance(SettledFiles::kSettled);
  std::vector<size_t> batches;
  while (!items.empty()) {
    const auto answers = Report(items);
    batches.push_back(answers.size());
    items.erase(items.begin(), items.begin() + static_cast<ptrdiff_t>(answers.size()));
  }
  EXPECT_THAT(batches, ElementsAre(500, 500, 200));
}

TEST_F(FileNationalRegistryTest, AFolderThatCannotBeReadIsSaid) {
  fs::remove_all(folder_.path() + "/in");
  absl::Status status;
  registry_->PullRecords(0, [&](const auto& page) { status = page.status(); });
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr("/in"));
}

}  // namespace
}  // namespace keping::central
