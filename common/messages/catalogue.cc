#include "common/messages/catalogue.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/check.h"

namespace keping::messages {
namespace {

std::map<absl::string_view, absl::string_view> ByKey(absl::Span<const Message> rows) {
  std::map<absl::string_view, absl::string_view> index;
  for (const Message& row : rows) index.emplace(row.key, row.text);
  return index;
}

}  // namespace

Catalogues::Catalogues(absl::Span<const Message> indonesian, absl::Span<const Message> english)
    : indonesian_(indonesian),
      english_(english),
      by_key_indonesian_(ByKey(indonesian)),
      by_key_english_(ByKey(english)) {}

absl::string_view Catalogues::Find(Language language, absl::string_view key) const {
  const Index& index = language == Language::kEnglish ? by_key_english_ : by_key_indonesian_;
  const auto found = index.find(key);
  return found == index.end() ? absl::string_view() : found->second;
}

std::string Catalogues::Text(Language language, absl::string_view key, const Values& values) const {
  const absl::string_view text = Find(language, key);
  KEPING_CHECK(!text.empty(), "every text that is asked for is in its folder's messages/");
  return Fill(text, values);
}

absl::Span<const Message> Catalogues::All(Language language) const {
  return language == Language::kEnglish ? english_ : indonesian_;
}

std::string Fill(absl::string_view text, const Values& values) {
  std::vector<std::pair<std::string, std::string>> names;
  names.reserve(values.size());
  for (const auto& [name, value] : values) names.emplace_back(absl::StrCat("{", name, "}"), value);
  // All at once: a value may hold what looks like another's name.
  return absl::StrReplaceAll(text, names);
}

}  // namespace keping::messages
