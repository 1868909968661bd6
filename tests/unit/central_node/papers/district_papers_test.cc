#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/papers/destruction_paper.h"
#include "central_node/papers/handover_paper.h"
#include "central_node/papers/invitation_paper.h"
#include "central_node/papers/monthly_stock_paper.h"
#include "central_node/papers/recall_paper.h"
#include "central_node/papers/register_paper.h"
#include "common/paper/pdf.h"
#include "tests/support/kept_papers.h"
#include "tests/support/paper_reader.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using paper::Document;
using paper::Language;
using paper::Words;
using ::testing::HasSubstr;

const Words kIndonesian(Language::kIndonesian);

// As the district issues it.
std::string Issue(const std::string& name, Document document, const std::string& number) {
  document.letterhead = {"PEMERINTAH KABUPATEN BANGLI", "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
                         "Jalan Contoh Nomor 1, Bangli 80600"};
  document.number = number;
  document.place = "Bangli";
  document.date = absl::CivilDay(2017, 4, 27);
  document.specimen = true;
  std::string text;
  for (const auto size : {paper::PageSize::kA4, paper::PageSize::kF4}) {
    const auto pdf = paper::RenderPdf(document, size);
    EXPECT_TRUE(pdf.ok()) << pdf.status();
    if (!pdf.ok()) return "";
    tests::KeepPaper(absl::StrCat(name, size == paper::PageSize::kA4 ? "-a4" : "-f4"), *pdf);
    text = tests::ReadPdf(*pdf);
  }
  return text;
}

domain::SerialSet Chips(int count) {
  domain::SerialSet serials;
  for (int i = 0; i < count; ++i) {
    serials.Insert(BlankSerial::Of(absl::StrFormat("04%012X", 0x1122334455 + i * 7919)));
  }
  return serials;
}

HandoverOfBlanks SampleHandover() {
  domain::SerialSet run;
  EXPECT_TRUE(run.InsertRange(BlankSerial::Of("KPA0001000"), BlankSerial::Of("KPA0001999")).ok());
  return {.transfer = "5f2c1a9b7d3e48f0",
          .office = "Kecamatan Susut",
          .day = absl::CivilDay(2017, 4, 27),
          .by = "sari",
          .second = "made",
          .parts = {{"A-2017-3", "470/118/BAST/2017", run}, {"A-2017-4", "", Chips(60)}},
          .boxes = {{.box = domain::BoxId::Of("L7-01"), .quantity = 200}}};
}

