#include "common/crypto/one_time_code.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::crypto {
namespace {

// Without I, L, O and U, which people misread.
constexpr absl::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t kCharacters = 10;
constexpr size_t kGroup = 5;

char Canonical(char typed) {
  const char upper = absl::ascii_toupper(static_cast<unsigned char>(typed));
  if (upper == 'O') return '0';
  if (upper == 'I' || upper == 'L') return '1';
  return upper;
}

}  // namespace

std::string MakeOneTimeCode(absl::string_view entropy) {
  KEPING_CHECK(entropy.size() == kOneTimeCodeEntropySize, "a one-time code is made of 7 bytes");
  uint64_t bits = 0;
  for (const char byte : entropy) bits = bits << 8 | static_cast<uint8_t>(byte);
  std::string code;
  for (size_t i = 0; i < kCharacters; ++i) {
    if (i == kGroup) code.push_back('-');
    code.push_back(kAlphabet[bits & 31]);
    bits >>= 5;
  }
  return code;
}

absl::StatusOr<std::string> NormalizeOneTimeCode(absl::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == '-' || absl::ascii_isspace(static_cast<unsigned char>(c))) continue;
    if (kAlphabet.find(Canonical(c)) == absl::string_view::npos) {
      return absl::InvalidArgumentError(
          "one-time code: got a character that no code has, want letters and digits like "
          "7KQ2M-X9TB4; read it again");
    }
    code.push_back(Canonical(c));
  }
  if (code.size() == kCharacters) return code;
  return absl::InvalidArgumentError(absl::StrCat("one-time code: got ", code.size(),
                                                 " characters, want ", kCharacters,
                                                 " like 7KQ2M-X9TB4; read it again"));
}

Hash HashOneTimeCode(absl::string_view key, absl::string_view normalized) {
  return KeyedHash(key, {"keping one-time code\n", normalized});
}

}  // namespace keping::crypto
