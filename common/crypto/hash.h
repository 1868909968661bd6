// SHA-256 values (FIPS 180-4, computed by OpenSSL).
//
//   Hash id = Sha256({header_bytes, payload});
//   id.Hex();        // 64 lower-case characters
//   id.ShortHex();   // the first 8, for screens
#ifndef KEPING_COMMON_CRYPTO_HASH_H_
#define KEPING_COMMON_CRYPTO_HASH_H_

#include <array>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::crypto {

// A value of 32 bytes; all zero stands for "none" (the previous hash of a first entry).
struct Hash {
  static constexpr size_t kSize = 32;
  std::array<uint8_t, kSize> bytes{};

  // InvalidArgument unless `raw` is exactly 32 bytes.
  static absl::StatusOr<Hash> FromBytes(absl::string_view raw);
  bool IsZero() const { return *this == Hash{}; }
  absl::string_view AsBytes() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  std::string Hex() const;
  std::string ShortHex() const;

  friend bool operator==(const Hash&, const Hash&) = default;
  friend auto operator<=>(const Hash&, const Hash&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Hash& hash) {
    return H::combine(std::move(h), hash.bytes);
  }
};

// SHA-256 of the parts, one after the other.
Hash Sha256(std::initializer_list<absl::string_view> parts);

// SHA-256 of bytes that come piece by piece. Not thread-safe.
//
//   RunningHash hash;
//   hash.Update(piece); …
//   Hash whole = hash.Finish();          // once
class RunningHash {
 public:
  RunningHash();
  ~RunningHash();
  RunningHash(const RunningHash&) = delete;
  RunningHash& operator=(const RunningHash&) = delete;

  void Update(absl::string_view piece);
  Hash Finish();

 private:
  class State;
  const std::unique_ptr<State> state_;
};

// HMAC-SHA-256 (RFC 2104): the keyed hash for look-ups (NIK, one-time codes) and simulated
// signatures.
Hash KeyedHash(absl::string_view key, std::initializer_list<absl::string_view> parts);

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_HASH_H_
