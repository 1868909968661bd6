#include "common/crypto/signer.h"

#include <sodium.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/crypto/hash.h"

namespace keping::crypto {
namespace {

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

class Ed25519Signer : public Signer {
 public:
  explicit Ed25519Signer(absl::string_view seed)
      : public_key_(crypto_sign_PUBLICKEYBYTES, '\0'),
        secret_key_(crypto_sign_SECRETKEYBYTES, '\0') {
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key_.data()),
                             reinterpret_cast<unsigned char*>(secret_key_.data()), Bytes(seed));
  }
  ~Ed25519Signer() override { sodium_memzero(secret_key_.data(), secret_key_.size()); }

  std::string Sign(absl::string_view message) const override {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         Bytes(message), message.size(), Bytes(secret_key_));
    return signature;
  }
  const std::string& public_key() const override { return public_key_; }

 private:
  std::string public_key_;
  std::string secret_key_;
};

class Ed25519Verifier : public Verifier {
 public:
  bool Verify(absl::string_view public_key, absl::string_view message,
              absl::string_view signature) const override {
    return public_key.size() == crypto_sign_PUBLICKEYBYTES &&
           signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(Bytes(signature), Bytes(message), message.size(),
                                       Bytes(public_key)) == 0;
  }
};

class KeyedHashSigner : public Signer {
 public:
  explicit KeyedHashSigner(absl::string_view key) : key_(key) {}
  std::string Sign(absl::string_view message) const override {
    return std::string(KeyedHash(key_, {message}).AsBytes());
  }
  const std::string& public_key() const override { return key_; }

 private:
  std::string key_;
};

class KeyedHashVerifier : public Verifier {
 public:
  bool Verify(absl::string_view public_key, absl::string_view message,
              absl::string_view signature) const override {
    return KeyedHash(public_key, {message}).AsBytes() == signature;
  }
};

void InitializeSodium() {
  KEPING_CHECK(sodium_init() >= 0, "libsodium needs a source of randomness to start");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Signer>> MakeEd25519Signer(absl::string_view seed) {
  if (seed.size() != kSignerSeedSize) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad signing key: got ", seed.size(), " bytes, want ", kSignerSeedSize));
  }
  InitializeSodium();
  return std::make_unique<Ed25519Signer>(seed);
}

std::unique_ptr<Verifier> MakeEd25519Verifier() {
  InitializeSodium();
  return std::make_unique<Ed25519Verifier>();
}

std::unique_ptr<Signer> MakeKeyedHashSigner(absl::string_view key) {
  return std::make_unique<KeyedHashSigner>(key);
}

std::unique_ptr<Verifier> MakeKeyedHashVerifier() { return std::make_unique<KeyedHashVerifier>(); }

}  // namespace keping::crypto
