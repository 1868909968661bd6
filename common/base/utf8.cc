#include "common/base/utf8.h"

#include <cstdint>

namespace keping::base {
namespace {

bool IsContinuation(uint8_t byte) { return (byte & 0xc0) == 0x80; }

// Bytes of the character that `text` begins with; 0 when it begins with none.
size_t CharacterSize(absl::string_view text) {
  const auto at = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = at(0);
  if (first < 0x80) return 1;
  const size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return 0;
  for (size_t i = 1; i < size; ++i) {
    if (!IsContinuation(at(i))) return 0;
  }
  const uint8_t second = at(1);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0;
  const bool beyond = first == 0xf4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : size;
}

}  // namespace

absl::string_view Utf8Prefix(absl::string_view text, size_t max_size) {
  const absl::string_view within = text.substr(0, max_size);
  size_t size = 0;
  while (size < within.size()) {
    const size_t next = CharacterSize(within.substr(size));
    if (next == 0) break;
    size += next;
  }
  return within.substr(0, size);
}

}  // namespace keping::base