TEST(HandoverPaperTest, NamesEveryBlankAndTheirSum) {
  const std::string text =
      Issue("handover", HandoverPaper(kIndonesian, SampleHandover()), "001/BAST/2017");
  for (const char* part : {"BERITA ACARA SERAH TERIMA", "001/BAST/2017", "Kamis, 27 April 2017",
                           "Kecamatan Susut", "KPA0001000 s.d. KPA0001999", "boks tersegel",
                           "1.260", "Jumlah 1.060", "NIP.", "Halaman 1 dari", "SPESIMEN"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  Chips(60).ForEach(
      [&](const BlankSerial& serial) { EXPECT_THAT(text, HasSubstr(serial.text())); });
}

TEST(HandoverPaperTest, IsTheSameInEnglish) {
  const std::string text = Issue(
      "handover-en", HandoverPaper(Words(Language::kEnglish), SampleHandover()), "001/BAST/2017");
  for (const char* part : {"HANDOVER MINUTES", "Thursday, 27 April 2017", "1,260", "Page 1 of"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

MonthlyStock SampleStock() {
  MonthlyStock stock{.month = absl::CivilMonth(2017, 4), .upto = absl::CivilDay(2017, 4, 27)};
  using ledger::Account;
  stock.accounts = {{Account::kCentre, {.opening = 0, .in = 0, .out = 8000}},
                    {Account::kDistrictStock, {.opening = 0, .in = 8000, .out = 6400}},
                    {Account::kNodeStock, {.opening = 0, .in = 6400, .out = 266}},
                    {Account::kPrintedReady, {.opening = 0, .in = 258, .out = 174}},
                    {Account::kDelivered, {.opening = 0, .in = 174, .out = 0}},
                    {Account::kSpoiled, {.opening = 0, .in = 8, .out = 5}},
                    {Account::kDestroyed, {.opening = 0, .in = 5, .out = 0}}};
  stock.holders = {{"", {{StockPlace::kDistrict, 1600}}},
                   {"Kecamatan Susut",
                    {{StockPlace::kOffice, 6134},
                     {StockPlace::kPrinted, 258},
                     {StockPlace::kSpoiled, 3},
                     {StockPlace::kDestroyed, 5}}}};
  domain::SerialSet serials;
  EXPECT_TRUE(
      serials.InsertRange(BlankSerial::Of("KPA0001000"), BlankSerial::Of("KPA0008999")).ok());
  stock.deliveries = {{"A-2017-3",
                       "470/118/BAST/2017",
                       serials,
                       8000,
                       {{StockPlace::kDistrict, 1600},
                        {StockPlace::kOffice, 6134},
                        {StockPlace::kPrinted, 258},
                        {StockPlace::kSpoiled, 3},
                        {StockPlace::kDestroyed, 5}}}};
  stock.spoiled = {{"Kecamatan Susut",
                    {{SpoilReason::kFactory, 2},
                     {SpoilReason::kPrint, 3},
                     {SpoilReason::kTestCard, 1},
                     {SpoilReason::kOpening, 2}}}};
  return stock;
}

TEST(MonthlyStockPaperTest, EveryAccountHasALineAndTheSidesAreEqual) {
  const Document document = MonthlyStockPaper(kIndonesian, SampleStock());
  const std::string text = Issue("stock", document, "004/LSB/2017");
  for (const ledger::Account account : ledger::kAllAccounts) {
    const std::string name = kIndonesian(absl::StrCat("account.", ledger::AccountName(account)));
    EXPECT_THAT(text, HasSubstr(name.substr(0, name.find(' '))));
  }
  EXPECT_EQ(document.tables[0].rows.size() + document.tables[1].rows.size(),
            ledger::kAllAccounts.size());
  EXPECT_EQ(paper::SumOf(document.tables[0], 5), 8000);
  EXPECT_EQ(paper::SumOf(document.tables[1], 5), 8000);
  EXPECT_EQ(paper::SumOf(document.tables[2], 9), 8000);
  EXPECT_EQ(paper::SumOf(document.tables[4], 9), 8) << "all causes";
  EXPECT_EQ(paper::SumOf(document.tables[4], 7), 1) << "test cards";
  EXPECT_EQ(paper::SumOf(document.tables[4], 8), 2) << "stock at the start";
  EXPECT_THAT(text, HasSubstr("Kartu uji"));
}

TEST(DestructionPaperTest, TheCausesAddUpToTheCards) {
  Destruction destruction{.act = "9b7d3e48f05f2c1a",
                          .minutes = "470/31/2017",
                          .office = "Kecamatan Susut",
                          .day = absl::CivilDay(2017, 4, 27),
                          .operator_id = "op-susut",
                          .second = "op-kepala",
                          .cards = {}};
  size_t number = 0;
  Chips(45).ForEach([&](const BlankSerial& serial) {
    destruction.cards.emplace(serial, kBurnReasons[number++ % std::size(kBurnReasons)]);
  });
  const Document document = DestructionPaper(kIndonesian, destruction);
  const std::string text = Issue("destruction", document, "002/BAP/2017");
  EXPECT_EQ(paper::SumOf(document.tables[0], 2), 45);
  for (const char* part :
       {"BERITA ACARA PEMUSNAHAN", "Saksi 3,", "Ditarik kembali", "470/31/2017", "Gagal encode",
        "Kartu uji", "Stok awal, sebab tidak dicatat", "Belum ada catatan sebab"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(RecallPaperTest, SaysWhereEachCardIs) {
  Recalls recalls{.office = "", .cards = {}};
  for (int i = 0; i < 3; ++i) {
    recalls.cards.push_back(
        {.serial = absl::StrCat("KPA000101", i),
         .prr = absl::StrCat("p", i),
         .office = "Kecamatan Susut",
         .village = "Apuan (51.06.01.2001)",
         .account = i == 0 ? ledger::Account::kDelivered : ledger::Account::kHandedOver,
         .case_code = "K-203",
         .ordered = absl::CivilDay(2017, 4, 26)});
  }
  const std::string text = Issue("recalls", RecallPaper(kIndonesian, recalls), "001/DPK/2017");
  for (const char* part : {"DAFTAR PENARIKAN KARTU", "Semua kantor", "KPA0001012", "Diterima",
                           "Diserahkan", "K-203", "26 April"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(InvitationPaperTest, CountsThePersonsOfEachDay) {
  VillageInvitations invitations{.code = "51.06.01.2001",
                                 .village = "Apuan (51.06.01.2001)",
                                 .plan = "5f2c1a9b",
                                 .persons = {}};
  for (int i = 0; i < 70; ++i) {
    invitations.persons.push_back({.masked_nik = absl::StrFormat("510601******%04d", i + 1),
                                   .day = absl::CivilDay(2017, 5, 2 + i / 25),
                                   .hour = 8 + i % 25 / 10});
  }
  invitations.persons.push_back({.masked_nik = "510601******0099", .day = {}, .hour = {}});
  const Document document = InvitationPaper(kIndonesian, invitations);
  const std::string text = Issue("invitations", document, "003/DUP/2017");
  EXPECT_EQ(paper::SumOf(document.tables[0], 1), 71);
  for (const char* part :
       {"71 orang", "Selasa, 2 Mei 2017", "08.00", "Hari menyusul", "510601******0070"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(RegisterPaperTest, VoidNumbersAreListed) {
  const PaperRegister papers{
      .year = 2017,
      .entries = {{"001/BAST/2017", "BERITA ACARA SERAH TERIMA", "t1", absl::CivilDay(2017, 4, 26),
                   "sari", 1, "", ""},
                  {"002/BAST/2017", "BERITA ACARA SERAH TERIMA", "t2", absl::CivilDay(2017, 4, 27),
                   "sari", 0, "salah cetak", "sari, made"}}};
  const std::string text = Issue("register", RegisterPaper(kIndonesian, papers), "");
  for (const char* part : {"BUKU NOMOR DOKUMEN", "Tahun 2017", "002/BAST/2017", "BATAL"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

}  // namespace
}  // namespace keping::central
