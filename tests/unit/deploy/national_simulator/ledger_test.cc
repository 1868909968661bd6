#include "deploy/national_simulator/ledger.h"

#include <gtest/gtest.h>

#include <string>

namespace keping::national_simulator {
namespace {

using national::v1::REPORT_KIND_PRINTED;
using national::v1::REPORT_KIND_SPOILED;
using national::v1::REPORT_KIND_UNSPECIFIED;
using national::v1::ReportItem;
using national::v1::ReportKind;

Ledger MakeLedger() {
  return Ledger({"P1", "P2", "P3"}, domain::SerialSet::Parse("A1..A9,04A1B2C3D4E5F6").value());
}

ReportItem Item(const std::string& item, ReportKind kind, const std::string& prr,
                const std::string& blank) {
  ReportItem report;
  report.set_item(item);
  report.set_kind(kind);
  report.set_prr(prr);
  report.set_blank(blank);
  return report;
}

TEST(LedgerTest, BooksPrintedAndSpoiled) {
  Ledger ledger = MakeLedger();
  EXPECT_TRUE(ledger.Report(Item("e1", REPORT_KIND_PRINTED, "P1", "A1")).accepted());
  EXPECT_TRUE(ledger.Report(Item("e2", REPORT_KIND_SPOILED, "P2", "A2")).accepted());
  EXPECT_TRUE(
      ledger.Report(Item("e3", REPORT_KIND_PRINTED, "P2", "04:a1:b2:c3:d4:e5:f6")).accepted());
  EXPECT_TRUE(ledger.Report(Item("e4", REPORT_KIND_SPOILED, "", "A4")).accepted());
  EXPECT_EQ(ledger.totals().printed, 2u);
  EXPECT_EQ(ledger.totals().spoiled, 2u);
  EXPECT_EQ(ledger.totals().rejected, 0u);
}

TEST(LedgerTest, TheSameItemAgainIsTheSameAnswerAndCountsOnce) {
  Ledger ledger = MakeLedger();
  const ReportItem item = Item("e1", REPORT_KIND_PRINTED, "P1", "A1");
  for (int i = 0; i < 3; ++i) {
    const auto answer = ledger.Report(item);
    EXPECT_TRUE(answer.accepted());
    EXPECT_EQ(answer.item(), "e1");
  }
  EXPECT_EQ(ledger.totals().printed, 1u);
}

TEST(LedgerTest, RejectsWithAStableReason) {
  struct Row {
    ReportItem item;
    const char* reason;
  };
  const Row rows[] = {
      {Item("e2", REPORT_KIND_PRINTED, "P9", "A2"), "unknown_prr"},
      {Item("e2", REPORT_KIND_SPOILED, "P9", "A2"), "unknown_prr"},
      {Item("e2", REPORT_KIND_PRINTED, "P2", "A77"), "unknown_blank"},
      {Item("e2", REPORT_KIND_PRINTED, "P2", "A1"), "blank_already_used"},
      {Item("e2", REPORT_KIND_SPOILED, "", "A1"), "blank_already_used"},
      {Item("e2", REPORT_KIND_PRINTED, "P1", "A2"), "prr_already_printed"},
      {Item("e1", REPORT_KIND_PRINTED, "P1", "A2"), "item_reused"},
      {Item("", REPORT_KIND_PRINTED, "P1", "A2"), "malformed"},
      {Item(std::string(65, 'e'), REPORT_KIND_PRINTED, "P1", "A2"), "malformed"},
      {Item("e2", REPORT_KIND_PRINTED, "", "A2"), "malformed"},
      {Item("e2", REPORT_KIND_UNSPECIFIED, "P2", "A2"), "malformed"},
      {Item("e2", REPORT_KIND_PRINTED, "P2", ""), "malformed"},
      {Item("e2", REPORT_KIND_PRINTED, "P2", "5106010102030004"), "malformed"},
  };
  for (const Row& row : rows) {
    Ledger ledger = MakeLedger();
    ASSERT_TRUE(ledger.Report(Item("e1", REPORT_KIND_PRINTED, "P1", "A1")).accepted());
    const auto answer = ledger.Report(row.item);
    EXPECT_FALSE(answer.accepted()) << row.reason;
    EXPECT_EQ(answer.reason(), row.reason);
    EXPECT_EQ(ledger.totals().printed, 1u);
    EXPECT_EQ(ledger.totals().spoiled, 0u);
  }
}

TEST(LedgerTest, ARejectedItemMayBeAcceptedOnRetry) {
  Ledger ledger = MakeLedger();
  EXPECT_FALSE(ledger.Report(Item("e1", REPORT_KIND_PRINTED, "P1", "A77")).accepted());
  EXPECT_EQ(ledger.totals().rejected, 1u);
  EXPECT_TRUE(ledger.Report(Item("e1", REPORT_KIND_PRINTED, "P1", "A7")).accepted());
  EXPECT_EQ(ledger.totals().rejected, 0u);
}

TEST(LedgerTest, CountsACardOfAWithdrawnRecord) {
  Ledger ledger = MakeLedger();
  ASSERT_TRUE(ledger.Report(Item("e1", REPORT_KIND_PRINTED, "P1", "A1")).accepted());
  ledger.Withdraw("P1");
  ledger.Withdraw("P2");
  const ReportItem item = Item("e2", REPORT_KIND_PRINTED, "P2", "A2");
  EXPECT_TRUE(ledger.Report(item).accepted());
  EXPECT_TRUE(ledger.Report(item).accepted());
  EXPECT_TRUE(ledger.Report(Item("e1", REPORT_KIND_PRINTED, "P1", "A1")).accepted());
  EXPECT_EQ(ledger.totals().printed_withdrawn, 1u);
}

}  // namespace
}  // namespace keping::national_simulator
