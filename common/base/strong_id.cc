#include "common/base/strong_id.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace keping::base {
namespace {

constexpr size_t kMaxIdLength = 64;

bool IsIdCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == ':' ||
         c == '/' || c == '-';
}

}  // namespace

absl::Status ValidateId(absl::string_view text, const char* kind) {
  if (text.empty() || text.size() > kMaxIdLength) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad ", kind, ": got ", text.size(), " characters, want 1 to ", kMaxIdLength));
  }
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsIdCharacter(text[i])) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("bad ", kind, ": character ", i + 1, " is not one of A-Z a-z 0-9 . _ : / -"));
  }
  return absl::OkStatus();
}

}  // namespace keping::base
