#include "common/bundle/pack.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::bundle {
namespace {

// Bytes that compress well must not hold up the caller's thread.
constexpr uint64_t kMaxReadFactor = 8;

}  // namespace

absl::StatusOr<std::unique_ptr<Packer>> Packer::Create(std::unique_ptr<Outgoing> outgoing,
                                                       const crypto::Signer* signer) {
  KEPING_ASSIGN_OR_RETURN(auto writer, SealedWriter::Create(outgoing->recipient_key()));
  return std::unique_ptr<Packer>(new Packer(std::move(outgoing), signer, std::move(writer)));
}

absl::StatusOr<Packer::Piece> Packer::Next(size_t piece_bytes) {
  Piece piece;
  const uint64_t enough = unit_bytes_ + kMaxReadFactor * piece_bytes;
  while (!piece.end && piece.bytes.size() < piece_bytes && unit_bytes_ < enough) {
    KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> unit, outgoing_->NextUnit());
    if (unit.has_value()) {
      writer_->Add(*unit);
      ++units_;
      unit_bytes_ += unit->size();
    } else {
      writer_->Finish();
      piece.end = true;
    }
    piece.bytes += writer_->Take();
  }
  hash_.Update(piece.bytes);
  body_bytes_ += piece.bytes.size();
  if (!piece.end) return piece;
  Manifest manifest = outgoing_->manifest();
  manifest.sender_key = signer_->public_key();
  manifest.units = units_;
  manifest.unit_bytes = unit_bytes_;
  manifest.body_bytes = body_bytes_;
  manifest.body_hash = hash_.Finish();
  piece.manifest = EncodeManifest(manifest);
  piece.signature = signer_->Sign(ManifestStatement(piece.manifest));
  return piece;
}

absl::Status CheckSignature(absl::string_view manifest_text, absl::string_view signature,
                            absl::string_view key, const crypto::Verifier& verifier) {
  if (verifier.Verify(key, ManifestStatement(manifest_text), signature)) return absl::OkStatus();
  return absl::PermissionDeniedError(
      "K-247: the bundle is not signed by the key of its sender; do not use it, and tell the "
      "district");
}

Unpacker::Unpacker(const Manifest& manifest, const OpenKey& key, OnUnit on_unit)
    : manifest_(manifest),
      on_unit_(std::move(on_unit)),
      reader_(key, {.units = manifest.units, .unit_bytes = manifest.unit_bytes}) {}

absl::Status Unpacker::Add(absl::string_view bytes) {
  hash_.Update(bytes);
  bytes_ += bytes.size();
  return reader_.Add(bytes, on_unit_);
}

absl::Status Unpacker::Finish() {
  if (reader_.ended() && bytes_ == manifest_.body_bytes && hash_.Finish() == manifest_.body_hash) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("K-245: the bundle is damaged: got ", bytes_, " bytes of its body, want ",
                   manifest_.body_bytes,
                   " with the hash that its manifest names; copy its files "
                   "again"));
}

}  // namespace keping::bundle
