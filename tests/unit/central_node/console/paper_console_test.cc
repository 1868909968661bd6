// Papers of a district with an office that prints, spoils and burns: their sums against the ledger,
// and the numbers that they get.
#include "central_node/console/paper_console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/store/queries.h"
#include "common/base/epoch_days.h"
#include "common/paper/words.h"
#include "edge_node/core/stock_input.h"
#include "tests/support/kept_papers.h"
#include "tests/support/little_district.h"
#include "tests/support/paper_reader.h"

namespace keping::central {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::NodeId;
using domain::OperatorId;
using domain::SpoilCause;
using ledger::Account;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::LittleDistrict;

class PaperConsoleTest : public ::testing::Test {
 protected:
  PaperConsoleTest() {
    district_.AddRecords(1, 5, "51.06.01.2001");
    district_.AddBlanks(40);
    district_.AddBlanks(10, 2);
    for (const char* name : {"op", "op2"}) {
      district_.Command(AddOperator{.operator_id = OperatorId::Of(name),
                                    .node = NodeId::Of("susut"),
                                    .role = domain::Role::kSupervisor});
      district_.Command(
          CertifyOperator{.operator_id = OperatorId::Of(name),
                          .node = NodeId::Of("susut"),
                          .application_version = domain::ApplicationVersion::Of("v1")});
    }
    // The first administrator, who can sign in, enters the others.
    EXPECT_TRUE(district_.centre()
                    .Handle(district_.clock().Now(),
                            SetOfficer{.officer = OperatorId::Of("sari"),
                                       .role = domain::Role::kAdministrator,
                                       .by = {}},
                            "verifier")
                    .ok());
    for (const auto& [name, role] : {std::pair("made", domain::Role::kAdministrator),
                                     std::pair("rai", domain::Role::kReconciler)}) {
      EXPECT_EQ(district_.Command(SetOfficer{
                    .officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("sari")}),
                CommandOutcome::kDone);
    }
    district_.Command(Dispatch{.transfer = domain::TransferId::Of("t1"),
                               .node = NodeId::Of("susut"),
                               .quantity = 20,
                               .serials = {},
                               .by = OperatorId::Of("sari"),
                               .second = OperatorId::Of("made")});
    district_.Connect("susut");
    district_.Run();
    Do(edge::ReceiveTransfer{.act = ActId::Of("receive"),
                             .transfer = domain::TransferId::Of("t1"),
                             .scanned = *domain::SerialSet::Parse("A1000..A1019"),
                             .operator_id = OperatorId::Of("op")});
  }

  template <typename Input>
  void Do(const Input& input) {
    const auto decision = district_.office("susut").node->Handle(input);
    ASSERT_TRUE(decision.ok()) << decision.status();
    ASSERT_TRUE(decision->status.ok()) << decision->status;
    district_.Run();
  }
  void PrintCard(const std::string& act, const std::string& blank) {
    Do(edge::Print{.act = ActId::Of(act),
                   .operator_id = OperatorId::Of("op"),
                   .printer = domain::PrinterId::Of("printer"),
                   .blank = BlankSerial::Of(blank),
                   .prr = {}});
    for (const auto answer : {edge::PrinterAnswer::kAccepted, edge::PrinterAnswer::kCompleted}) {
      Do(edge::PrinterReported{.act = ActId::Of(act), .answer = answer, .printer_job = 1});
    }
  }
  void SpoilBlank(const std::string& act, const std::string& blank, SpoilCause cause) {
    Do(edge::SpoilBlank{.act = ActId::Of(act),
                        .blank = BlankSerial::Of(blank),
                        .cause = cause,
                        .operator_id = OperatorId::Of("op"),
                        .step = {}});
  }
  // A good card, one that was spoiled in the printer, two blanks outside it; two of these burnt.
  void Work() {
    PrintCard("print-1", "A1000");
    Do(edge::VerifyCard{.act = ActId::Of("print-1"),
                        .scanned = BlankSerial::Of("A1000"),
                        .nik_tail = "0001",
                        .operator_id = OperatorId::Of("op")});
    PrintCard("print-2", "A1001");
    Do(edge::SpoilCard{.act = ActId::Of("print-2"),
                       .cause = SpoilCause::kPrint,
                       .operator_id = OperatorId::Of("op")});
    SpoilBlank("spoil-1", "A1002", SpoilCause::kFactory);
    SpoilBlank("spoil-2", "A1003", SpoilCause::kWarped);
    Do(edge::DestroyCards{.act = ActId::Of("burn"),
                          .serials = *domain::SerialSet::Parse("A1001,A1002"),
                          .minutes = domain::DocumentNumber::Of("470/31/2017"),
                          .operator_id = OperatorId::Of("op"),
                          .second = OperatorId::Of("op2"),
                          .witnesses = {}});
  }

