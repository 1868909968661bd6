// Papers of a district with an office that prints, spoils and burns: their sums against the ledger.
#include "central_node/console/paper_console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/store/stored_row.h"
#include "common/base/epoch_days.h"
#include "common/paper/words.h"
#include "common/storage/key_space.h"
#include "tests/support/paper_district.h"
#include "tests/support/paper_reader.h"

namespace keping::central {
namespace {

using ledger::Account;
using ::testing::_;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class PaperConsoleTest : public PaperDistrict {
 protected:
  // What is or was in the spoiled pile of the office, where no card was called back.
  int64_t SpoiledByTheLedger() {
    const ledger::Balances& balances = district_.centre().balances();
    return balances.At({Account::kSpoiled, NodeId::Of("susut")}) +
           balances.At({Account::kDestroyed, NodeId::Of("susut")});
  }
  // Of an account of table B, by the name that it has there.
  int64_t Moves(const std::string& account, size_t column) {
    for (const auto& row : Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 2)) {
      if (row[1] == account) return std::stoll(row[column]);
    }
    ADD_FAILURE() << "no account " << account;
    return 0;
  }
  // How many cards the minutes say were burnt for that reason.
  int64_t Burnt(const std::string& act, const std::string& cause) {
    for (const auto& row : Table(v1::PAPER_KIND_DESTRUCTION, act, 1)) {
      if (row[1] == cause) return std::stoll(row[2]);
    }
    ADD_FAILURE() << "no cause " << cause;
    return 0;
  }
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
  EXPECT_EQ(issued, 52);
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
  EXPECT_EQ(Sum(deliveries, 8), 3) << "destroyed";
}

TEST_F(PaperConsoleTest, AChipWithAPrintedSerialIsWhereItsCardIs) {
  PrintOneOfThreeChips();
  const std::vector<std::string> row = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 4).back();
  EXPECT_THAT(row, ElementsAre(_, StartsWith("C-1"), "3", "0", "0", "2", "1", "0", "0", "0"));
}

TEST_F(PaperConsoleTest, ABlankThatLeftItsBoxUnderBothNamesIsOne) {
  OpenABoxOfThree();
  const std::vector<std::string> row = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 4).back();
  EXPECT_THAT(row, ElementsAre(_, StartsWith("Q-1"), "3", "0", "0", "3", "0", "0", "0", "0"));
}

// Of an office with all causes: the sum against the ledger, and against the figures that the centre
// keeps by day for what people report, which know no pile from before the first day.
TEST_F(PaperConsoleTest, TheCausesAddUpToTheSpoiledOfTheBooks) {
  Work();
  const auto spoiled = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 5);
  ASSERT_EQ(spoiled.size(), 1u);
  EXPECT_EQ(spoiled[0][1], "Kecamatan Susut");
  int64_t reported = 0;
  const NodeRow& node = district_.centre().resident().nodes.at(NodeId::Of("susut"));
  for (const auto& [day, cards] : node.figures.at(domain::FigureKind::kSpoiled)) reported += cards;
  EXPECT_EQ(reported, 4);
  EXPECT_EQ(spoiled[0][2], "1") << "factory";
  EXPECT_EQ(spoiled[0][4], "1") << "print";
  EXPECT_EQ(spoiled[0][6], "1") << "warped";
  EXPECT_EQ(spoiled[0][7], "1") << "test card";
  EXPECT_EQ(spoiled[0][8], "2") << "stock at the start";
  EXPECT_EQ(std::stoll(spoiled[0].back()), reported + 2);
  EXPECT_EQ(std::stoll(spoiled[0].back()), SpoiledByTheLedger());
  EXPECT_EQ(std::stoll(spoiled[0].back()), Moves("Rusak, menunggu pemusnahan", 3)) << "table B";
}

TEST_F(PaperConsoleTest, WhatIsBurntBeforeTheCentreHearsOfItHasItsCause) {
  district_.Cut("susut");
  SpoilBlank("spoil-1", "A1002", SpoilCause::kFactory);
  PrintTest("test-1", "A1004");
  Burn("burn", "A1002,A1004", "470/31/2017");
  district_.Connect("susut");
  district_.Run();
  const auto spoiled = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 5);
  ASSERT_EQ(spoiled.size(), 1u);
  EXPECT_EQ(spoiled[0].back(), "2");
  EXPECT_EQ(SpoiledByTheLedger(), 2);
}

TEST_F(PaperConsoleTest, WhatIsSetAsideIsNoCause) {
  Work();
  const auto row = StoredRow<BlankRow>(district_.centre(), storage::kBlankRowPrefix, "A1003");
  ASSERT_TRUE(row.ok()) << row.status();
  Do(edge::CorrectAnswer{.act = ActId::Of("correct"),
                         .subject = ActId::Of("spoil-2"),
                         .event = row->facts.spoils.at(0).fact.id,
                         .operator_id = OperatorId::Of("op"),
                         .second = OperatorId::Of("op2")});
  const auto spoiled = Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 5);
  EXPECT_EQ(spoiled[0][6], "0") << "warped";
  EXPECT_EQ(std::stoll(spoiled[0].back()), SpoiledByTheLedger());
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
  EXPECT_EQ(Burnt("burn", "Kartu uji"), 1);
  EXPECT_EQ(Burnt("burn", "Stok awal, sebab tidak dicatat"), 1);
  EXPECT_EQ(Burnt("burn", "Ditarik kembali"), 0) << "nobody called a card back";
}

TEST_F(PaperConsoleTest, OnlyACardThatWasOrderedBackIsCalledBack) {
  Work();
  ASSERT_TRUE(district_.centre()
                  .ReceiveWithdrawals(district_.clock().Now(),
                                      {{{.prr = domain::PrrId::Of("p0001"),
                                         .version = 1,
                                         .reason = domain::WithdrawalReason::kMove}}},
                                      1)
                  .ok());
  district_.hub().Pump();
  district_.Run();
  const auto& orders = district_.office("susut").node->core().catalogue().actions();
  ASSERT_EQ(orders.size(), 1u);
  Do(edge::AcknowledgeAction{.action = orders.begin()->first, .operator_id = OperatorId::Of("op")});
  const int64_t spoiled = Sum(Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 5), 9);
  Burn("burn-2", "A1000,A1003", "470/32/2017");
  EXPECT_EQ(Burnt("burn-2", "Ditarik kembali"), 1);
  EXPECT_EQ(Burnt("burn-2", "Melengkung, leleh, atau terkelupas"), 1);
  EXPECT_EQ(Sum(Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 5), 9), spoiled)
      << "a card that was called back was not spoiled";
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

}  // namespace
}  // namespace keping::central
