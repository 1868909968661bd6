#include "common/paper/words.h"

#include "absl/strings/str_cat.h"
#include "common/paper/messages.h"

namespace keping::paper {

std::string Words::operator()(
    absl::string_view key,
    std::initializer_list<std::pair<absl::string_view, absl::string_view>> values) const {
  messages::Values filled;
  for (const auto& [name, value] : values) filled.emplace_back(name, value);
  return Messages().Text(language_, key, filled);
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

}  // namespace keping::paper
