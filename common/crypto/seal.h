// Encryption of single records at rest: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, libsodium).
//
//   KEPING_ASSIGN_OR_RETURN(RecordCipher cipher, RecordCipher::FromKeys({old_key, new_key}));
//   std::string sealed = cipher.Seal(record, prr_id);              // under the new key
//   KEPING_ASSIGN_OR_RETURN(std::string record, cipher.Open(sealed, prr_id));   // under either
//
//   sealed := key id (4 bytes) nonce (24 bytes) ciphertext tag (16 bytes)
//
// A sealed record names its key, so that keys can be changed while both are in use. The id is
// derived from the key: another key that was put in its place is found out by its id.
//
// The associated data is not stored: it binds the record to its place, so that a sealed record
// moved under another key of the store does not open.
#ifndef KEPING_COMMON_CRYPTO_SEAL_H_
#define KEPING_COMMON_CRYPTO_SEAL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/strong_id.h"

namespace keping::crypto {

inline constexpr size_t kSealKeySize = 32;
inline constexpr size_t kSealKeyIdSize = 4;
inline constexpr size_t kSealNonceSize = 24;
// Bytes that sealing adds.
inline constexpr size_t kSealOverhead = kSealKeyIdSize + kSealNonceSize + 16;

// Names a data key and tells nothing about it: 8 hexadecimal digits.
struct KeyIdTag {
  static constexpr const char* kName = "data key id";
};
using KeyId = base::StrongId<KeyIdTag>;

// Holds secret keys and wipes them at the end. Many threads may seal and open at once, none while
// another changes the keys.
class RecordCipher {
 public:
  // InvalidArgument unless each key has 32 bytes. The last one is the current one; at least one.
  static absl::StatusOr<RecordCipher> FromKeys(const std::vector<std::string>& keys);
  static absl::StatusOr<RecordCipher> FromKey(const std::string& key) { return FromKeys({key}); }

  // Under the current key, with a random nonce of 24 bytes, which never repeats in practice.
  std::string Seal(absl::string_view plaintext, absl::string_view associated_data) const;

  // For a caller that must be deterministic (the simulator): `nonce` has 24 bytes and is used once
  // only with this key.
  std::string SealWithNonce(absl::string_view plaintext, absl::string_view associated_data,
                            absl::string_view nonce) const;

  // DataLoss if `sealed` names a key that is not here, or was not made by that key with this
  // associated data, or was changed.
  absl::StatusOr<std::string> Open(absl::string_view sealed,
                                   absl::string_view associated_data) const;

  const KeyId& current() const { return keys_.back().id; }
  bool Has(const KeyId& id) const { return Find(id) != nullptr; }
  std::vector<KeyId> ids() const;

  // Makes `key` the current one and keeps the others. InvalidArgument unless it has 32 bytes.
  absl::Status Add(const std::string& key);
  // Forgets a key, which is not the current one.
  void Forget(const KeyId& id);

 private:
  struct Key {
    explicit Key(const std::string& bytes);
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();

    KeyId id;
    std::string raw_id;  // as rows carry it
    std::array<uint8_t, kSealKeySize> secret{};
  };

  RecordCipher() = default;

  const Key* Find(const KeyId& id) const;

  std::vector<Key> keys_;  // the last is the current one
};

// Of a 32-byte key.
KeyId KeyIdOf(absl::string_view key);

// Of the key that a sealed record names; empty for bytes that are too short to be one.
KeyId KeyIdOfSealed(absl::string_view sealed);

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_SEAL_H_
