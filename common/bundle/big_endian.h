// Integers of a bundle's files: big-endian, of as many bytes as the grammar says.
#ifndef KEPING_COMMON_BUNDLE_BIG_ENDIAN_H_
#define KEPING_COMMON_BUNDLE_BIG_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace keping::bundle {

inline void AppendBigEndian(std::string& out, uint64_t value, size_t bytes) {
  for (size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i)));
}

// Of all of `bytes`, at most 8.
inline uint64_t ReadBigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (const char byte : bytes) value = (value << 8) | static_cast<uint8_t>(byte);
  return value;
}

}  // namespace keping::bundle

#endif  // KEPING_COMMON_BUNDLE_BIG_ENDIAN_H_
