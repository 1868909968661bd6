// Passwords, kept as verifiers: Argon2id (RFC 9106) in libsodium's text form, which carries salt
// and cost. A verifier gives no password away, but it can be guessed against: it lies in sealed
// rows only.
//
//   KEPING_ASSIGN_OR_RETURN(std::string verifier, MakePasswordVerifier(typed));   // about 100 ms
//   bool right = PasswordMatches(typed_again, verifier);                          // as long
//
// Slow on purpose: never on a core thread.
#ifndef KEPING_COMMON_CRYPTO_PASSWORD_H_
#define KEPING_COMMON_CRYPTO_PASSWORD_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::crypto {

inline constexpr size_t kMinPasswordSize = 8;
inline constexpr size_t kMaxPasswordSize = 128;

// kLeast is for tests: it protects nothing.
enum class PasswordCost { kInteractive, kLeast };

// InvalidArgument, in words for people, for a password of the wrong length; ResourceExhausted when
// the 64 MB that it takes are not there.
absl::StatusOr<std::string> MakePasswordVerifier(absl::string_view password,
                                                 PasswordCost cost = PasswordCost::kInteractive);

// False also for a text that is no verifier.
[[nodiscard]] bool PasswordMatches(absl::string_view password, absl::string_view verifier);

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_PASSWORD_H_
