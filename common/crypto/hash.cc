#include "common/crypto/hash.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace keping::crypto {
namespace {

constexpr size_t kBlockSize = 64;

// SHA256_* are deprecated in OpenSSL 3 in favour of EVP, which allocates per digest and is three
// times slower on the short inputs of a log entry.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
class Sha256Digest {
 public:
  Sha256Digest() { SHA256_Init(&context_); }
  void Update(absl::string_view part) { SHA256_Update(&context_, part.data(), part.size()); }
  Hash Finish() {
    Hash hash;
    SHA256_Final(hash.bytes.data(), &context_);
    return hash;
  }

 private:
  SHA256_CTX context_;
};
#pragma GCC diagnostic pop

// The key of an HMAC, filled up to a block and mixed with `pad`.
class PaddedKey {
 public:
  PaddedKey(absl::string_view key, char pad) {
    block_.fill(pad);
    for (size_t i = 0; i < key.size(); ++i) block_[i] = static_cast<char>(key[i] ^ pad);
  }
  absl::string_view view() const { return {block_.data(), block_.size()}; }

 private:
  std::array<char, kBlockSize> block_;
};

}  // namespace

absl::StatusOr<Hash> Hash::FromBytes(absl::string_view raw) {
  if (raw.size() != kSize) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad hash: got ", raw.size(), " bytes, want ", kSize));
  }
  Hash hash;
  std::copy(raw.begin(), raw.end(), hash.bytes.begin());
  return hash;
}

std::string Hash::Hex() const { return absl::BytesToHexString(AsBytes()); }

std::string Hash::ShortHex() const { return absl::BytesToHexString(AsBytes().substr(0, 4)); }

Hash Sha256(std::initializer_list<absl::string_view> parts) {
  Sha256Digest digest;
  for (absl::string_view part : parts) digest.Update(part);
  return digest.Finish();
}

class RunningHash::State : public Sha256Digest {};

RunningHash::RunningHash() : state_(std::make_unique<State>()) {}
RunningHash::~RunningHash() = default;
void RunningHash::Update(absl::string_view piece) { state_->Update(piece); }
Hash RunningHash::Finish() { return state_->Finish(); }

Hash KeyedHash(absl::string_view key, std::initializer_list<absl::string_view> parts) {
  const Hash shortened = key.size() > kBlockSize ? Sha256({key}) : Hash();
  if (key.size() > kBlockSize) key = shortened.AsBytes();
  Sha256Digest inner;
  inner.Update(PaddedKey(key, 0x36).view());
  for (absl::string_view part : parts) inner.Update(part);
  const Hash inner_hash = inner.Finish();
  return Sha256({PaddedKey(key, 0x5c).view(), inner_hash.AsBytes()});
}

}  // namespace keping::crypto
