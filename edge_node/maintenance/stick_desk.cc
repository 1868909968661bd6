#include "edge_node/maintenance/stick_desk.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/bundle/manifest.h"
#include "common/bundle/part.h"

namespace keping::edge {
namespace {

namespace api = maintenance::v1;

// The only part of a bundle: what its manifest says of the body.
bundle::PartHead HeadOf(const bundle::Manifest& manifest, const api::ReadExportResponse& piece) {
  return {.manifest = piece.manifest(),
          .signature = piece.signature(),
          .index = 1,
          .count = 1,
          .offset = 0,
          .size = manifest.body_bytes,
          .piece_hash = manifest.body_hash};
}

absl::Status CheckWhole(const bundle::ParsedHead& head, uint64_t file_bytes) {
  if (head.part.count != 1) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-248: got part ", head.part.index, " of ", head.part.count,
                     ", want a bundle that is one file; have it made without splitting, or import "
                     "the folder with keping bundle import"));
  }
  if (file_bytes == head.bytes + head.part.size) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("K-245: got ", file_bytes, " bytes, want ",
                                                 head.bytes + head.part.size,
                                                 "; copy the file again"));
}

v1::StickTaken TakenOf(const api::BundleImport& imported) {
  v1::StickTaken taken;
  taken.set_kind(imported.kind());
  taken.set_sender(imported.sender());
  taken.set_proven_seq(imported.proven_seq());
  taken.set_items_new(imported.items_new());
  taken.set_transfer(imported.transfer());
  taken.set_blanks(imported.blanks());
  *taken.mutable_notes() = imported.notes();
  return taken;
}

}  // namespace

absl::StatusOr<v1::OpenStickResponse> StickDesk::OpenStick(const v1::OpenStickRequest&) {
  KEPING_ASSIGN_OR_RETURN(const api::OpenExportResponse opened, desk_->OpenExport({}));
  v1::OpenStickResponse response;
  response.set_export_id(opened.export_id());
  return response;
}

absl::StatusOr<v1::ReadStickResponse> StickDesk::ReadStick(const v1::ReadStickRequest& request) {
  api::ReadExportRequest read;
  read.set_export_id(request.export_id());
  read.set_offset(request.offset());
  KEPING_ASSIGN_OR_RETURN(api::ReadExportResponse piece, desk_->ReadExport(read));
  v1::ReadStickResponse response;
  response.set_body(std::move(*piece.mutable_body()));
  response.set_end(piece.end());
  if (!piece.end()) return response;
  KEPING_ASSIGN_OR_RETURN(const bundle::Manifest manifest, bundle::ParseManifest(piece.manifest()));
  response.set_head(bundle::EncodePartHead(HeadOf(manifest, piece)));
  response.set_file_name(absl::StrCat(manifest.sender.value(), "-", manifest.head.seq, ".kbundle"));
  return response;
}

absl::StatusOr<v1::OfferStickResponse> StickDesk::OfferStick(const v1::OfferStickRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const bundle::ParsedHead head, bundle::ParsePartHead(request.start()));
  KEPING_RETURN_IF_ERROR(CheckWhole(head, request.file_bytes()));
  api::OpenImportRequest open;
  open.set_manifest(head.part.manifest);
  open.set_signature(head.part.signature);
  KEPING_ASSIGN_OR_RETURN(const api::OpenImportResponse opened, desk_->OpenImport(open));
  v1::OfferStickResponse response;
  response.set_import_id(opened.import_id());
  response.set_body_at(head.bytes);
  response.set_body_hash(std::string(head.manifest.body_hash.AsBytes()));
  return response;
}

absl::StatusOr<v1::WriteStickResponse> StickDesk::WriteStick(const v1::WriteStickRequest& request) {
  api::WriteImportRequest write;
  write.set_import_id(request.import_id());
  write.set_offset(request.offset());
  write.set_body(request.body());
  write.set_end(request.end());
  KEPING_ASSIGN_OR_RETURN(const api::WriteImportResponse written, desk_->WriteImport(write));
  v1::WriteStickResponse response;
  if (request.end()) *response.mutable_taken() = TakenOf(written.imported());
  return response;
}

}  // namespace keping::edge
