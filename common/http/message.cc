#include "common/http/message.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace keping::http {

Headers::Headers(std::initializer_list<std::pair<absl::string_view, absl::string_view>> fields) {
  for (const auto& [name, value] : fields) Add(name, value);
}

void Headers::Add(absl::string_view name, absl::string_view value) {
  std::string& field = fields_[absl::AsciiStrToLower(name)];
  absl::StrAppend(&field, field.empty() ? "" : ", ", value);
}

void Headers::Set(absl::string_view name, absl::string_view value) {
  fields_[absl::AsciiStrToLower(name)] = std::string(value);
}

absl::string_view Headers::Get(absl::string_view name) const {
  const auto found = fields_.find(absl::AsciiStrToLower(name));
  return found == fields_.end() ? absl::string_view() : found->second;
}

}  // namespace keping::http
