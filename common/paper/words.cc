#include "common/paper/words.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/check.h"
#include "common/paper/messages.h"

namespace keping::paper {
namespace {

using Catalogue = std::map<absl::string_view, absl::string_view>;

Catalogue Read(const Message* messages, size_t count) {
  Catalogue catalogue;
  for (size_t i = 0; i < count; ++i) catalogue.emplace(messages[i].key, messages[i].text);
  return catalogue;
}

const Catalogue& CatalogueOf(Language language) {
  static const auto& indonesian = *new Catalogue(Read(kIndonesianMessages, kIndonesianCount));
  static const auto& english = *new Catalogue(Read(kEnglishMessages, kEnglishCount));
  return language == Language::kEnglish ? english : indonesian;
}

}  // namespace

std::string Words::operator()(
    absl::string_view key,
    std::initializer_list<std::pair<absl::string_view, absl::string_view>> values) const {
  const Catalogue& catalogue = CatalogueOf(language_);
  const auto found = catalogue.find(key);
  KEPING_CHECK(found != catalogue.end(), "every text of a paper is in common/paper/messages");
  std::string text(found->second);
  for (const auto& [name, value] : values) {
    text = absl::StrReplaceAll(text, {{absl::StrCat("{", name, "}"), value}});
  }
  return text;
}

std::string Words::Month(absl::CivilMonth month) const {
  return absl::StrCat((*this)(absl::StrCat("month.", month.month())), " ", month.year());
}

std::string Words::Date(absl::CivilDay day) const {
  return absl::StrCat(day.day(), " ", Month(absl::CivilMonth(day)));
}

std::string Words::Weekday(absl::CivilDay day) const {
  const auto weekday = static_cast<int>(absl::GetWeekday(day));  // 0: Monday
  return (*this)(absl::StrCat("weekday.", weekday + 1));
}

std::string Words::Number(int64_t number) const {
  const char separator = language_ == Language::kEnglish ? ',' : '.';
  const std::string digits = absl::StrCat(number < 0 ? -number : number);
  std::string text = number < 0 ? "-" : "";
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text.push_back(separator);
    text.push_back(digits[i]);
  }
  return text;
}

std::string Words::Text(const Cell& cell) const {
  if (const int64_t* number = std::get_if<int64_t>(&cell)) return Number(*number);
  return std::get<std::string>(cell);
}

std::vector<std::pair<std::string, std::string>> MessagesOf(Language language) {
  const bool english = language == Language::kEnglish;
  const Message* messages = english ? kEnglishMessages : kIndonesianMessages;
  const size_t count = english ? kEnglishCount : kIndonesianCount;
  std::vector<std::pair<std::string, std::string>> all;
  for (size_t i = 0; i < count; ++i) all.emplace_back(messages[i].key, messages[i].text);
  return all;
}

}  // namespace keping::paper
