#include "common/domain/refusal.h"

#include <gtest/gtest.h>

#include <iterator>
#include <string>

namespace keping::domain {
namespace {

struct Row {
  PrintRefusal refusal;
  const char* code;
  const char* name;
};

// Codes are read out on the phone and kept in handbooks: they never change.
constexpr Row kRows[] = {
    {PrintRefusal::kNone, "K-100", "none"},
    {PrintRefusal::kNotLoggedIn, "K-101", "not_logged_in"},
    {PrintRefusal::kNotTrained, "K-102", "not_trained"},
    {PrintRefusal::kNodeLocked, "K-103", "node_locked"},
    {PrintRefusal::kPrrUnknown, "K-104", "prr_unknown"},
    {PrintRefusal::kPrrWithdrawn, "K-105", "prr_withdrawn"},
    {PrintRefusal::kLeaseNotHeld, "K-106", "lease_not_held"},
    {PrintRefusal::kTooStale, "K-107", "too_stale"},
    {PrintRefusal::kAlreadyPrinted, "K-108", "already_printed"},
    {PrintRefusal::kPictureMissing, "K-109", "picture_missing"},
    {PrintRefusal::kBlankNotInTray, "K-110", "blank_not_in_tray"},
    {PrintRefusal::kBlankUsed, "K-111", "blank_used"},
    {PrintRefusal::kPrinterNotReady, "K-112", "printer_not_ready"},
    {PrintRefusal::kDutyUsedUp, "K-113", "duty_used_up"},
    {PrintRefusal::kDiskNearlyFull, "K-114", "disk_nearly_full"},
    {PrintRefusal::kNoShift, "K-170", "no_shift"},
    {PrintRefusal::kApplicationTooOld, "K-171", "application_too_old"},
    {PrintRefusal::kRoleForbids, "K-172", "role_forbids"},
    {PrintRefusal::kRecordFaulty, "K-115", "record_faulty"},
};

TEST(RefusalTest, CodesAndNamesAreStableAndInPrecedence) {
  ASSERT_EQ(std::size(kRows), static_cast<size_t>(kPrintRefusalCount));
  for (size_t i = 0; i < std::size(kRows); ++i) {
    EXPECT_EQ(static_cast<size_t>(kRows[i].refusal), i);
    EXPECT_STREQ(Describe(kRows[i].refusal).code, kRows[i].code);
    EXPECT_STREQ(Describe(kRows[i].refusal).name, kRows[i].name);
  }
}

TEST(RefusalTest, SentencesAreSentences) {
  for (const Row& row : kRows) {
    const std::string sentence = Describe(row.refusal).sentence;
    EXPECT_EQ(sentence.back(), '.') << row.name;
    EXPECT_EQ(sentence.find("  "), std::string::npos) << row.name;
  }
}

}  // namespace
}  // namespace keping::domain
