#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/paper/csv.h"
#include "common/paper/document.h"
#include "common/paper/pdf.h"
#include "common/paper/serial_table.h"
#include "common/paper/xlsx.h"
#include "tests/support/paper_reader.h"

namespace keping::paper {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tests::PageSizeOf;
using tests::PagesOf;
using tests::ReadPdf;
using tests::ReadWorkbookPart;

Document Paper(int rows) {
  Document document{.letterhead = {"PEMERINTAH KABUPATEN CONTOH",
                                   "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "Jalan Contoh 1"},
                    .title = "BERITA ACARA CONTOH",
                    .number = "001/BA/2017",
                    .place = "Bangli",
                    .date = absl::CivilDay(2017, 4, 27)};
  document.fields = {{"Kantor", "Kecamatan Susut"}, {"Keterangan", ""}};
  document.tables.push_back({.title = "Blangko",
                             .columns = {{.title = "No.", .share = 0.5},
                                         {.title = "Uraian", .share = 3},
                                         {.title = "Banyaknya", .summed = true}}});
  for (int i = 1; i <= rows; ++i) {
    document.tables[0].rows.push_back({int64_t{i}, absl::StrCat("Baris ", i), int64_t{1000}});
  }
  document.signatures = {{"Yang menyerahkan,", "Gudang", "", true},
                         {"Yang menerima,", "Kantor", "Ni Wayan Contoh", true}};
  return document;
}

TEST(PaperPdfTest, NoWordOfAHeadingIsBroken) {
  Document document = Paper(1);
  document.tables[0].columns[0].title = "Diperintahkan";
  const auto pdf = RenderPdf(document, PageSize::kA4);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  EXPECT_THAT(ReadPdf(*pdf), HasSubstr("Diperintahkan"));
}

TEST(PaperPdfTest, SaysAllOfTheDocument) {
  const auto pdf = RenderPdf(Paper(3), PageSize::kA4);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  const std::string text = ReadPdf(*pdf);
  for (const char* part :
       {"PEMERINTAH KABUPATEN CONTOH", "Jalan Contoh 1", "BERITA ACARA CONTOH",
        "Nomor: 001/BA/2017", "Kecamatan Susut", "Baris 3", "1.000", "Bangli, 27 April 2017",
        "Yang menyerahkan,", "Ni Wayan Contoh", "NIP.", "Halaman 1 dari 1"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, HasSubstr("3.000")) << "the sum of its rows";
  EXPECT_THAT(text, Not(HasSubstr("SALINAN")));
  EXPECT_THAT(text, Not(HasSubstr("SPESIMEN")));
}

TEST(PaperPdfTest, TheHeadOfATableIsOnEveryPage) {
  const auto pdf = RenderPdf(Paper(120), PageSize::kA4);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  const std::string text = ReadPdf(*pdf);
  const int pages = PagesOf(text);
  ASSERT_GT(pages, 2);
  const std::vector<std::string> sheets = absl::StrSplit(text, '\f');
  for (int page = 0; page < pages; ++page) {
    EXPECT_THAT(sheets[page], HasSubstr(absl::StrCat("Halaman ", page + 1, " dari ", pages)));
  }
  for (int page = 0; page + 1 < pages; ++page) {
    EXPECT_THAT(sheets[page], HasSubstr("Banyaknya")) << page;
  }
  EXPECT_THAT(text, HasSubstr("120.000"));
  for (int i = 1; i <= 120; ++i) EXPECT_THAT(text, HasSubstr(absl::StrCat("Baris ", i)));
}

TEST(PaperPdfTest, F4IsLongerThanA4) {
  const auto a4 = RenderPdf(Paper(120), PageSize::kA4);
  const auto f4 = RenderPdf(Paper(120), PageSize::kF4);
  ASSERT_TRUE(a4.ok() && f4.ok());
  EXPECT_THAT(PageSizeOf(*a4), HasSubstr("(A4)"));
  EXPECT_THAT(PageSizeOf(*f4), HasSubstr("609.449 x 935.433"));
}

TEST(PaperPdfTest, ACopyAndASpecimenSaySo) {
  Document document = Paper(80);
  document.copy = 2;
  document.specimen = true;
  const auto pdf = RenderPdf(document, PageSize::kF4);
  ASSERT_TRUE(pdf.ok());
  const std::string text = ReadPdf(*pdf);
  const std::vector<std::string> sheets = absl::StrSplit(text, '\f');
  for (int page = 0; page < PagesOf(text); ++page) {
    EXPECT_THAT(sheets[page], HasSubstr("SALINAN ke-2")) << page;
    EXPECT_THAT(sheets[page], HasSubstr("bukan dokumen resmi")) << page;
  }
}

TEST(PaperPdfTest, TheSamePaperGivesTheSameBytes) {
  EXPECT_EQ(*RenderPdf(Paper(5), PageSize::kA4), *RenderPdf(Paper(5), PageSize::kA4));
  EXPECT_NE(*RenderPdf(Paper(5), PageSize::kA4), *RenderPdf(Paper(6), PageSize::kA4));
}

TEST(PaperPdfTest, ARowThatNeedsMoreThanAPageIsRefused) {
  Document document = Paper(1);
  document.tables[0].rows[0][1] = std::string(20000, 'x');
  const auto pdf = RenderPdf(document, PageSize::kA4);
  EXPECT_TRUE(absl::IsInvalidArgument(pdf.status()));
  EXPECT_THAT(pdf.status().message(), HasSubstr("K-350"));
}

TEST(PaperPdfTest, AnEmptyTableSaysThatThereIsNothing) {
  const auto pdf = RenderPdf(Paper(0), PageSize::kA4);
  ASSERT_TRUE(pdf.ok());
  EXPECT_THAT(ReadPdf(*pdf), HasSubstr("Tidak ada."));
}

TEST(PaperPdfTest, RowsAbreastKeepTheirSum) {
  Document document = Paper(0);
  domain::SerialSet serials;
  ASSERT_TRUE(
      serials.InsertRange(domain::BlankSerial::Of("A0001000"), domain::BlankSerial::Of("A0001999"))
          .ok());
  serials.Insert(domain::BlankSerial::Of("04A1B2C3D4E5F6"));
  serials.Insert(domain::BlankSerial::Of("04A1B2C3D4E5F9"));
  const Words words(Language::kIndonesian);
  document.tables = {SerialTable(words, serials)};
  const auto pdf = RenderPdf(document, PageSize::kA4);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  const std::string text = ReadPdf(*pdf);
  for (const char* part : {"A0001000 s.d. A0001999", "04A1B2C3D4E5F6", "04A1B2C3D4E5F9",
                           "Daftar nomor seri: Jumlah 1.002"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_EQ(SerialText(words, serials), "04A1B2C3D4E5F6 dan 2 nomor atau deret lain");
}

TEST(PaperDocumentTest, NumberDateAndCopyDoNotChangeTheContent) {
  Document other = Paper(2);
  other.number = "002/BA/2017";
  other.date = absl::CivilDay(2017, 5, 1);
  other.copy = 1;
  EXPECT_EQ(ContentHash(Paper(2)), ContentHash(other));
  other.tables[0].rows[1][2] = int64_t{999};
  EXPECT_NE(ContentHash(Paper(2)), ContentHash(other));
}

TEST(PaperCsvTest, IsRfc4180) {
  Document document = Paper(1);
  document.tables[0].rows = {{int64_t{1}, "koma, dan \"kutip\"", int64_t{8000}},
                             {int64_t{2}, "dua\nbaris", int64_t{-5}},
                             {std::string(), "Désa", std::string()}};
  EXPECT_EQ(*RenderCsv(document, 1),
            "No.,Uraian,Banyaknya\r\n1,\"koma, dan \"\"kutip\"\"\",8000\r\n2,\"dua\nbaris\",-5\r\n"
            "\"\",Désa,\"\"\r\n");
  EXPECT_THAT(RenderCsv(document, 2).status().message(), HasSubstr("K-351"));
  EXPECT_FALSE(RenderCsv(document, 0).ok());
}

// What a spreadsheet would compute is text: of a minutes' number, a reason, a name.
Document WithFormulas() {
  Document document = Paper(1);
  document.tables[0].columns[2].title = "+Banyaknya";
  document.tables[0].rows.clear();
  for (const char* text : {"=SUM(A1:A9)", "+62", "-1", "@x", "\tx", "\rx", "a=b", "'x"}) {
    document.tables[0].rows.push_back({int64_t{-1}, text, int64_t{-5}});
  }
  return document;
}

TEST(PaperCsvTest, ATextThatLooksLikeAFormulaIsText) {
  EXPECT_EQ(*RenderCsv(WithFormulas(), 1),
            "No.,Uraian,'+Banyaknya\r\n-1,'=SUM(A1:A9),-5\r\n-1,'+62,-5\r\n-1,'-1,-5\r\n"
            "-1,'@x,-5\r\n-1,'\tx,-5\r\n-1,\"'\rx\",-5\r\n-1,a=b,-5\r\n-1,'x,-5\r\n");
}

TEST(PaperXlsxTest, ATextThatLooksLikeAFormulaIsAString) {
  Document document = WithFormulas();
  document.tables[0].columns[2].summed = false;
  const auto xlsx = RenderXlsx(document);
  ASSERT_TRUE(xlsx.ok()) << xlsx.status();
  EXPECT_THAT(ReadWorkbookPart(*xlsx, "xl/sharedStrings.xml"), HasSubstr("=SUM(A1:A9)"));
  const std::string sheet = ReadWorkbookPart(*xlsx, "xl/worksheets/sheet2.xml");
  EXPECT_THAT(sheet, HasSubstr("<c r=\"B2\" t=\"s\">"));
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
}

TEST(PaperXlsxTest, HasASheetForEachTableAndItsSum) {
  const auto xlsx = RenderXlsx(Paper(3));
  ASSERT_TRUE(xlsx.ok()) << xlsx.status();
  EXPECT_THAT(ReadWorkbookPart(*xlsx, "xl/workbook.xml"), HasSubstr("name=\"1. Blangko\""));
  const std::string sheet = ReadWorkbookPart(*xlsx, "xl/worksheets/sheet2.xml");
  EXPECT_THAT(sheet, HasSubstr("<f>SUM(C2:C4)</f><v>3000</v>"));
  EXPECT_THAT(ReadWorkbookPart(*xlsx, "xl/sharedStrings.xml"), HasSubstr("001/BA/2017"));
  EXPECT_EQ(*xlsx, *RenderXlsx(Paper(3))) << "the same paper gives the same file";
}

}  // namespace
}  // namespace keping::paper
