#include "common/domain/grant_code.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"

namespace keping::domain {
namespace {

const std::string kKey(kGrantKeySize, 'k');

GrantTerms Terms() {
  return {.node = NodeId::Of("susut"),
          .kind = GrantKind::kResetPassword,
          .subject = SubjectId::Of("op-susut"),
          .day = absl::CivilDay(2017, 4, 27),
          .application_version = {},
          .lease_epoch = {}};
}

std::string Digits(const std::string& code) { return absl::StrReplaceAll(code, {{" ", ""}}); }

TEST(GrantCodeTest, WhatOneSideMakesTheOtherAccepts) {
  for (uint32_t number : {0u, 7u, 99u}) {
    const std::string code = MakeGrantCode(kKey, Terms(), number);
    const auto typed = ParseGrantCode(code);
    ASSERT_TRUE(typed.ok()) << code;
    EXPECT_EQ(typed->number, number);
    EXPECT_EQ(MatchGrant(kKey, Terms(), *typed), GrantTag(kKey, Terms(), number));
  }
}

// The form is a promise: a centre and a node of different ages read the same codes.
TEST(GrantCodeTest, IsStable) {
  EXPECT_EQ(MakeGrantCode(kKey, Terms(), 7), "0756 5735 2803");
  EXPECT_EQ(GrantTag(kKey, Terms(), 7).ShortHex(), "56201edb");
}

TEST(GrantCodeTest, EveryTermCounts) {
  std::vector<std::pair<const char*, GrantTerms>> changed(6, {"", Terms()});
  changed[0] = {"node", Terms()}, changed[0].second.node = NodeId::Of("tembuku");
  changed[1] = {"kind", Terms()}, changed[1].second.kind = GrantKind::kUnlockNode;
  changed[2] = {"subject", Terms()}, changed[2].second.subject = SubjectId::Of("op-susu");
  changed[3] = {"day", Terms()}, changed[3].second.day += 1;
  changed[4] = {"version", Terms()};
  changed[4].second.application_version = ApplicationVersion::Of("t8.1");
  changed[5] = {"epoch", Terms()}, changed[5].second.lease_epoch = {0, 1};
  const TypedGrant typed = *ParseGrantCode(MakeGrantCode(kKey, Terms(), 7));
  for (const auto& [what, terms] : changed) {
    EXPECT_FALSE(MatchGrant(kKey, terms, typed).has_value()) << what;
    EXPECT_NE(GrantTag(kKey, terms, 7), GrantTag(kKey, Terms(), 7)) << what;
  }
  EXPECT_FALSE(MatchGrant(std::string(kGrantKeySize, 'j'), Terms(), typed).has_value());
  TypedGrant other_number = typed;
  other_number.number = 8;
  EXPECT_FALSE(MatchGrant(kKey, Terms(), other_number).has_value());
}

TEST(GrantCodeTest, BlanksAndHyphensDoNotMatter) {
  const std::string code = MakeGrantCode(kKey, Terms(), 7);
  const TypedGrant typed = *ParseGrantCode(code);
  for (const std::string& form :
       {Digits(code), absl::StrReplaceAll(code, {{" ", "-"}}), " " + code + "\t\n"}) {
    const auto parsed = ParseGrantCode(form);
    ASSERT_TRUE(parsed.ok()) << form;
    EXPECT_EQ(parsed->mark, typed.mark);
  }
}

TEST(GrantCodeTest, ASlipOfTheEarIsFoundAtOnce) {
  const std::string digits = Digits(MakeGrantCode(kKey, Terms(), 42));
  for (size_t i = 0; i < digits.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == digits[i]) continue;
      std::string wrong = digits;
      wrong[i] = digit;
      EXPECT_FALSE(ParseGrantCode(wrong).ok()) << wrong;
    }
    if (i + 1 == digits.size() || digits[i] == digits[i + 1]) continue;
    std::string swapped = digits;
    std::swap(swapped[i], swapped[i + 1]);
    EXPECT_FALSE(ParseGrantCode(swapped).ok()) << swapped;
  }
}

TEST(GrantCodeTest, WhatIsNoCodeIsSaidWithoutItsText) {
  for (const char* typed : {"", "1234", "0756 5735 28036", "O713 3411 3424", "secret"}) {
    const absl::Status status = ParseGrantCode(typed).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << typed;
    if (*typed == 's') {
      EXPECT_EQ(status.message().find(typed), absl::string_view::npos);
    }
  }
}

TEST(GrantCodeTest, CodesOfADayDiffer) {
  std::set<std::string> codes;
  for (uint32_t number = 0; number < kGrantNumbers; ++number) {
    codes.insert(MakeGrantCode(kKey, Terms(), number));
  }
  EXPECT_EQ(codes.size(), kGrantNumbers);
}

TEST(GrantCodeTest, DigitsAreSpokenInIndonesian) {
  EXPECT_EQ(SpokenDigits("0123 4567 89"),
            "nol satu dua tiga, empat lima enam tujuh, delapan sembilan");
}

}  // namespace
}  // namespace keping::domain
