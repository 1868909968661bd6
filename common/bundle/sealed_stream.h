// The body of a bundle: units of bytes, compressed, and sealed to the recipient's public key as a
// stream, so that neither side holds more than a piece of it.
//
//   body   := key(80) header(24) chunk*
//     key    the stream's random key, in libsodium's crypto_box_seal to the recipient
//     header of libsodium's crypto_secretstream_xchacha20poly1305
//   chunk  := size(u32 big-endian) ciphertext(size): 1 to 64 kB of the compressed bytes; the last
//             one bears the tag FINAL, so that a stream that was cut is told from one that ended
//   the chunks' plaintexts, one after the other, are one zstd frame (RFC 8878) of
//   unit   := size(u32 big-endian) bytes(size)
//
//   // The recipient's Ed25519 key, as it signs with it.
//   KEPING_ASSIGN_OR_RETURN(auto writer, SealedWriter::Create(recipient_key));
//   writer->Add(unit); out << writer->Take(); … writer->Finish(); out << writer->Take();
//
//   SealedReader reader(open_key, limits);
//   KEPING_RETURN_IF_ERROR(reader.Add(bytes, [&](absl::string_view unit) { … }));
//   if (!reader.ended()) …the body was cut…
#ifndef KEPING_COMMON_BUNDLE_SEALED_STREAM_H_
#define KEPING_COMMON_BUNDLE_SEALED_STREAM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::bundle {

// No unit of the wire is larger (wire/frame_codec.h).
inline constexpr size_t kMaxUnitBytes = size_t{4} << 20;

// Opens what is sealed to an Ed25519 key pair: its secret half, as X25519. Wipes itself.
class OpenKey {
 public:
  // Of the seed that crypto::MakeEd25519Signer takes. InvalidArgument unless it has 32 bytes.
  static absl::StatusOr<OpenKey> FromSignerSeed(absl::string_view seed);
  OpenKey(const OpenKey&) = default;
  OpenKey& operator=(const OpenKey&) = default;
  ~OpenKey();

 private:
  friend class SealedReader;
  OpenKey() = default;

  std::array<uint8_t, 32> public_key_{};
  std::array<uint8_t, 32> secret_key_{};
};

// Not thread-safe. Draws randomness from libsodium.
class SealedWriter {
 public:
  // InvalidArgument unless `recipient_key` is an Ed25519 public key.
  static absl::StatusOr<std::unique_ptr<SealedWriter>> Create(absl::string_view recipient_key);
  ~SealedWriter();
  SealedWriter(const SealedWriter&) = delete;
  SealedWriter& operator=(const SealedWriter&) = delete;

  // A unit has 1 to kMaxUnitBytes bytes.
  void Add(absl::string_view unit);
  // After the last unit.
  void Finish();
  // The bytes of the body that came to be since the last call.
  std::string Take();

 private:
  struct State;
  explicit SealedWriter(std::unique_ptr<State> state);

  void Compress(absl::string_view bytes, bool last);
  void Seal(size_t size, bool last);

  const std::unique_ptr<State> state_;
};

// Not thread-safe.
class SealedReader {
 public:
  // What the units may come to, as the signed manifest says: a small body that unfolds without end
  // is refused.
  struct Limits {
    uint64_t units = 0;
    uint64_t unit_bytes = 0;
  };

  SealedReader(const OpenKey& key, const Limits& limits);
  ~SealedReader();
  SealedReader(const SealedReader&) = delete;
  SealedReader& operator=(const SealedReader&) = delete;

  // The next bytes of the body, however cut. InvalidArgument with K-245: damaged; with K-246: it
  // was sealed to another key. Errors of `on_unit` are passed on. After an error it is finished.
  absl::Status Add(absl::string_view bytes,
                   absl::FunctionRef<absl::Status(absl::string_view unit)> on_unit);

  // The stream came to its end with its last unit.
  bool ended() const;

 private:
  struct State;
  using OnUnit = absl::FunctionRef<absl::Status(absl::string_view unit)>;

  absl::Status ReadStart(absl::string_view start);
  absl::Status ReadChunk(absl::string_view ciphertext, OnUnit on_unit);
  absl::Status Unfold(OnUnit on_unit);
  absl::Status ReadUnits(OnUnit on_unit);

  const std::unique_ptr<State> state_;
};

}  // namespace keping::bundle

#endif  // KEPING_COMMON_BUNDLE_SEALED_STREAM_H_
