#include "edge_node/counter/paper_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "edge_node/core/people_input.h"
#include "tests/support/office.h"
#include "tests/support/paper_reader.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::Office;

// A real node over a store in memory, with ten blanks in its tray.
class PaperDeskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(office_.Open().ok());
    office_.Equip(/*prrs=*/1, /*blanks=*/10);
    handover_ = std::make_unique<HandoverDesk>(
        &office_.node(), PaperFacts{.office_name = "Kecamatan Susut", .specimen = true});
    papers_ = std::make_unique<PaperDesk>(
        PaperDesk::Ports{.node = &office_.node(),
                         .handover = handover_.get(),
                         .letterhead = {"KANTOR KECAMATAN SUSUT", "Jalan Contoh 2"},
                         .place = "Susut",
                         .office_name = "Kecamatan Susut",
                         .specimen = true});
  }

  absl::StatusOr<v1::MakePaperResponse> Make(v1::PaperKind kind, const std::string& reference = "",
                                             v1::PaperFile file = v1::PAPER_FILE_PDF) {
    v1::MakePaperRequest request;
    request.set_kind(kind);
    request.set_reference(reference);
    request.set_file(file);
    request.set_operator_id("ayu");
    return papers_->MakePaper(request);
  }
  void Count(const std::string& act, const std::string& scanned) {
    office_.Do(CountPile{.act = domain::ActId::Of(act),
                         .pile = domain::Pile::kTray,
                         .scanned = *domain::SerialSet::Parse(scanned),
                         .operator_id = domain::OperatorId::Of("ayu"),
                         .second = {}});
  }

  Office office_;
  std::unique_ptr<HandoverDesk> handover_;
  std::unique_ptr<PaperDesk> papers_;
};

TEST_F(PaperDeskTest, ACountIsFoundByItsActOrIsTheLatest) {
  Count("count-1", "A0001..A0009");
  Count("count-2", "A0001..A0010");
  const auto first = Make(v1::PAPER_KIND_COUNT, "count-1", v1::PAPER_FILE_CSV);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_THAT(first->content(), HasSubstr("Menurut buku,10\r\nDipindai,9\r\n"));
  EXPECT_EQ(first->file_name(), "stock-opname-count-1.csv");
  const auto last = Make(v1::PAPER_KIND_COUNT);
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(last->content_type(), "application/pdf");
  const std::string text = tests::ReadPdf(last->content());
  for (const char* part : {"KANTOR KECAMATAN SUSUT", "STOCK OPNAME", "ayu", "SPESIMEN"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST_F(PaperDeskTest, WhatTheLogDoesNotHaveIsRefused) {
  for (const auto kind : {v1::PAPER_KIND_COUNT, v1::PAPER_KIND_DAY_REPORT}) {
    EXPECT_THAT(std::string(Make(kind).status().message()), StartsWith("K-352"));
    EXPECT_THAT(std::string(Make(kind, "act-9").status().message()), StartsWith("K-352"));
  }
  EXPECT_FALSE(Make(v1::PAPER_KIND_MANIFEST, "m-9").ok());
  EXPECT_FALSE(Make(v1::PAPER_KIND_UNSPECIFIED).ok());
  EXPECT_FALSE(Make(v1::PAPER_KIND_FORM_COUNT, "", v1::PAPER_FILE_UNSPECIFIED).ok());
}

TEST_F(PaperDeskTest, EveryFormIsOneSheet) {
  for (int kind = v1::PAPER_KIND_FORM_RECEIVE; kind <= v1::PAPER_KIND_FORM_ANSWERS; ++kind) {
    const auto made = Make(static_cast<v1::PaperKind>(kind));
    ASSERT_TRUE(made.ok()) << made.status();
    EXPECT_EQ(tests::PagesOf(tests::ReadPdf(made->content())), 1) << kind;
  }
}

TEST_F(PaperDeskTest, ADayReportIsPrintedAsItWasSigned) {
  const storage::LogHead head = office_.node().store().log().head();
  office_.Do(ReportDay{.act = domain::ActId::Of("report-1"),
                       .operator_id = domain::OperatorId::Of("ayu"),
                       .seq = head.seq,
                       .head = head.hash});
  const auto made = Make(v1::PAPER_KIND_DAY_REPORT);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->file_name(), absl::StrCat("laporan-harian-", head.hash.ShortHex(), ".pdf"));
  const std::string text = tests::ReadPdf(made->content());
  EXPECT_THAT(text, HasSubstr(absl::StrCat("Kode / Code: ", head.hash.ShortHex())));
  EXPECT_THAT(text, HasSubstr("Tanda tangan / Signature:"));
}

}  // namespace
}  // namespace keping::edge
