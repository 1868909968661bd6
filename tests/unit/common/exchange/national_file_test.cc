#include "common/exchange/national_file.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "common/files/file.h"
#include "deploy/bangli/export.h"
#include "deploy/bangli/villages.h"
#include "keping/national/v1/national.pb.h"
#include "tests/support/dirty_rows.h"
#include "tests/support/temp_folder.h"

namespace keping::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using tests::Dirt;
using tests::Fields;

namespace v1 = national::v1;

struct Taken {
  std::vector<v1::Record> records;
  std::unique_ptr<NationalFile> file;
};

Taken Take(const std::string& bytes, FileFormat format = FileFormat::kCsv, Sources sources = {}) {
  Taken taken;
  taken.file = NationalFile::Read({FileKind::kRecords, format}, bytes, std::move(sources));
  v1::Record record;
  while (taken.file->Next(&record)) taken.records.push_back(record);
  return taken;
}

Fields Row(size_t index) {
  return tests::RecordFields(bangli::Generator({.picture_bytes = 0}).MakeText(index));
}

std::string File(const std::vector<std::string>& lines, char separator = ';') {
  return absl::StrCat(tests::HeaderRow(separator), "\n", absl::StrJoin(lines, "\n"), "\n");
}

std::string Line(size_t index, char separator = ';') {
  return tests::JoinRow(Row(index), separator);
}

Sources WithVillages() {
  Sources sources;
  for (const bangli::Village& village : bangli::Villages()) sources.villages.insert(village.code);
  return sources;
}

class DirtTest : public testing::TestWithParam<Dirt> {};

TEST_P(DirtTest, IsListedWithoutTheValueAndTakesNoGoodRowAlong) {
  Fields bad = Row(1);
  GetParam().soil(bad, Row(0));
  const Taken taken =
      Take(File({Line(0), GetParam().line(tests::JoinRow(bad, ';')), Line(2), Line(3)}),
           FileFormat::kCsv, WithVillages());
  EXPECT_THAT(taken.records, SizeIs(3));
  EXPECT_EQ(taken.file->rows(), 4u);
  ASSERT_THAT(taken.file->rejected(), SizeIs(1));
  const Finding& finding = taken.file->rejected()[0];
  EXPECT_EQ(finding.line, 3u);
  EXPECT_EQ(finding.column, GetParam().column);
  EXPECT_THAT(finding.reason, HasSubstr(GetParam().reason));
  EXPECT_THAT(finding.reason, HasSubstr("got"));
  for (const char* column : {"nik", "name"}) {
    const std::string& value = Row(1)[tests::ColumnIndex(column)];
    EXPECT_THAT(Sentence(finding), Not(HasSubstr(value)));
  }
}

INSTANTIATE_TEST_SUITE_P(All, DirtTest, testing::ValuesIn(tests::KindsOfDirt()),
                         [](const auto& row) { return row.param.name; });

TEST(NationalFileTest, ReadsEveryFormOfTheSameRows) {
  const std::vector<std::string> lines = {Line(0), Line(1)};
  const std::string plain = File(lines);
  std::string utf16 = "\xFF\xFE";
  for (const char c : plain) utf16 += {c, '\0'};
  const std::string forms[] = {plain,
                               "\xEF\xBB\xBF" + plain,
                               absl::StrReplaceAll(plain, {{"\n", "\r\n"}}),
                               absl::StrReplaceAll(plain, {{"\n", "\n\n;;;;;;;\n"}}),
                               utf16,
                               "sep=;\n" + plain,
                               File({Line(0, ','), Line(1, ',')}, ','),
                               File({Line(0, '\t'), Line(1, '\t')}, '\t')};
  const std::string first = Take(plain).records.at(0).SerializeAsString();
  for (const std::string& form : forms) {
    const Taken taken = Take(form);
    EXPECT_THAT(taken.file->rejected(), IsEmpty());
    ASSERT_THAT(taken.records, SizeIs(2));
    EXPECT_EQ(taken.records[0].SerializeAsString(), first);
  }
}

