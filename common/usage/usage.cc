#include "common/usage/usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/observability/log_record.h"
#include "common/usage/help_page.h"
#include "common/usage/messages.h"
#include "common/usage/refusals.h"
#include "common/usage/wrong_usage.h"

namespace keping::usage {
namespace {

constexpr absl::string_view kLanguageFlag = "--lang";

// Takes the flag and its value out of `words`; the last one counts.
std::optional<std::string> TakeLanguage(std::vector<std::string>& words) {
  std::optional<std::string> chosen;
  for (auto word = words.begin(); word != words.end() && *word != "--";) {
    if (absl::StartsWith(*word, absl::StrCat(kLanguageFlag, "="))) {
      chosen = word->substr(kLanguageFlag.size() + 1);
      word = words.erase(word);
    } else if (*word == kLanguageFlag) {
      word = words.erase(word);
      chosen = word == words.end() ? "" : *word;
      if (word != words.end()) word = words.erase(word);
    } else {
      ++word;
    }
  }
  return chosen;
}

}  // namespace

messages::Language LanguageOf(absl::string_view locale) {
  const absl::string_view language = locale.substr(0, locale.find_first_of("_.@"));
  return language == "id" ? messages::Language::kIndonesian : messages::Language::kEnglish;
}

Usage::Usage(const messages::Catalogues& texts, absl::string_view locale)
    : texts_(texts), language_(LanguageOf(locale)) {}

void Usage::Parse(CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (const std::optional<std::string> chosen = TakeLanguage(words)) {
    if (*chosen != "id" && *chosen != "en") {
      throw CLI::ValidationError(std::string(kLanguageFlag),
                                 Refusal("wrong.oneOf", {{"got", *chosen}, {"want", "id, en"}}));
    }
    language_ = LanguageOf(*chosen);
  }
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  app.parse(std::move(words));
}

int Usage::Answer(const CLI::App& app, const CLI::ParseError& error, std::ostream& out,
                  std::ostream& err) const {
  if (error.get_exit_code() == 0) {
    out << HelpPage(app, texts_, language_);
    return 0;
  }
  // What was typed may be a NIK.
  err << app.get_name() << ": "
      << observability::MaskLongNumbers(WhyRefused(app, error, texts_, language_)) << "\n"
      << Messages().Text(language_, "wrong.see", {{"command", CommandOf(ChosenCommand(app))}})
      << "\n";
  return kWrongUsage;
}

}  // namespace keping::usage
