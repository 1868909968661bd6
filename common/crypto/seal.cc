#include "common/crypto/seal.h"

#include <sodium.h>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/crypto/random.h"

namespace keping::crypto {
namespace {

static_assert(kSealKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kSealOverhead == kSealNonceSize + crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* MutableBytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

absl::StatusOr<RecordCipher> RecordCipher::FromKey(absl::string_view key) {
  if (key.size() != kSealKeySize) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad data key: got ", key.size(), " bytes, want ", kSealKeySize));
  }
  KEPING_CHECK(sodium_init() >= 0, "libsodium needs a source of randomness to start");
  RecordCipher cipher;
  std::copy(key.begin(), key.end(), cipher.key_.begin());
  return cipher;
}

RecordCipher::~RecordCipher() { sodium_memzero(key_.data(), key_.size()); }

std::string RecordCipher::Seal(absl::string_view plaintext,
                               absl::string_view associated_data) const {
  return SealWithNonce(plaintext, associated_data, RandomBytes(kSealNonceSize));
}

std::string RecordCipher::SealWithNonce(absl::string_view plaintext,
                                        absl::string_view associated_data,
                                        absl::string_view nonce) const {
  KEPING_CHECK(nonce.size() == kSealNonceSize, "a nonce has 24 bytes");
  std::string sealed(nonce);
  sealed.resize(plaintext.size() + kSealOverhead);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      MutableBytes(sealed) + kSealNonceSize, nullptr, Bytes(plaintext), plaintext.size(),
      Bytes(associated_data), associated_data.size(), nullptr, Bytes(nonce), key_.data());
  return sealed;
}

absl::StatusOr<std::string> RecordCipher::Open(absl::string_view sealed,
                                               absl::string_view associated_data) const {
  if (sealed.size() < kSealOverhead) {
    return absl::DataLossError(absl::StrCat("a sealed record is cut: got ", sealed.size(),
                                            " bytes, want at least ", kSealOverhead,
                                            ": fetch it again"));
  }
  const absl::string_view nonce = sealed.substr(0, kSealNonceSize);
  const absl::string_view ciphertext = sealed.substr(kSealNonceSize);
  std::string plaintext(sealed.size() - kSealOverhead, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          MutableBytes(plaintext), nullptr, nullptr, Bytes(ciphertext), ciphertext.size(),
          Bytes(associated_data), associated_data.size(), Bytes(nonce), key_.data()) != 0) {
    return absl::DataLossError(
        "a sealed record does not open: it was changed, or sealed with another key: check the data "
        "key file, or fetch the record again");
  }
  return plaintext;
}

}  // namespace keping::crypto
