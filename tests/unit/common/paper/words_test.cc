#include "common/paper/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace keping::paper {
namespace {

// The names in braces of a text.
std::set<std::string> NamesIn(const std::string& text) {
  std::set<std::string> names;
  for (size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    names.insert(text.substr(at, text.find('}', at) - at + 1));
  }
  return names;
}

TEST(WordsTest, BothCataloguesSayTheSame) {
  const auto indonesian = MessagesOf(Language::kIndonesian);
  const auto all = MessagesOf(Language::kEnglish);
  const std::map<std::string, std::string> english(all.begin(), all.end());
  EXPECT_EQ(indonesian.size(), english.size());
  for (const auto& [key, text] : indonesian) {
    ASSERT_TRUE(english.contains(key)) << key;
    EXPECT_EQ(NamesIn(text), NamesIn(english.at(key))) << key;
    EXPECT_FALSE(text.empty()) << key;
    EXPECT_FALSE(english.at(key).empty()) << key;
  }
}

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
