#include "common/crypto/seal.h"

#include <sodium.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"
#include "common/crypto/random.h"

namespace keping::crypto {
namespace {

static_assert(kSealKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kSealOverhead ==
              kSealKeyIdSize + kSealNonceSize + crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* MutableBytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// What the id of a key is the keyed hash of.
constexpr absl::string_view kIdLabel = "keping data key id";

absl::Status CheckSize(absl::string_view key) {
  if (key.size() == kSealKeySize) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("bad data key: got ", key.size(), " bytes, want ", kSealKeySize));
}

KeyId IdOfRaw(absl::string_view raw) { return KeyId::Of(absl::BytesToHexString(raw)); }

}  // namespace

KeyId KeyIdOf(absl::string_view key) {
  return IdOfRaw(KeyedHash(key, {kIdLabel}).AsBytes().substr(0, kSealKeyIdSize));
}

KeyId KeyIdOfSealed(absl::string_view sealed) {
  return sealed.size() < kSealOverhead ? KeyId() : IdOfRaw(sealed.substr(0, kSealKeyIdSize));
}

RecordCipher::Key::Key(const std::string& bytes)
    : id(KeyIdOf(bytes)), raw_id(absl::HexStringToBytes(id.value())) {
  std::copy(bytes.begin(), bytes.end(), secret.begin());
}

RecordCipher::Key::~Key() { sodium_memzero(secret.data(), secret.size()); }

absl::StatusOr<RecordCipher> RecordCipher::FromKeys(const std::vector<std::string>& keys) {
  KEPING_CHECK(sodium_init() >= 0, "libsodium needs a source of randomness to start");
  KEPING_CHECK(!keys.empty(), "a cipher has a current key");
  RecordCipher cipher;
  for (const std::string& key : keys) KEPING_RETURN_IF_ERROR(cipher.Add(key));
  return cipher;
}

absl::Status RecordCipher::Add(const std::string& key) {
  KEPING_RETURN_IF_ERROR(CheckSize(key));
  const Key added(key);
  keys_.erase(std::remove_if(keys_.begin(), keys_.end(),
                             [&added](const Key& known) { return known.id == added.id; }),
              keys_.end());
  keys_.push_back(added);
  return absl::OkStatus();
}

void RecordCipher::Forget(const KeyId& id) {
  KEPING_CHECK(id != current(), "the current data key stays");
  keys_.erase(std::remove_if(keys_.begin(), keys_.end(),
                             [&id](const Key& known) { return known.id == id; }),
              keys_.end());
}

std::vector<KeyId> RecordCipher::ids() const {
  std::vector<KeyId> ids;
  for (const Key& key : keys_) ids.push_back(key.id);
  return ids;
}

const RecordCipher::Key* RecordCipher::Find(const KeyId& id) const {
  for (const Key& key : keys_) {
    if (key.id == id) return &key;
  }
  return nullptr;
}

std::string RecordCipher::Seal(absl::string_view plaintext,
                               absl::string_view associated_data) const {
  return SealWithNonce(plaintext, associated_data, RandomBytes(kSealNonceSize));
}

std::string RecordCipher::SealWithNonce(absl::string_view plaintext,
                                        absl::string_view associated_data,
                                        absl::string_view nonce) const {
  KEPING_CHECK(nonce.size() == kSealNonceSize, "a nonce has 24 bytes");
  const Key& key = keys_.back();
  std::string sealed = absl::StrCat(key.raw_id, nonce);
  const size_t begin = sealed.size();
  sealed.resize(plaintext.size() + kSealOverhead);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      MutableBytes(sealed) + begin, nullptr, Bytes(plaintext), plaintext.size(),
      Bytes(associated_data), associated_data.size(), nullptr, Bytes(nonce), key.secret.data());
  return sealed;
}

absl::StatusOr<std::string> RecordCipher::Open(absl::string_view sealed,
                                               absl::string_view associated_data) const {
  if (sealed.size() < kSealOverhead) {
    return absl::DataLossError(absl::StrCat("a sealed record is cut: got ", sealed.size(),
                                            " bytes, want at least ", kSealOverhead,
                                            ": fetch it again"));
  }
  const KeyId id = KeyIdOfSealed(sealed);
  const Key* key = Find(id);
  if (key == nullptr) {
    return absl::DataLossError(
        absl::StrCat("a sealed record does not open: got one under data key ", id.value(),
                     ", which is not here: put that key back, or fetch the record again"));
  }
  const absl::string_view nonce = sealed.substr(kSealKeyIdSize, kSealNonceSize);
  const absl::string_view ciphertext = sealed.substr(kSealKeyIdSize + kSealNonceSize);
  std::string plaintext(sealed.size() - kSealOverhead, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          MutableBytes(plaintext), nullptr, nullptr, Bytes(ciphertext), ciphertext.size(),
          Bytes(associated_data), associated_data.size(), Bytes(nonce), key->secret.data()) != 0) {
    return absl::DataLossError(
        "a sealed record does not open: it was changed, or belongs elsewhere: fetch it again");
  }
  return plaintext;
}

}  // namespace keping::crypto