TEST(NationalFileTest, JsonIsTheMessageAsProtobufWritesIt) {
  const Taken csv = Take(File({Line(0), Line(1)}));
  std::string json = "[";
  for (const v1::Record& record : csv.records) {
    std::string row;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(record, &row).ok());
    json += row + ",\n";
  }
  json += "{\"prr\": \"PRR-9\", \"nama\": \"x\"},\n{\"version\": \"satu\"},\n{\"prr\": \"P\"}]";
  const Taken taken = Take(json, FileFormat::kJson);
  ASSERT_THAT(taken.records, SizeIs(2));
  EXPECT_EQ(taken.records[1].SerializeAsString(), csv.records[1].SerializeAsString());
  ASSERT_THAT(taken.file->rejected(), SizeIs(3));
  EXPECT_THAT(Sentence(taken.file->rejected()[0]), HasSubstr("line 3: got a field that"));
  EXPECT_THAT(Sentence(taken.file->rejected()[1]), HasSubstr("line 4, version: got a value of"));
  EXPECT_THAT(Sentence(taken.file->rejected()[2]), HasSubstr("line 5, version: got 0"));
}

TEST(NationalFileTest, AFileWhoseColumnsAreNotKnownIsReadAtNoRow) {
  const std::pair<std::string, std::string> headers[] = {
      {"", "empty file"},
      {"prr;version;nama\n", "column 3"},
      {"prr;version;prr\n", "prr again"},
      {"prr;version;name\n", "no column nik"},
      {std::string("\xFF\xFE\0\xDC", 4), "UTF-16"},
      {std::string("\xFF\xFE\0\0", 4), "UTF-32"}};
  for (const auto& [bytes, reason] : headers) {
    const Taken taken = Take(bytes.empty() ? bytes : bytes + Line(0));
    EXPECT_THAT(taken.records, IsEmpty());
    EXPECT_EQ(taken.file->rows(), 0u);
    ASSERT_THAT(taken.file->rejected(), SizeIs(1));
    EXPECT_THAT(taken.file->rejected()[0].reason, HasSubstr(reason));
  }
}

TEST(NationalFileTest, ANikThatDoesNotFitIsAWarning) {
  Fields corrected = Row(0);
  corrected[tests::ColumnIndex("birth_date")] = "04-04-1955";
  Fields moved = Row(1);
  moved[tests::ColumnIndex("village_code")] = "51.06.99.2001";
  const Taken taken = Take(File({tests::JoinRow(corrected, ';'), tests::JoinRow(moved, ';')}));
  EXPECT_THAT(taken.records, SizeIs(2));
  ASSERT_THAT(taken.file->warnings(), SizeIs(2));
  EXPECT_THAT(Sentence(taken.file->warnings()[0]), HasSubstr("line 2, nik"));
  EXPECT_THAT(Sentence(taken.file->warnings()[1]), HasSubstr("another kecamatan"));
}

TEST(NationalFileTest, TheSampleDataAreAFileOfTheCentre) {
  const tests::TempFolder folder;
  const bangli::Generator generator({.count = 3});
  ASSERT_TRUE(bangli::ExportFolder(generator, {}, folder.path(), /*pictures=*/true).ok());
  ASSERT_TRUE(files::WriteFile(folder.path() + "/villages.csv", bangli::kVillagesCsv,
                               files::Access::kOwnerOnly)
                  .ok());
  const auto sources = SourcesIn(folder.path());
  ASSERT_TRUE(sources.ok()) << sources.status();
  EXPECT_THAT(sources->villages, SizeIs(72));
  const auto bytes = files::ReadFile(folder.path() + "/records.csv", kMaxFileBytes);
  const Taken taken = Take(*bytes, FileFormat::kCsv, *sources);
  EXPECT_THAT(taken.file->rejected(), IsEmpty());
  ASSERT_THAT(taken.records, SizeIs(3));
  EXPECT_EQ(taken.records[2].picture(), generator.Make(2).picture);
  EXPECT_EQ(taken.records[2].religion(), generator.Make(2).religion);
  EXPECT_EQ(taken.records[2].enrolled_at_micros(),
            absl::ToUnixMicros(generator.Make(2).enrolled_at));
}

