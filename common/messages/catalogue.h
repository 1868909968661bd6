// Texts for people in both languages. Each folder that has some keeps them in messages/id.json and
// messages/en.json, keys sorted or in the order of the page; keping_message_source of CMake embeds
// them in one source, which defines the folder's Messages().
//
//   const messages::Catalogues& texts = paper::Messages();
//   texts.Text(Language::kIndonesian, "paper.page", {{"page", "1"}, {"pages", "3"}});
//                                                                     // "Halaman 1 dari 3"
//
// Immutable, thread-safe.
#ifndef KEPING_COMMON_MESSAGES_CATALOGUE_H_
#define KEPING_COMMON_MESSAGES_CATALOGUE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace keping::messages {

enum class Language { kIndonesian = 1, kEnglish = 2 };

// A row as the build embeds it.
struct Message {
  const char* key;
  const char* text;
};

// What is filled in for {name}.
using Values = std::vector<std::pair<std::string, std::string>>;

class Catalogues {
 public:
  // The rows must outlive it.
  Catalogues(absl::Span<const Message> indonesian, absl::Span<const Message> english);

  // The text under a key as it is; empty where there is none.
  absl::string_view Find(Language language, absl::string_view key) const;
  // The text with its values. A key that is in no catalogue is a bug, and checked.
  std::string Text(Language language, absl::string_view key, const Values& values = {}) const;
  // Every row, in the order of the file.
  absl::Span<const Message> All(Language language) const;

 private:
  using Index = std::map<absl::string_view, absl::string_view>;

  const absl::Span<const Message> indonesian_;
  const absl::Span<const Message> english_;
  const Index by_key_indonesian_;
  const Index by_key_english_;
};

// `text` with each {name} replaced by its value.
std::string Fill(absl::string_view text, const Values& values);

}  // namespace keping::messages

#endif  // KEPING_COMMON_MESSAGES_CATALOGUE_H_
