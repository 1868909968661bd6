// Encryption of single records at rest: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, libsodium).
//
//   KEPING_ASSIGN_OR_RETURN(RecordCipher cipher, RecordCipher::FromKey(key));
//   std::string sealed = cipher.Seal(record, prr_id);
//   KEPING_ASSIGN_OR_RETURN(std::string record, cipher.Open(sealed, prr_id));
//
//   sealed := nonce (24 bytes) ciphertext tag (16 bytes)
//
// The associated data is not stored: it binds the record to its place, so that a sealed record
// moved under another key of the store does not open.
#ifndef KEPING_COMMON_CRYPTO_SEAL_H_
#define KEPING_COMMON_CRYPTO_SEAL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::crypto {

inline constexpr size_t kSealKeySize = 32;
inline constexpr size_t kSealNonceSize = 24;
// Bytes that sealing adds.
inline constexpr size_t kSealOverhead = kSealNonceSize + 16;

// Holds a secret key and wipes it at the end. Thread-safe: nothing changes after construction.
class RecordCipher {
 public:
  // InvalidArgument unless `key` has 32 bytes.
  static absl::StatusOr<RecordCipher> FromKey(absl::string_view key);

  RecordCipher(const RecordCipher&) = default;
  RecordCipher& operator=(const RecordCipher&) = default;
  ~RecordCipher();

  // With a random nonce of 24 bytes, which never repeats in practice.
  std::string Seal(absl::string_view plaintext, absl::string_view associated_data) const;

  // For a caller that must be deterministic (the simulator): `nonce` has 24 bytes and is used once
  // only with this key.
  std::string SealWithNonce(absl::string_view plaintext, absl::string_view associated_data,
                            absl::string_view nonce) const;

  // DataLoss if `sealed` was not made by this key with this associated data, or was changed.
  absl::StatusOr<std::string> Open(absl::string_view sealed,
                                   absl::string_view associated_data) const;

 private:
  RecordCipher() = default;

  std::array<uint8_t, kSealKeySize> key_{};
};

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_SEAL_H_
