#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/cli/command_line.h"
#include "common/cli/messages.h"
#include "common/usage/messages.h"
#include "tests/support/catalogues.h"

namespace keping::cli {
namespace {

using messages::Language;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Page(std::vector<std::string> words, Language language) {
  words.insert(words.begin(), "keping");
  words.emplace_back("--help");
  std::vector<const char*> argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  std::ostringstream out;
  std::ostringstream err;
  const char* locale = language == Language::kIndonesian ? "id_ID.UTF-8" : "en_US.UTF-8";
  const auto answer =
      ParseCommandLine(static_cast<int>(argv.size()), argv.data(), locale, out, err);
  EXPECT_EQ(std::get<int>(answer), kDone) << absl::StrJoin(words, " ") << err.str();
  return out.str();
}

// The names of the commands that a page lists.
std::vector<std::string> CommandsOn(const std::string& page, Language language) {
  const std::string title =
      absl::StrCat("\n", usage::Messages().Text(language, "page.commands"), ":\n");
  const size_t at = page.find(title);
  if (at == std::string::npos) return {};
  std::vector<std::string> names;
  for (absl::string_view line : absl::StrSplit(page.substr(at + title.size()), '\n')) {
    if (line.empty()) break;
    if (!absl::StartsWith(line, "   ")) names.emplace_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return names;
}

using Pages = std::map<std::string, std::string>;

// Each command's page, from that of the program down.
void Walk(const std::vector<std::string>& words, Language language, Pages* pages) {
  const std::string page = Page(words, language);
  (*pages)[absl::StrJoin(words, " ")] = page;
  for (const std::string& name : CommandsOn(page, language)) {
    std::vector<std::string> below = words;
    below.push_back(name);
    Walk(below, language, pages);
  }
}

// Without line ends and columns.
std::string Flat(absl::string_view text) {
  const std::vector<std::string> words =
      absl::StrSplit(text, absl::ByAnyChar(" \n"), absl::SkipEmpty());
  return absl::StrJoin(words, " ");
}

TEST(HelpTest, BothLanguagesSayTheSame) { tests::ExpectTheSame(Messages()); }

TEST(HelpTest, EveryCommandAndFlagHasItsTextAndEveryTextItsPlace) {
  constexpr size_t kAtLeast = 150;  // commands: the walk went down
  for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
    Pages pages;
    Walk({}, language, &pages);
    EXPECT_GT(pages.size(), kAtLeast);
    std::string all;
    for (const auto& [command, page] : pages) {
      EXPECT_THAT(page, Not(HasSubstr("‹"))) << command;
      absl::StrAppend(&all, Flat(page), "\n");
    }
    for (const messages::Message& row : Messages().All(language)) {
      // Refusals are on no page: unit.messages_used_test.
      if (absl::StartsWith(row.key, "wrong.")) continue;
      EXPECT_TRUE(absl::StrContains(all, Flat(row.text))) << row.key;
    }
  }
}

TEST(HelpTest, AnExampleIsACommandAndNoProse) {
  Pages pages;
  Walk({}, Language::kEnglish, &pages);
  const std::string title =
      absl::StrCat(usage::Messages().Text(Language::kEnglish, "page.examples"), ":\n");
  for (const auto& [command, page] : pages) {
    const size_t at = page.find(title);
    if (at == std::string::npos) continue;
    const std::string examples = page.substr(at + title.size());
    for (absl::string_view line : absl::StrSplit(examples, '\n', absl::SkipEmpty())) {
      EXPECT_TRUE(absl::StartsWith(line, "  keping ")) << command << ": " << line;
    }
  }
}

TEST(HelpTest, ANikIsAskedForAndNoArgument) {
  const std::string page = Page({"edge", "handover", "status"}, Language::kIndonesian);
  EXPECT_THAT(page, HasSubstr("Cara pakai: keping edge handover status [PILIHAN]\n"));
  EXPECT_THAT(page, HasSubstr("NIK diketik sesudah ditanya"));
}

}  // namespace
}  // namespace keping::cli
