#include "common/base/strong_id.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace keping::base {
namespace {

constexpr size_t kMaxIdLength = 64;

// Ids are read all day: one look per character.
constexpr std::array<bool, 256> kIsIdCharacter = [] {
  std::array<bool, 256> is{};
  for (char c : {'.', '_', ':', '/', '-'}) is[static_cast<unsigned char>(c)] = true;
  for (int c = '0'; c <= '9'; ++c) is[c] = true;
  for (int c = 'A'; c <= 'Z'; ++c) is[c] = is[c - 'A' + 'a'] = true;
  return is;
}();

}  // namespace

absl::Status ValidateId(absl::string_view text, const char* kind) {
  if (text.empty() || text.size() > kMaxIdLength) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad ", kind, ": got ", text.size(), " characters, want 1 to ", kMaxIdLength));
  }
  for (size_t i = 0; i < text.size(); ++i) {
    if (kIsIdCharacter[static_cast<unsigned char>(text[i])]) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("bad ", kind, ": character ", i + 1, " is not one of A-Z a-z 0-9 . _ : / -"));
  }
  return absl::OkStatus();
}

}  // namespace keping::base
