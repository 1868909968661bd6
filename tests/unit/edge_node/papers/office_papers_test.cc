#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/crypto/signer.h"
#include "common/domain/day_report.h"
#include "common/paper/pdf.h"
#include "edge_node/papers/count_paper.h"
#include "edge_node/papers/day_report_paper.h"
#include "edge_node/papers/late_form.h"
#include "edge_node/papers/manifest_paper.h"
#include "tests/support/kept_papers.h"
#include "tests/support/paper_reader.h"

namespace keping::edge {
namespace {

using paper::Document;
using paper::Language;
using paper::Words;
using ::testing::HasSubstr;

const Words kIndonesian(Language::kIndonesian);

// As the office issues it.
std::string Issue(const std::string& name, Document document) {
  document.letterhead = {"PEMERINTAH KABUPATEN BANGLI", "KANTOR KECAMATAN SUSUT",
                         "Jalan Contoh Nomor 2, Susut 80661"};
  document.place = "Susut";
  document.specimen = true;
  const auto pdf = paper::RenderPdf(document, paper::PageSize::kF4);
  EXPECT_TRUE(pdf.ok()) << pdf.status();
  if (!pdf.ok()) return "";
  tests::KeepPaper(name, *pdf);
  return tests::ReadPdf(*pdf);
}

TEST(DayReportPaperTest, HasTheCodeTheSumsAndTheSignedText) {
  const auto signer = crypto::MakeKeyedHashSigner(std::string(32, 'k'));
  DayReportSheet sheet{.office = "Kecamatan Susut",
                       .totals = {.act = domain::ActId::Of("act-1"),
                                  .day = absl::CivilDay(2017, 4, 27),
                                  .cards_fed = 50,
                                  .cards_good = 47,
                                  .cards_spoiled = 3,
                                  .blanks_spoiled = 2,
                                  .jobs_open = 0,
                                  .blanks_in_tray = 1548,
                                  .seq = 412,
                                  .head = crypto::Sha256({"head"}),
                                  .proven_seq = 398,
                                  .operator_id = domain::OperatorId::Of("op-susut")},
                       .signed_text = {},
                       .qr = "susut/susut-1 412 9e107d9d372bb682"};
  sheet.signed_text = domain::WriteDayReport({.node = domain::NodeId::Of("susut"),
                                              .incarnation = domain::IncarnationId::Of("susut-1"),
                                              .totals = sheet.totals},
                                             *signer);
  const std::string text = Issue("day-report", DayReportPaper(kIndonesian, sheet));
  for (const char* part : {"LAPORAN HARIAN", "Kamis, 27 April 2017", "398 dari 412 catatan",
                           "1.548", "LAPORAN HARIAN KEPING / KEPING DAY REPORT", "Penyelia,"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, HasSubstr(domain::ReportCodeOf(sheet.totals).value()));
}

TEST(CountPaperTest, TheBookIsWhatWasScannedAndItsDifferences) {
  CountSheet sheet{.office = "Kecamatan Susut",
                   .day = absl::CivilDay(2017, 4, 27),
                   .count = {.act = domain::ActId::Of("count-1"),
                             .pile = domain::Pile::kTray,
                             .counted = *domain::SerialSet::Parse("A0001000..A0001099,A0002000"),
                             .missing = *domain::SerialSet::Parse("A0001100..A0001102"),
                             .surplus = *domain::SerialSet::Parse("A0002000"),
                             .operator_id = domain::OperatorId::Of("op-susut"),
                             .second = domain::OperatorId::Of("op-kepala")}};
  const Document document = CountPaper(kIndonesian, sheet);
  EXPECT_EQ(std::get<int64_t>(document.tables[0].rows[0][1]), 103) << "by the book";
  const std::string text = Issue("count", document);
  for (const char* part : {"BERITA ACARA STOCK OPNAME", "A0001100 s.d. A0001102", "A0002000",
                           "Blangko di baki", "103", "101", "op-kepala"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(LateFormTest, EachActThatMayBeEnteredLateHasItsForm) {
  for (const LateFormKind kind : kLateForms) {
    const std::string text = Issue(absl::StrCat("form-", static_cast<int>(kind)),
                                   LateFormPaper(kIndonesian, kind, "Kecamatan Susut"));
    for (const char* part : {"FORMULIR", "Nomor formulir", "Tanggal dan jam kejadian",
                             "Petugas (ID)", "Nomor seri", "Dicatat belakangan"}) {
      EXPECT_THAT(text, HasSubstr(part)) << static_cast<int>(kind);
    }
    EXPECT_EQ(tests::PagesOf(text), 1) << "a form is one sheet";
  }
}

TEST(ManifestPaperTest, IsTheSameInEnglish) {
  const ManifestPaper paper{.manifest = "5f2c1a9b7d3e48f0a1b2c3d4e5f60718",
                            .office_name = "Kecamatan Susut",
                            .village_code = "51.06.01.2001",
                            .village_name = "Abuan",
                            .kecamatan_name = "Susut",
                            .made_on = absl::CivilDay(2017, 4, 27),
                            .rows = {{.serial = "04A1B2C3D4E511",
                                      .name = "Ni Wayan Contoh",
                                      .masked_nik = "510601********01"}}};
  const std::string text = Issue("manifest-en", DescribeManifest(Words(Language::kEnglish), paper));
  for (const char* part : {"HANDOVER LIST", "Abuan (51.06.01.2001)", "27 April 2017",
                           "Ni Wayan Contoh", "Page 1 of 1"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  Issue("manifest", DescribeManifest(kIndonesian, paper));
}

}  // namespace
}  // namespace keping::edge