  absl::StatusOr<v1::MakePaperResponse> Make(v1::PaperKind kind, const std::string& reference,
                                             v1::PaperFormat format = v1::PAPER_FORMAT_PDF,
                                             uint32_t table = 0) {
    v1::MakePaperRequest request;
    request.set_kind(kind);
    request.set_reference(reference);
    request.set_format(format);
    request.set_table(table);
    // Who may look at personal data.
    request.set_by(kind == v1::PAPER_KIND_INVITATIONS ? "rai" : "sari");
    auto response = papers_.MakePaper(request);
    if (response.ok() && format == v1::PAPER_FORMAT_PDF) {
      tests::KeepPaper(absl::StrCat("district-", response->file_name()), response->content());
    }
    return response;
  }
  absl::Status VoidNumber(const std::string& number) {
    v1::VoidPaperRequest request;
    request.set_number(number);
    request.set_reason("salah cetak");
    request.set_by("sari");
    request.set_second("made");
    return papers_.VoidPaper(request).status();
  }
  // The rows of a table, without its head.
  std::vector<std::vector<std::string>> Table(v1::PaperKind kind, const std::string& reference,
                                              uint32_t table) {
    const auto made = Make(kind, reference, v1::PAPER_FORMAT_CSV, table);
    EXPECT_TRUE(made.ok()) << made.status();
    if (!made.ok()) return {};
    std::vector<std::vector<std::string>> rows = Fields(made->content());
    rows.erase(rows.begin());
    return rows;
  }
  static std::vector<std::vector<std::string>> Fields(const std::string& csv) {
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
    bool quoted = false;
    for (const char letter : csv) {
      if (letter == '"') {
        quoted = !quoted;
      } else if (letter == ',' && !quoted) {
        rows.back().emplace_back();
      } else if (letter == '\n' && !quoted) {
        rows.emplace_back(1);
      } else if (letter != '\r' || quoted) {
        rows.back().back().push_back(letter);
      }
    }
    rows.pop_back();
    return rows;
  }
  static int64_t Sum(const std::vector<std::vector<std::string>>& rows, size_t column) {
    int64_t sum = 0;
    for (const auto& row : rows) sum += std::stoll(row[column]);
    return sum;
  }

  LittleDistrict district_{{{"susut", "51.06.01"}, {"tembuku", "51.06.03"}}};
  PlanningConsole planning_{{.node = &district_.centre(),
                             .hub = &district_.hub(),
                             .clock = &district_.clock(),
                             .failed = &Failed}};
  PaperConsole papers_{
      {.node = &district_.centre(),
       .store = &district_.centre_store(),
       .planning = &planning_,
       .clock = &district_.clock(),
       .frame = {.letterhead = {"PEMERINTAH KABUPATEN CONTOH", "Jalan Contoh 1"},
                 .place = "Bangli",
                 .number_form = "{number}/{kind}/{year}",
                 .names = {.offices = {{NodeId::Of("susut"), "Kecamatan Susut"}},
                           .villages = {{domain::VillageCode::Of("51.06.01.2001"), "Apuan"}}},
                 .specimen = true},
       .failed = &Failed}};

