#include "common/scan/field.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace keping::scan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kManifestId[] = "0123456789abcdef0123456789abcdef";
constexpr char kNik[] = "5106014101900042";

ReaderProfile Text() { return {.notation = Notation::kText}; }
ReaderProfile Decimal() { return {.notation = Notation::kDecimal}; }

struct Case {
  const char* what;
  Field field;
  ReaderProfile profile;
  std::string typed;
  const char* code;  // empty: it is right
  std::string text;
};

void Expect(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const FieldInput input = ReadField(c.profile, c.field, c.typed);
    EXPECT_STREQ(input.problem.code, c.code) << c.what;
    EXPECT_EQ(input.text, c.text) << c.what;
    EXPECT_EQ(input.ok(), *c.code == '\0') << c.what;
    if (input.ok()) continue;
    for (const std::string sentence : {input.problem.indonesian, input.problem.english}) {
      EXPECT_THAT(sentence, Not(HasSubstr(kNik))) << c.what;
      EXPECT_GT(sentence.size(), 10u) << c.what;
    }
  }
}

TEST(FieldTest, ABlankIsOneSerialAsTheReaderTypesIt) {
  Expect({
      {"a chip", Field::kBlank, {}, "04a1b2c3d4e5f6\n", "", "04A1B2C3D4E5F6"},
      {"a chip of a reader that turns it over",
       Field::kBlank,
       {.reversed = true},
       "f6e5d4c3b2a104\n",
       "",
       "04A1B2C3D4E5F6"},
      {"a printed serial", Field::kBlank, Text(), "kpa-0001000", "", "KPA-0001000"},
      {"Enter alone", Field::kBlank, {}, "\n", "K-230", ""},
      {"a NIK for a blank", Field::kBlank, {}, kNik, "K-231", ""},
      {"two chips for one", Field::kBlank, {}, "04A1B2C3\nDEADBEEF", "K-232", ""},
      {"a double read", Field::kBlank, {}, "04A1B2C304A1B2C3", "K-233", ""},
      {"half a chip", Field::kBlank, {}, "04A1B", "K-234", ""},
      {"more than a chip", Field::kBlank, {}, "04A1B2C3D4E5F60718293A", "K-235", ""},
      {"a web address", Field::kBlank, {}, "https://example.id", "K-236", ""},
      {"a manifest for a chip", Field::kBlank, {}, kManifestId, "K-236", ""},
      {"a manifest for a printed serial", Field::kBlank, Text(), kManifestId, "K-236", ""},
      {"another reader's chip", Field::kBlank, Decimal(), "04A1B2C3D4E5F6", "K-237", ""},
  });
}

TEST(FieldTest, BlanksAreSerialsAndRanges) {
  Expect({
      {"one blank of a delivery", Field::kBlanks, {}, "04A1B2C3D4E5F6\n", "", "04A1B2C3D4E5F6"},
      {"a range", Field::kBlanks, {}, "a0001000 .. A0001002", "", "A0001000..A0001002"},
      {"a pasted list, one twice",
       Field::kBlanks,
       {},
       "DEADBEEF\n04A1B2C3,DEADBEEF\n",
       "",
       "04A1B2C3,DEADBEEF"},
      {"a pasted line", Field::kBlanks, {}, "DEADBEEF 04A1B2C3", "", "04A1B2C3,DEADBEEF"},
      {"chips and a range",
       Field::kBlanks,
       {},
       "DEADBEEF;A0001000..A0001002",
       "",
       "A0001000..A0001002,DEADBEEF"},
      {"a chip with blanks between", Field::kBlanks, {}, "04 A1 B2 C3", "", "04A1B2C3"},
      {"a range backwards", Field::kBlanks, {}, "A0001002..A0001000", "K-237", ""},
      {"a range with an end only", Field::kBlanks, {}, "..A0001000", "K-237", ""},
      {"a NIK in a list", Field::kBlanks, {}, absl::StrCat("DEADBEEF\n", kNik), "K-231", ""},
      {"a NIK for a delivery", Field::kBlanks, {}, kNik, "K-231", ""},
      {"nothing for a delivery", Field::kBlanks, {}, " \n", "K-230", ""},
      {"a sentence for a delivery", Field::kBlanks, {}, "not a serial", "K-237", ""},
  });
}

TEST(FieldTest, ANikIsSixteenDigits) {
  Expect({
      {"a NIK", Field::kNik, {}, absl::StrCat(kNik, "\n"), "", kNik},
      {"a NIK with points", Field::kNik, {}, "510601.410190.0042", "", kNik},
      {"a NIK that no calendar knows", Field::kNik, {}, "5106019999990001", "", "5106019999990001"},
      {"no NIK", Field::kNik, {}, "", "K-230", ""},
      {"a NIK twice", Field::kNik, {}, absl::StrCat(kNik, kNik), "K-233", ""},
      {"fifteen digits", Field::kNik, Text(), "510601410190004", "K-236", ""},
      {"five digits", Field::kNik, {}, "51060", "K-234", ""},
      {"21 digits", Field::kNik, {}, "510601410190004212345", "K-235", ""},
      {"a blank for a NIK", Field::kNik, {}, "04A1B2C3D4E5F6", "K-236", ""},
      {"a manifest for a NIK", Field::kNik, {}, kManifestId, "K-236", ""},
      {"a name for a NIK", Field::kNik, {}, "I Wayan!", "K-236", ""},
  });
}

TEST(FieldTest, AManifestIsTheIdOfItsCode) {
  const std::string twice = absl::StrCat(kManifestId, "\n", kManifestId);
  Expect({
      {"a manifest", Field::kManifest, {}, "0123456789ABCDEF0123456789ABCDEF\n", "", kManifestId},
      {"no manifest", Field::kManifest, {}, "", "K-230", ""},
      {"a NIK for a manifest", Field::kManifest, {}, kNik, "K-231", ""},
      {"a manifest twice", Field::kManifest, {}, twice, "K-233", ""},
      {"a blank for a manifest", Field::kManifest, {}, "04A1B2C3D4E5F6", "K-236", ""},
      {"a web address for a manifest", Field::kManifest, {}, "https://example.id", "K-236", ""},
  });
}

TEST(FieldTest, WhereNoReaderWasTaughtAChipComesFirstAndThenWhatIsPrinted) {
  for (const auto& [typed, text] :
       {std::pair{"04:a1:b2:c3", "04A1B2C3"}, std::pair{"kpa-0001000", "KPA-0001000"},
        std::pair{"A0001000", "A0001000"}}) {
    EXPECT_EQ(ReadFieldUntaught(Field::kBlank, typed).text, text);
  }
  for (const auto& [typed, code] :
       {std::pair{"5106014101900042", "K-231"}, std::pair{"04A1B2C304A1B2C3", "K-233"},
        std::pair{"https://example.id", "K-236"}, std::pair{"", "K-230"}}) {
    EXPECT_STREQ(ReadFieldUntaught(Field::kBlank, typed).problem.code, code) << typed;
  }
}

}  // namespace
}  // namespace keping::scan
