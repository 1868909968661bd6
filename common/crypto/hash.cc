#include "common/crypto/hash.h"

#include <openssl/sha.h>

#include <algorithm>

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

Hash KeyedHash(absl::string_view key, std::initializer_list<absl::string_view> parts) {
  std::string block(kBlockSize, '\0');
  if (key.size() > kBlockSize) {
    const Hash shortened = Sha256({key});
    const absl::string_view bytes = shortened.AsBytes();
    std::copy(bytes.begin(), bytes.end(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  std::string inner_key = block;
  std::string outer_key = block;
  for (char& byte : inner_key) byte = static_cast<char>(byte ^ 0x36);
  for (char& byte : outer_key) byte = static_cast<char>(byte ^ 0x5c);
  Sha256Digest inner;
  inner.Update(inner_key);
  for (absl::string_view part : parts) inner.Update(part);
  const Hash inner_hash = inner.Finish();
  return Sha256({outer_key, inner_hash.AsBytes()});
}

}  // namespace keping::crypto