  static void Failed(const absl::Status& status) { ADD_FAILURE() << status; }
};

// The paper's tables A, B and C against the balances that the custody ledger has by itself.
TEST_F(PaperConsoleTest, TheMonthsSumsAreThoseOfTheLedger) {
  Work();
  const auto sources = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 1);
  const auto accounts = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 2);
  const auto holders = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 3);
  const ledger::Closing closing = district_.centre().balances().Close();
  const paper::Words words(paper::Language::kIndonesian);
  int64_t issued = 0;
  for (const auto& [account, total] : closing.totals) {
    const std::string name = words(absl::StrCat("account.", ledger::AccountName(account)));
    const auto& rows = ledger::IsSource(account) ? sources : accounts;
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one[1] == name; });
    ASSERT_NE(row, rows.end()) << name;
    EXPECT_EQ(std::stoll(row->back()), ledger::IsSource(account) ? -total : total) << name;
    if (ledger::IsSource(account)) issued -= total;
  }
  EXPECT_EQ(issued, 50);
  EXPECT_EQ(Sum(sources, 5), issued);
  EXPECT_EQ(Sum(accounts, 5), issued);
  EXPECT_EQ(Sum(holders, 9), issued);
}

TEST_F(PaperConsoleTest, EachDeliveryIsAccountedFor) {
  Work();
  const auto deliveries = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 4);
  ASSERT_EQ(deliveries.size(), 2u);
  for (const auto& row : deliveries) {
    int64_t places = 0;
    for (size_t i = 3; i < row.size(); ++i) places += std::stoll(row[i]);
    EXPECT_EQ(places, std::stoll(row[2])) << row[1];
  }
  EXPECT_EQ(Sum(deliveries, 3), 30) << "at the district";
  EXPECT_EQ(Sum(deliveries, 6), 1) << "printed";
  EXPECT_EQ(Sum(deliveries, 7), 1) << "spoiled";
  EXPECT_EQ(Sum(deliveries, 8), 2) << "destroyed";
}

// The causes against the figures that the centre keeps by day for what people report.
TEST_F(PaperConsoleTest, TheCausesAddUpToTheSpoiledOfTheBooks) {
  Work();
  const auto spoiled = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 5);
  ASSERT_EQ(spoiled.size(), 1u);
  EXPECT_EQ(spoiled[0][1], "Kecamatan Susut");
  int64_t booked = 0;
  const NodeRow& node = district_.centre().resident().nodes.at(NodeId::Of("susut"));
  for (const auto& [day, cards] : node.figures.at(domain::FigureKind::kSpoiled)) booked += cards;
  EXPECT_EQ(booked, 3);
  EXPECT_EQ(std::stoll(spoiled[0].back()), booked);
  EXPECT_EQ(spoiled[0][2], "1") << "factory";
  EXPECT_EQ(spoiled[0][4], "1") << "print";
  EXPECT_EQ(spoiled[0][6], "1") << "warped";
}

TEST_F(PaperConsoleTest, WhatHappensInALaterMonthIsNotInThisOne) {
  const absl::CivilDay today(
      base::FromEpochDays(absl::ToUnixSeconds(district_.clock().Now().wall) / 86400));
  Work();
  v1::MakePaperRequest request;
  request.set_kind(v1::PAPER_KIND_MONTHLY_STOCK);
  request.set_format(v1::PAPER_FORMAT_CSV);
  request.set_table(2);
  request.set_month_days(base::ToEpochDays(absl::CivilDay(absl::CivilMonth(today) - 1)));
  const auto before = papers_.MakePaper(request);
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_THAT(before->content(), HasSubstr("Gudang kabupaten,0,0,0,0"));
  request.set_month_days(base::ToEpochDays(absl::CivilDay(absl::CivilMonth(today) + 1)));
  EXPECT_THAT(std::string(papers_.MakePaper(request).status().message()), StartsWith("K-353"));
}

