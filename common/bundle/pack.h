// Makes and takes apart whole bundles, piece by piece: what a node does with the units of a session
// (segments, a receipt, feed batches; wire/frame_codec.h) when a person carries them.
//
//   KEPING_ASSIGN_OR_RETURN(auto packer, Packer::Create(std::move(outgoing), signer));
//   do { KEPING_ASSIGN_OR_RETURN(piece, packer->Next(256 * 1024)); … } while (!piece.end);
//
//   Unpacker unpacker(manifest, open_key, on_unit);
//   KEPING_RETURN_IF_ERROR(unpacker.Add(bytes)); … KEPING_RETURN_IF_ERROR(unpacker.Finish());
//
// A unit is given out before the whole body was seen: it must prove itself, as on the wire.
#ifndef KEPING_COMMON_BUNDLE_PACK_H_
#define KEPING_COMMON_BUNDLE_PACK_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/bundle/manifest.h"
#include "common/bundle/sealed_stream.h"
#include "common/crypto/hash.h"
#include "common/crypto/signer.h"

namespace keping::bundle {

// Where the units of a bundle come from.
class Outgoing {
 public:
  virtual ~Outgoing() = default;
  // The next unit; nullopt: that was all. An error ends the export.
  virtual absl::StatusOr<std::optional<std::string>> NextUnit() = 0;
  // After the last unit; what concerns the body is left out.
  virtual Manifest manifest() const = 0;
  virtual std::string recipient_key() const = 0;
};

// Not thread-safe.
class Packer {
 public:
  struct Piece {
    std::string bytes;  // of the body
    bool end = false;
    // At the end.
    std::string manifest = {};
    std::string signature = {};
  };

  // The signer outlives it. The codes of SealedWriter::Create.
  static absl::StatusOr<std::unique_ptr<Packer>> Create(std::unique_ptr<Outgoing> outgoing,
                                                        const crypto::Signer* signer);

  // About so many bytes; fewer, or none, when much had to be read for them, and at the end.
  absl::StatusOr<Piece> Next(size_t piece_bytes);

 private:
  Packer(std::unique_ptr<Outgoing> outgoing, const crypto::Signer* signer,
         std::unique_ptr<SealedWriter> writer)
      : outgoing_(std::move(outgoing)), signer_(signer), writer_(std::move(writer)) {}

  const std::unique_ptr<Outgoing> outgoing_;
  const crypto::Signer* const signer_;
  const std::unique_ptr<SealedWriter> writer_;
  crypto::RunningHash hash_;
  uint64_t units_ = 0;
  uint64_t unit_bytes_ = 0;
  uint64_t body_bytes_ = 0;
};

// PermissionDenied with K-247 unless the key signed the manifest.
absl::Status CheckSignature(absl::string_view manifest_text, absl::string_view signature,
                            absl::string_view key, const crypto::Verifier& verifier);

// Not thread-safe.
class Unpacker {
 public:
  using OnUnit = std::function<absl::Status(absl::string_view unit)>;

  // The signature was checked.
  Unpacker(const Manifest& manifest, const OpenKey& key, OnUnit on_unit);

  // The next bytes of the body. The codes of SealedReader::Add.
  absl::Status Add(absl::string_view bytes);
  // OK: all of it came, as its sender made it. InvalidArgument with K-245.
  absl::Status Finish();
  uint64_t bytes() const { return bytes_; }

 private:
  const Manifest manifest_;
  const OnUnit on_unit_;
  SealedReader reader_;
  crypto::RunningHash hash_;
  uint64_t bytes_ = 0;
};

}  // namespace keping::bundle

#endif  // KEPING_COMMON_BUNDLE_PACK_H_
