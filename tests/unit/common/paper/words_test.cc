#include "common/paper/words.h"

#include <gtest/gtest.h>

#include "common/paper/messages.h"
#include "tests/support/catalogues.h"

namespace keping::paper {
namespace {

TEST(WordsTest, BothLanguagesSayTheSame) { tests::ExpectTheSame(Messages()); }

TEST(WordsTest, NumbersAndDatesAreThoseOfTheLanguage) {
  const Words indonesian(Language::kIndonesian);
  const Words english(Language::kEnglish);
  EXPECT_EQ(indonesian.Number(8000), "8.000");
  EXPECT_EQ(english.Number(8000), "8,000");
  EXPECT_EQ(indonesian.Number(0), "0");
  EXPECT_EQ(indonesian.Number(-1234567), "-1.234.567");
  EXPECT_EQ(indonesian.Number(999), "999");
  const absl::CivilDay day(2017, 4, 27);
  EXPECT_EQ(indonesian.Date(day), "27 April 2017");
  EXPECT_EQ(indonesian.Date(absl::CivilDay(2017, 12, 1)), "1 Desember 2017");
  EXPECT_EQ(english.Date(absl::CivilDay(2017, 12, 1)), "1 December 2017");
  EXPECT_EQ(indonesian.Weekday(day), "Kamis");
  EXPECT_EQ(english.Weekday(day), "Thursday");
  EXPECT_EQ(indonesian("paper.page", {{"page", "1"}, {"pages", "3"}}), "Halaman 1 dari 3");
}

}  // namespace
}  // namespace keping::paper
