#include "common/domain/day_report.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace keping::domain {
namespace {

class DayReportTest : public ::testing::Test {
 protected:
  DayReportTest() {
    facts_.node = NodeId::Of("susut");
    facts_.incarnation = IncarnationId::Of("inc-1");
    facts_.totals = {.act = ActId::Of("report"),
                     .day = absl::CivilDay(2017, 4, 27),
                     .cards_fed = 50,
                     .cards_good = 49,
                     .cards_spoiled = 1,
                     .blanks_spoiled = 2,
                     .jobs_open = 0,
                     .blanks_in_tray = 1549,
                     .seq = 231,
                     .head = crypto::Sha256({"head"}),
                     .proven_seq = 180,
                     .operator_id = OperatorId::Of("op-susut")};
  }

  absl::StatusOr<DayReportCheck> Check(const std::string& text) {
    return CheckDayReport(text, signer_->public_key(), *verifier_);
  }

  DayReportFacts facts_;
  std::unique_ptr<crypto::Signer> signer_ = *crypto::MakeEd25519Signer(std::string(32, 's'));
  std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeEd25519Verifier();
};

TEST_F(DayReportTest, SaysWhatTheDayCameTo) {
  const std::string text = WriteDayReport(facts_, *signer_);
  EXPECT_EQ(text.substr(0, text.find("Tanda tangan")),
            "LAPORAN HARIAN KEPING / KEPING DAY REPORT\n"
            "Kantor / Office: susut\n"
            "Inkarnasi / Incarnation: inc-1\n"
            "Hari / Day: 2017-04-27\n"
            "Dibuat oleh / Made by: op-susut\n"
            "Kartu masuk printer / Cards fed: 50\n"
            "Kartu baik / Cards good: 49\n"
            "Kartu rusak / Cards spoiled: 1\n"
            "Blangko rusak di luar cetak / Blanks spoiled outside a job: 2\n"
            "Cetakan belum selesai / Jobs open: 0\n"
            "Blangko di baki / Blanks in the tray: 1549\n"
            "Catatan log / Log entries: 231\n"
            "Catatan terbukti tiba / Entries proven to have arrived: 180\n"
            "Kepala log / Log head: " +
                facts_.totals.head.Hex() + "\nKode / Code: " + facts_.totals.head.ShortHex() +
                "\n");
}

TEST_F(DayReportTest, ItsSignatureAndCodeAreChecked) {
  const auto check = Check(WriteDayReport(facts_, *signer_));
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_EQ(check->node, "susut");
  EXPECT_EQ(check->day, "2017-04-27");
  EXPECT_EQ(check->code, facts_.totals.head.ShortHex());
}

TEST_F(DayReportTest, ACopyWithOtherBlanksAndLineEndsIsTheSame) {
  const std::string text = WriteDayReport(facts_, *signer_);
  EXPECT_TRUE(Check(absl::StrReplaceAll(text, {{"\n", "\r\n"}})).ok());
  EXPECT_TRUE(Check(absl::StrReplaceAll(text, {{"\n", "  \n\n"}})).ok());
  EXPECT_TRUE(Check(absl::StrCat("\n  ", text, "\n-- \nsent by mail\n")).ok());
}

TEST_F(DayReportTest, AChangedNumberIsFound) {
  const std::string text = WriteDayReport(facts_, *signer_);
  for (const auto& [was, is] : {std::pair<const char*, const char*>{"good: 49", "good: 50"},
                                {"Office: susut", "Office: tembuku"},
                                {"tray: 1549", "tray: 1499"},
                                {"Jobs open: 0\n", ""}}) {
    const std::string changed = absl::StrReplaceAll(text, {{was, is}});
    ASSERT_NE(changed, text);
    EXPECT_TRUE(absl::IsPermissionDenied(Check(changed).status())) << was;
  }
}

TEST_F(DayReportTest, AnotherKeyOrNoSignatureIsFound) {
  const auto other = *crypto::MakeEd25519Signer(std::string(32, 'o'));
  EXPECT_TRUE(absl::IsPermissionDenied(Check(WriteDayReport(facts_, *other)).status()));
  const std::string text = WriteDayReport(facts_, *signer_);
  EXPECT_TRUE(absl::IsInvalidArgument(Check(text.substr(0, text.find("Tanda"))).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Check("").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Check("Tanda tangan / Signature: 00").status()));
}

TEST_F(DayReportTest, ACodeOfAnotherHeadIsFoundEvenWhenSigned) {
  const std::string text = WriteDayReport(facts_, *signer_);
  std::string body = text.substr(0, text.find("Tanda"));
  body = absl::StrReplaceAll(body, {{"Code: " + facts_.totals.head.ShortHex(), "Code: 00000000"}});
  const std::string forged = absl::StrCat(
      body, "Tanda tangan / Signature: ",
      absl::BytesToHexString(signer_->Sign(absl::StrCat("keping-day-report-v1\n", body))), "\n");
  EXPECT_TRUE(absl::IsInvalidArgument(Check(forged).status()));
}

}  // namespace
}  // namespace keping::domain