TEST(NationalFileTest, TheOtherKindsHaveTheirColumns) {
  const auto withdrawals =
      NationalFile::Read({FileKind::kWithdrawals, FileFormat::kCsv},
                         "prr,version,reason\nPRR-1,2,death\nPRR-2,2,gone\nPRR-1,2,move\n", {});
  v1::Withdrawal withdrawal;
  ASSERT_TRUE(withdrawals->Next(&withdrawal));
  EXPECT_EQ(withdrawal.reason(), v1::WITHDRAWAL_REASON_DEATH);
  EXPECT_FALSE(withdrawals->Next(&withdrawal));
  EXPECT_THAT(withdrawals->rejected(), SizeIs(2));

  const auto allotments = NationalFile::Read({FileKind::kAllotments, FileFormat::kCsv},
                                             "allotment;bast_number;date;serials;quantity\nA-1;B/"
                                             "1;20-04-2017;KPA0001000..KPA0001999;1000\n"
                                             "A-2;B/2;20-04-2017;KPA0002000..KPA0002009;11\n"
                                             "A-3;B/3;20-04-2017;;200\n"
                                             "A-4;B/4;20-04-2017;;0\n",
                                             {});
  v1::Allotment allotment;
  ASSERT_TRUE(allotments->Next(&allotment));
  EXPECT_EQ(allotment.quantity(), 1000u);
  EXPECT_EQ(allotment.date_days(), 17276);
  ASSERT_TRUE(allotments->Next(&allotment));
  EXPECT_EQ(allotment.quantity(), 200u);
  EXPECT_EQ(allotment.serials(), "");
  EXPECT_FALSE(allotments->Next(&allotment));
  ASSERT_THAT(allotments->rejected(), SizeIs(2));
  EXPECT_EQ(allotments->rejected()[0].column, "quantity");
  EXPECT_EQ(allotments->rejected()[1].column, "serials");

  const auto answers =
      NationalFile::Read({FileKind::kAnswers, FileFormat::kCsv},
                         "item,accepted,reason\na1,yes,\nb2,no,unknown_blank\nc3,no,\n", {});
  v1::ReportAnswer answer;
  ASSERT_TRUE(answers->Next(&answer) && answer.accepted());
  ASSERT_TRUE(answers->Next(&answer) && !answer.accepted());
  EXPECT_FALSE(answers->Next(&answer));
  EXPECT_THAT(answers->rejected(), SizeIs(1));
}

TEST(NationalFileTest, AnswersToRequestsAndTheAllotmentsThatNameThem) {
  const auto answers = NationalFile::Read({FileKind::kRequestAnswers, FileFormat::kCsv},
                                          "item,accepted,expected,reason\na1,yes,2017-06-14,\n"
                                          "b2,yes,,\nc3,no,,no_stock\nd4,yes,14/06/2017,\n",
                                          {});
  v1::BlankRequestAnswer answer;
  ASSERT_TRUE(answers->Next(&answer) && answer.accepted());
  EXPECT_EQ(answer.expected_days(), 17331);
  ASSERT_TRUE(answers->Next(&answer) && answer.accepted());
  EXPECT_FALSE(answer.has_expected_days());
  ASSERT_TRUE(answers->Next(&answer) && !answer.accepted());
  EXPECT_EQ(answer.reason(), "no_stock");
  EXPECT_FALSE(answers->Next(&answer));
  ASSERT_THAT(answers->rejected(), SizeIs(1));
  EXPECT_EQ(answers->rejected()[0].column, "expected");

  const auto allotments =
      NationalFile::Read({FileKind::kAllotments, FileFormat::kCsv},
                         "allotment,bast_number,date,serials,quantity,request\n"
                         "a1,B/1,2017-06-14,A1..A9,9,470/12/2017\na2,B/2,2017-06-14,B1,1,?\n",
                         {});
  v1::Allotment allotment;
  ASSERT_TRUE(allotments->Next(&allotment));
  EXPECT_EQ(allotment.request(), "470/12/2017");
  EXPECT_FALSE(allotments->Next(&allotment));
  EXPECT_EQ(allotments->rejected()[0].column, "request");
}

TEST(FileTypeTest, TheFirstWordOfTheNameSaysWhatIsInside) {
  EXPECT_EQ(TypeOfFile("records.csv")->kind, FileKind::kRecords);
  EXPECT_EQ(TypeOfFile("Withdrawals 2017-04.JSON")->kind, FileKind::kWithdrawals);
  EXPECT_EQ(TypeOfFile("answers-2.jsonl")->format, FileFormat::kJson);
  EXPECT_EQ(TypeOfFile("request-answers.csv")->kind, FileKind::kRequestAnswers);
  EXPECT_FALSE(TypeOfFile("recordsets.csv").has_value());
  EXPECT_FALSE(TypeOfFile("records.csv.part").has_value());
  EXPECT_FALSE(TypeOfFile("villages.csv").has_value());
  EXPECT_FALSE(TypeOfFile("records.xlsx").has_value());
}

TEST(FindingsTest, TheListIsATable) {
  EXPECT_EQ(FindingsCsv({{2, "nik", "got 15, want 16"}, {3, "", "got \"x\""}}),
            "line,column,reason\n2,nik,\"got 15, want 16\"\n3,,\"got \"\"x\"\"\"\n");
}

}  // namespace
}  // namespace keping::exchange
