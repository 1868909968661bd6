#include "common/domain/value_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/str_cat.h"

namespace keping::domain {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr ValueList kAll[] = {ValueList::kSex,        ValueList::kBloodType,
                              ValueList::kReligion,   ValueList::kMaritalStatus,
                              ValueList::kOccupation, ValueList::kCitizenship};

// One value of each list, so that a case can add a line.
constexpr char kSmallest[] =
    "list,code,text\nsex,1,A\nblood_type,1,A\nreligion,1,A\nmarital_status,1,A\noccupation,1,A\n"
    "citizenship,1,WNI\n";

TEST(ValueListsTest, OfficialListsHaveTheRegistersCodes) {
  const ValueLists& lists = OfficialValueLists();
  struct Case {
    ValueList list;
    const char* code;
    const char* text;
  };
  const Case cases[] = {{ValueList::kSex, "1", "LAKI-LAKI"},
                        {ValueList::kSex, "2", "PEREMPUAN"},
                        {ValueList::kBloodType, "4", "O"},
                        {ValueList::kBloodType, "10", "AB-"},
                        {ValueList::kBloodType, "13", "-"},
                        {ValueList::kReligion, "4", "HINDU"},
                        {ValueList::kReligion, "7", "KEPERCAYAAN TERHADAP TUHAN YME"},
                        {ValueList::kMaritalStatus, "4", "CERAI MATI"},
                        {ValueList::kOccupation, "1", "BELUM/TIDAK BEKERJA"},
                        {ValueList::kOccupation, "63", "ANGGOTA DPRD KABUPATEN/KOTA"},
                        {ValueList::kOccupation, "88", "WIRASWASTA"},
                        {ValueList::kCitizenship, "1", "WNI"}};
  for (const Case& test : cases) {
    EXPECT_EQ(lists.Text(test.list, test.code).value_or("none"), test.text);
    EXPECT_EQ(lists.Code(test.list, test.text), test.code);
  }
  EXPECT_EQ(lists.Of(ValueList::kOccupation).size(), 89u);
  EXPECT_EQ(lists.Code(ValueList::kReligion, "PASTAFARIAN"), std::nullopt);
}

TEST(ValueListsTest, NoWordsStandForTwoCodes) {
  for (const ValueList list : kAll) {
    std::set<std::string> texts;
    for (const ListedValue& value : OfficialValueLists().Of(list)) {
      EXPECT_TRUE(texts.insert(value.text).second) << value.text;
    }
  }
}

TEST(ValueListsTest, UnknownCodeIsRefusedInWords) {
  const auto text = OfficialValueLists().Text(ValueList::kReligion, "9");
  ASSERT_EQ(text.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(text.status().message()),
              HasSubstr("K-141: Agama: got code 9, want one"));
}

TEST(ValueListsTest, RefusalDoesNotRepeatWhatIsNoCode) {
  for (const char* code : {"04", "NI WAYAN", "5106034512900001", "+7"}) {
    const auto text = OfficialValueLists().Text(ValueList::kOccupation, code);
    ASSERT_EQ(text.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(text.status().message()), HasSubstr("Pekerjaan: got what is no code"));
    EXPECT_THAT(std::string(text.status().message()), Not(HasSubstr(code)));
  }
  EXPECT_FALSE(OfficialValueLists().Text(ValueList::kOccupation, "").ok());
}

TEST(ValueListsTest, BadFileIsRefusedByItsLine) {
  ASSERT_TRUE(ValueLists::Parse(kSmallest).ok());
  for (const char* line : {"religion,2", "religion,2,B,C", "faith,2,B", "religion,1,B",
                           "religion,02,B", "religion,x,B", "religion,2,"}) {
    const auto lists = ValueLists::Parse(absl::StrCat(kSmallest, line, "\n"));
    ASSERT_FALSE(lists.ok()) << line;
    EXPECT_THAT(std::string(lists.status().message()), HasSubstr("line 8")) << line;
  }
  EXPECT_THAT(std::string(ValueLists::Parse("list,code,text\n").status().message()),
              HasSubstr("no value of the list sex"));
}

}  // namespace
}  // namespace keping::domain