TEST_F(PaperConsoleTest, TheHandoverNamesWhatWasSentAndByWhom) {
  const auto made = Make(v1::PAPER_KIND_HANDOVER, "t1");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->content_type(), "application/pdf");
  const std::string text = tests::ReadPdf(made->content());
  for (const char* part :
       {"BERITA ACARA SERAH TERIMA", "PEMERINTAH KABUPATEN CONTOH", "Kecamatan Susut",
        "A1000 s.d. A1019", "BAST pusat B/1", "sari", "made", "Jumlah 20", "SPESIMEN"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(std::string(Make(v1::PAPER_KIND_HANDOVER, "t9").status().message()),
              StartsWith("K-352"));
}

TEST_F(PaperConsoleTest, ADestructionIsFoundByItsNumberWithTheCauses) {
  Work();
  const auto made = Make(v1::PAPER_KIND_DESTRUCTION, "470/31/2017");
  ASSERT_TRUE(made.ok()) << made.status();
  const std::string text = tests::ReadPdf(made->content());
  for (const char* part : {"A1001", "A1002", "Gagal cetak", "Cacat pabrik", "op2", "Saksi 1,"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  const auto causes = Table(v1::PAPER_KIND_DESTRUCTION, "burn", 1);
  EXPECT_EQ(Sum(causes, 2),
            district_.centre().balances().At({Account::kDestroyed, NodeId::Of("susut")}));
}

TEST_F(PaperConsoleTest, ARecalledCardIsListedUntilItCame) {
  Work();
  ASSERT_TRUE(district_.centre()
                  .ReceiveWithdrawals(district_.clock().Now(),
                                      {{{.prr = domain::PrrId::Of("p0001"),
                                         .version = 1,
                                         .reason = domain::WithdrawalReason::kMove}}},
                                      1)
                  .ok());
  const auto cards = Table(v1::PAPER_KIND_RECALLS, "", 1);
  ASSERT_EQ(cards.size(), 1u);
  EXPECT_EQ(cards[0][1], "A1000");
  EXPECT_EQ(cards[0][2], "Kecamatan Susut");
  EXPECT_EQ(cards[0][3], "Apuan (51.06.01.2001)");
  EXPECT_TRUE(Make(v1::PAPER_KIND_RECALLS, "").ok());
}

TEST_F(PaperConsoleTest, InvitationsHaveMaskedNiksOnly) {
  const auto made = Make(v1::PAPER_KIND_INVITATIONS, "51.06.01.2001");
  ASSERT_TRUE(made.ok()) << made.status();
  const std::string text = tests::ReadPdf(made->content());
  EXPECT_THAT(text, HasSubstr("5 orang"));
  EXPECT_THAT(text, HasSubstr("510601********01"));
}

// ---------------------------------------------------------------------------------------------
// Numbers.

TEST_F(PaperConsoleTest, TheSameContentIsACopyAndOtherContentTheNextNumber) {
  district_.Command(Dispatch{.transfer = domain::TransferId::Of("t2"),
                             .node = NodeId::Of("tembuku"),
                             .quantity = 5,
                             .serials = {}});
  const std::string year = absl::StrCat(
      absl::CivilYear(absl::ToCivilDay(district_.clock().Now().wall, absl::UTCTimeZone())).year());
  const auto first = Make(v1::PAPER_KIND_HANDOVER, "t1");
  EXPECT_EQ(first->number(), absl::StrCat("001/BAST/", year));
  EXPECT_EQ(first->copy(), 0u);
  EXPECT_EQ(first->file_name(), absl::StrCat("001-BAST-", year, ".pdf"));
  EXPECT_EQ(Make(v1::PAPER_KIND_HANDOVER, "t2")->number(), absl::StrCat("002/BAST/", year));
  const auto again = Make(v1::PAPER_KIND_HANDOVER, "t1");
  EXPECT_EQ(again->number(), first->number());
  EXPECT_EQ(again->copy(), 1u);
  EXPECT_THAT(tests::ReadPdf(again->content()), HasSubstr("SALINAN ke-1"));
  EXPECT_EQ(Make(v1::PAPER_KIND_RECALLS, "")->number(), absl::StrCat("001/DPK/", year))
      << "each kind counts by itself";
}

TEST_F(PaperConsoleTest, AVoidNumberStaysInTheRegisterAndIsNotUsedAgain) {
  const std::string first = Make(v1::PAPER_KIND_HANDOVER, "t1")->number();
  EXPECT_EQ(VoidNumber(first), absl::OkStatus());
  const auto next = Make(v1::PAPER_KIND_HANDOVER, "t1");
  EXPECT_THAT(next->number(), StartsWith("002/BAST/"));
  EXPECT_EQ(next->copy(), 0u);
  EXPECT_THAT(std::string(VoidNumber(first).message()), StartsWith("K-357"));
  EXPECT_THAT(std::string(VoidNumber("9").message()), StartsWith("K-356"));
  const auto papers = papers_.ListPapers({});
  ASSERT_EQ(papers->papers_size(), 2);
  EXPECT_EQ(papers->papers(0).number(), first);
  EXPECT_EQ(papers->papers(0).void_reason(), "salah cetak");
  EXPECT_EQ(papers->papers(1).void_reason(), "");
  const auto book = Make(v1::PAPER_KIND_REGISTER, "");
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(book->number(), "") << "the register itself has none";
  EXPECT_THAT(tests::ReadPdf(book->content()), HasSubstr("BATAL: salah"));
}

TEST_F(PaperConsoleTest, NeitherATableNorAFailureTakesANumber) {
  EXPECT_FALSE(Make(v1::PAPER_KIND_HANDOVER, "t9").ok());
  EXPECT_TRUE(Make(v1::PAPER_KIND_HANDOVER, "t1", v1::PAPER_FORMAT_XLSX).ok());
  EXPECT_TRUE(Make(v1::PAPER_KIND_HANDOVER, "t1", v1::PAPER_FORMAT_CSV).ok());
  EXPECT_FALSE(Make(v1::PAPER_KIND_HANDOVER, "t1", v1::PAPER_FORMAT_CSV, 7).ok());
  EXPECT_FALSE(Make(v1::PAPER_KIND_HANDOVER, "t1", v1::PAPER_FORMAT_UNSPECIFIED).ok());
  EXPECT_EQ(papers_.ListPapers({})->papers_size(), 0);
  EXPECT_THAT(Make(v1::PAPER_KIND_HANDOVER, "t1")->number(), StartsWith("001/"));
}

TEST_F(PaperConsoleTest, ACentreThatWasSetBackGivesNoNumberTwice) {
  PaperNumbers numbers(
      {.store = &district_.centre_store(), .form = "{number}/{kind}/{year}", .failed = &Failed});
  const auto text = [&](uint32_t generation, const std::string& content) {
    const auto paper = numbers.For({.kind = v1::PAPER_KIND_HANDOVER,
                                    .code = "BAST",
                                    .generation = generation,
                                    .content = crypto::Sha256({content}),
                                    .day = absl::CivilDay(2017, 6, 5)});
    EXPECT_TRUE(paper.ok() && numbers.Keep(*paper).ok());
    return paper->text;
  };
  EXPECT_EQ(text(1, "a"), "001/BAST/2017");
  EXPECT_EQ(text(1, "b"), "002/BAST/2017");
  EXPECT_EQ(text(2, "c"), "001-P2/BAST/2017");
  EXPECT_EQ(text(2, "d"), "002-P2/BAST/2017");
  EXPECT_EQ(text(2, "a"), "001/BAST/2017") << "a reprint keeps its number";
  EXPECT_EQ(text(3, "e"), "001-P3/BAST/2017");
  EXPECT_EQ(numbers.List(0)->size(), 5u);
}

TEST_F(PaperConsoleTest, NumbersOutliveARestart) {
  ASSERT_TRUE(Make(v1::PAPER_KIND_HANDOVER, "t1").ok());
  const PaperNumbers numbers(
      {.store = &district_.centre_store(), .form = "{number}/{kind}/{year}", .failed = &Failed});
  ASSERT_EQ(numbers.List(0)->size(), 1u);
  EXPECT_EQ(numbers.List(0)->front().by, OperatorId::Of("sari"));
  EXPECT_TRUE(numbers.List(1900)->empty());
}

}  // namespace
}  // namespace keping::central
