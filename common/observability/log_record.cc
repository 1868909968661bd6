#include "common/observability/log_record.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"

namespace keping::observability {
namespace {

constexpr size_t kLongestNumber = 15;

bool NeedsQuotes(absl::string_view value) {
  return value.empty() || std::any_of(value.begin(), value.end(), [](unsigned char c) {
           return c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f;
         });
}

void AppendPair(absl::string_view key, absl::string_view value, std::string* line) {
  if (NeedsQuotes(value)) {
    absl::StrAppend(line, key, "=\"", absl::Utf8SafeCEscape(value), "\"");
  } else {
    absl::StrAppend(line, key, "=", value);
  }
}

}  // namespace

std::string MaskLongNumbers(absl::string_view text) {
  std::string masked;
  masked.reserve(text.size());
  for (size_t start = 0; start < text.size();) {
    size_t end = start;
    while (end < text.size() && absl::ascii_isdigit(text[end])) ++end;
    if (end == start) {
      masked.push_back(text[start++]);
      continue;
    }
    absl::StrAppend(&masked, end - start > kLongestNumber ? "**" : text.substr(start, end - start));
    start = end;
  }
  return masked;
}

std::string FormatRecord(absl::string_view event, std::initializer_list<Field> fields) {
  std::string line;
  AppendPair("event", event, &line);
  for (const Field& field : fields) {
    line.push_back(' ');
    AppendPair(field.key(), field.value(), &line);
  }
  return MaskLongNumbers(line);
}

}  // namespace keping::observability
