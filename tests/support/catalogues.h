// What holds of every catalogue: both languages have the same keys, and fill in the same values.
//
//   TEST(PaperMessagesTest, BothLanguagesSayTheSame) { ExpectTheSame(paper::Messages()); }
#ifndef KEPING_TESTS_SUPPORT_CATALOGUES_H_
#define KEPING_TESTS_SUPPORT_CATALOGUES_H_

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "common/messages/catalogue.h"

namespace keping::tests {

// The names in braces of a text.
inline std::set<std::string> NamesIn(absl::string_view text) {
  std::set<std::string> names;
  for (size_t at = text.find('{'); at != absl::string_view::npos; at = text.find('{', at + 1)) {
    names.emplace(text.substr(at, text.find('}', at) - at + 1));
  }
  return names;
}

inline void ExpectTheSame(const messages::Catalogues& texts) {
  using messages::Language;
  EXPECT_EQ(texts.All(Language::kIndonesian).size(), texts.All(Language::kEnglish).size());
  for (const messages::Message& row : texts.All(Language::kIndonesian)) {
    const absl::string_view indonesian = texts.Find(Language::kIndonesian, row.key);
    const absl::string_view english = texts.Find(Language::kEnglish, row.key);
    EXPECT_FALSE(indonesian.empty()) << row.key;
    EXPECT_FALSE(english.empty()) << row.key;
    EXPECT_EQ(NamesIn(indonesian), NamesIn(english)) << row.key;
  }
}

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_CATALOGUES_H_
