// Signing, as a port: Ed25519 (RFC 8032, by libsodium) in every program, a keyed hash in the
// simulator.
//
//   auto signer = MakeEd25519Signer(seed);            // 32 secret bytes
//   std::string signature = signer->Sign(message);    // 64 bytes
//   bool good = MakeEd25519Verifier()->Verify(signer->public_key(), message, signature);
#ifndef KEPING_COMMON_CRYPTO_SIGNER_H_
#define KEPING_COMMON_CRYPTO_SIGNER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::crypto {

// Holds one private key. Thread-safe: signing changes nothing.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual std::string Sign(absl::string_view message) const = 0;
  virtual const std::string& public_key() const = 0;
};

// Checks signatures of any key of its kind. Thread-safe.
class Verifier {
 public:
  virtual ~Verifier() = default;
  [[nodiscard]] virtual bool Verify(absl::string_view public_key, absl::string_view message,
                                    absl::string_view signature) const = 0;
};

inline constexpr size_t kSignerSeedSize = 32;

// InvalidArgument unless `seed` has 32 bytes.
absl::StatusOr<std::unique_ptr<Signer>> MakeEd25519Signer(absl::string_view seed);
std::unique_ptr<Verifier> MakeEd25519Verifier();

// No security: the public key is the key. Fast, so that a simulated district signs for nothing.
std::unique_ptr<Signer> MakeKeyedHashSigner(absl::string_view key);
std::unique_ptr<Verifier> MakeKeyedHashVerifier();

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_SIGNER_H_
