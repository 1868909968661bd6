// The one-time code with which a person lets a new node in: ten characters of Crockford's base 32
// (50 bits), shown as `7KQ2M-X9TB4`. It is never stored, only its keyed hash.
//
//   std::string code = MakeOneTimeCode(RandomBytes(kOneTimeCodeEntropySize));
//   Hash stored = HashOneTimeCode(key, *NormalizeOneTimeCode(code));
//   auto typed = NormalizeOneTimeCode(" 7kq2m x9tb4 ");          // "7KQ2MX9TB4"
#ifndef KEPING_COMMON_CRYPTO_ONE_TIME_CODE_H_
#define KEPING_COMMON_CRYPTO_ONE_TIME_CODE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/hash.h"

namespace keping::crypto {

inline constexpr size_t kOneTimeCodeEntropySize = 7;

// The code for `entropy`, which has kOneTimeCodeEntropySize random bytes, in two groups.
std::string MakeOneTimeCode(absl::string_view entropy);

// What a person typed as ten upper-case characters: case, blanks and hyphens do not matter, O reads
// as 0, I and L as 1. InvalidArgument, without the text, for anything else.
absl::StatusOr<std::string> NormalizeOneTimeCode(absl::string_view typed);

// For storage and comparison; `key` is secret, so that a stolen store gives no codes away.
Hash HashOneTimeCode(absl::string_view key, absl::string_view normalized);

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_ONE_TIME_CODE_H_
