#include "common/domain/nik.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace keping::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr absl::CivilDay kToday(2017, 4, 27);

Nik MakeNik(absl::string_view digits) { return Nik::Parse(digits).value(); }

TEST(NikTest, HoldsKecamatanDateAndSerial) {
  const Nik nik = MakeNik("5106010102030004");
  EXPECT_EQ(nik.kecamatan_code(), "510601");
  EXPECT_EQ(nik.gender(), Gender::kMale);
  EXPECT_EQ(nik.birth_date(kToday), absl::CivilDay(2003, 2, 1));
  EXPECT_EQ(nik.serial(), 4);
  EXPECT_EQ(nik.tail(), "0004");
  EXPECT_EQ(nik.Reveal(), "5106010102030004");
}

TEST(NikTest, WomansDayIsFortyMore) {
  const Nik nik = MakeNik("5106027112850001");
  EXPECT_EQ(nik.gender(), Gender::kFemale);
  EXPECT_EQ(nik.birth_date(kToday), absl::CivilDay(1985, 12, 31));
}

TEST(NikTest, ShortYearTakesTheLatestDayNotAfterTheReference) {
  struct Row {
    const char* digits;
    absl::CivilDay want;
  };
  const Row rows[] = {
      {"5106012704170001", absl::CivilDay(2017, 4, 27)},
      {"5106012804170001", absl::CivilDay(1917, 4, 28)},
      {"5106013112990001", absl::CivilDay(1999, 12, 31)},
      {"5106012902000001", absl::CivilDay(2000, 2, 29)},
      {"5106012902160001", absl::CivilDay(2016, 2, 29)},
  };
  for (const Row& row : rows) EXPECT_EQ(MakeNik(row.digits).birth_date(kToday), row.want);
  EXPECT_EQ(MakeNik("5106012902000001").birth_date(absl::CivilDay(1999, 1, 1)), std::nullopt)
      << "1900 was no leap year";
}

TEST(NikTest, ImpossibleDateIsAWarningOnly) {
  const NikFacts facts{absl::CivilDay(1990, 2, 28), Gender::kMale};
  for (const char* digits :
       {"5106013002900001", "5106010013900001", "5106014002900001", "5106019902900001"}) {
    const Nik nik = MakeNik(digits);
    EXPECT_EQ(nik.birth_date(kToday), std::nullopt);
    EXPECT_THAT(nik.Warnings(facts), ::testing::Contains(NikWarning::kImpossibleDate));
  }
}

TEST(NikTest, WarnsOfEveryDifferenceFromTheRecord) {
  const Nik nik = MakeNik("5106014102900001");
  EXPECT_THAT(nik.Warnings({absl::CivilDay(1990, 2, 1), Gender::kFemale}), IsEmpty());
  EXPECT_THAT(nik.Warnings({absl::CivilDay(1990, 2, 1), Gender::kMale}),
              ElementsAre(NikWarning::kGenderDiffers));
  EXPECT_THAT(nik.Warnings({absl::CivilDay(1990, 3, 1), Gender::kFemale}),
              ElementsAre(NikWarning::kBirthDateDiffers));
  EXPECT_THAT(MakeNik("5106013002900000").Warnings({absl::CivilDay(1990, 3, 1), Gender::kFemale}),
              ElementsAre(NikWarning::kImpossibleDate, NikWarning::kBirthDateDiffers,
                          NikWarning::kGenderDiffers, NikWarning::kSerialZero));
}

TEST(NikTest, SentencesHoldNoDigitsOfTheNumber) {
  for (NikWarning warning : {NikWarning::kImpossibleDate, NikWarning::kBirthDateDiffers,
                             NikWarning::kGenderDiffers, NikWarning::kSerialZero}) {
    EXPECT_THAT(Sentence(warning), Not(HasSubstr("5106")));
  }
}

TEST(NikTest, ParseRefusesAnythingButSixteenDigitsAndDoesNotQuote) {
  for (const char* text : {"", "510601010203000", "51060101020300041", "510601010203000A",
                           "5106 010102030004", "５106010102030004"}) {
    const auto nik = Nik::Parse(text);
    ASSERT_FALSE(nik.ok());
    EXPECT_EQ(nik.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(nik.status().message()), HasSubstr("want"));
    EXPECT_THAT(std::string(nik.status().message()), Not(HasSubstr("0102")));
  }
}

TEST(NikTest, RedactedHidesTheBirthDate) {
  EXPECT_EQ(MakeNik("5106010102030004").Redacted(), "510601********04");
}

TEST(NikTest, OrdersByDigits) {
  EXPECT_LT(MakeNik("5106010102030004"), MakeNik("5106010102030005"));
  EXPECT_EQ(MakeNik("5106010102030004"), MakeNik("5106010102030004"));
}

}  // namespace
}  // namespace keping::domain
