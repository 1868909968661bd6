#include "common/crypto/password.h"

#include <sodium.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::crypto {
namespace {

void Initialize() { KEPING_CHECK(sodium_init() >= 0, "libsodium starts"); }

}  // namespace

absl::StatusOr<std::string> MakePasswordVerifier(absl::string_view password, PasswordCost cost) {
  if (password.size() < kMinPasswordSize || password.size() > kMaxPasswordSize) {
    return absl::InvalidArgumentError(absl::StrCat("K-363: got a password of ", password.size(),
                                                   " characters, want ", kMinPasswordSize, " to ",
                                                   kMaxPasswordSize, "; choose another one"));
  }
  Initialize();
  const bool least = cost == PasswordCost::kLeast;
  char verifier[crypto_pwhash_STRBYTES];
  const int failed =
      crypto_pwhash_str(verifier, password.data(), password.size(),
                        least ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        least ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE);
  if (failed != 0) {
    return absl::ResourceExhaustedError(
        absl::StrCat("there is no memory for a password check, want ",
                     crypto_pwhash_MEMLIMIT_INTERACTIVE >> 20, " MB; close other programs"));
  }
  return std::string(verifier);
}

bool PasswordMatches(absl::string_view password, absl::string_view verifier) {
  // libsodium reads a text that ends in a zero byte, within its fixed size.
  if (verifier.size() >= crypto_pwhash_STRBYTES) return false;
  Initialize();
  return crypto_pwhash_str_verify(std::string(verifier).c_str(), password.data(),
                                  password.size()) == 0;
}

}  // namespace keping::crypto
