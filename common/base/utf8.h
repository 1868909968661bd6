// Whether bytes are text: protobuf refuses a string that is not UTF-8 where it is read, so bytes of
// a peer or a file are looked at before they are passed on in one.
//
//   IsUtf8(config.office_name());
//   std::string detail(Utf8Prefix(proto.detail(), 1024));   // cut between two characters
#ifndef KEPING_COMMON_BASE_UTF8_H_
#define KEPING_COMMON_BASE_UTF8_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace keping::base {

// The longest prefix of at most `max_size` bytes that is well-formed UTF-8 (RFC 3629: shortest
// forms, no surrogates).
absl::string_view Utf8Prefix(absl::string_view text, size_t max_size);

inline bool IsUtf8(absl::string_view text) {
  return Utf8Prefix(text, text.size()).size() == text.size();
}

}  // namespace keping::base

#endif  // KEPING_COMMON_BASE_UTF8_H_
