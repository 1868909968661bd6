#include "common/rpc/bundle_desk.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::rpc {
namespace {

namespace v1 = maintenance::v1;

// One step of the core thread: a few milliseconds.
constexpr size_t kPieceBytes = 256 * 1024;
constexpr size_t kMaxWriteBytes = size_t{1} << 20;
constexpr size_t kIdBytes = 8;

absl::Status NotUnderWay(absl::string_view what, absl::string_view id, uint64_t offset) {
  return absl::FailedPreconditionError(
      absl::StrCat("got ", what, " ", id, " at byte ", offset,
                   ", which is not under way: another one took its place, or the node was started "
                   "again. Begin it again"));
}

}  // namespace

std::string BundleDesk::NewId() const { return absl::BytesToHexString(ports_.random(kIdBytes)); }

absl::StatusOr<v1::OpenExportResponse> BundleDesk::OpenExport(
    const v1::OpenExportRequest& request) {
  KEPING_ASSIGN_OR_RETURN(std::unique_ptr<bundle::Outgoing> outgoing, ports_.open_export(request));
  KEPING_ASSIGN_OR_RETURN(packer_, bundle::Packer::Create(std::move(outgoing), ports_.signer));
  export_id_ = NewId();
  read_ = 0;
  v1::OpenExportResponse response;
  response.set_export_id(export_id_);
  return response;
}

absl::StatusOr<v1::ReadExportResponse> BundleDesk::ReadExport(
    const v1::ReadExportRequest& request) {
  if (packer_ == nullptr || request.export_id() != export_id_ || request.offset() != read_) {
    return NotUnderWay("an export", request.export_id(), request.offset());
  }
  absl::StatusOr<bundle::Packer::Piece> piece = packer_->Next(kPieceBytes);
  if (!piece.ok() || piece->end) packer_.reset();
  KEPING_RETURN_IF_ERROR(piece.status());
  read_ += piece->bytes.size();
  v1::ReadExportResponse response;
  response.set_body(std::move(piece->bytes));
  response.set_end(piece->end);
  response.set_manifest(std::move(piece->manifest));
  response.set_signature(std::move(piece->signature));
  return response;
}

absl::StatusOr<v1::OpenImportResponse> BundleDesk::OpenImport(
    const v1::OpenImportRequest& request) {
  if (request.manifest().size() > bundle::kMaxManifestBytes) {
    return absl::InvalidArgumentError(absl::StrCat("manifest: got ", request.manifest().size(),
                                                   " bytes, want at most ",
                                                   bundle::kMaxManifestBytes));
  }
  KEPING_ASSIGN_OR_RETURN(const bundle::Manifest manifest,
                          bundle::ParseManifest(request.manifest()));
  KEPING_ASSIGN_OR_RETURN(std::unique_ptr<IncomingBundle> incoming, ports_.open_import(manifest));
  KEPING_RETURN_IF_ERROR(bundle::CheckSignature(request.manifest(), request.signature(),
                                                incoming->sender_key(), *ports_.verifier));
  unpacker_ = std::make_unique<bundle::Unpacker>(
      manifest, ports_.open_key,
      [taker = incoming.get()](absl::string_view unit) { return taker->OnUnit(unit); });
  incoming_ = std::move(incoming);
  import_id_ = NewId();
  v1::OpenImportResponse response;
  response.set_import_id(import_id_);
  return response;
}

absl::StatusOr<v1::WriteImportResponse> BundleDesk::WriteImport(
    const v1::WriteImportRequest& request) {
  if (unpacker_ == nullptr || request.import_id() != import_id_ ||
      request.offset() != unpacker_->bytes()) {
    return NotUnderWay("an import", request.import_id(), request.offset());
  }
  if (request.body().size() > kMaxWriteBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("body: got ", request.body().size(), " bytes, want at most ", kMaxWriteBytes));
  }
  absl::Status status = unpacker_->Add(request.body());
  if (status.ok() && request.end()) status = unpacker_->Finish();
  const bool done = !status.ok() || request.end();
  const std::unique_ptr<IncomingBundle> incoming = done ? std::move(incoming_) : nullptr;
  if (done) unpacker_.reset();
  KEPING_RETURN_IF_ERROR(status);
  v1::WriteImportResponse response;
  if (request.end()) {
    KEPING_ASSIGN_OR_RETURN(*response.mutable_imported(), incoming->OnEnd());
  }
  return response;
}

absl::StatusOr<v1::TakeLogResponse> BundleDesk::TakeLog(const v1::TakeLogRequest& request) {
  if (ports_.take_log == nullptr) {
    return absl::InvalidArgumentError(
        "K-246: this is the log of a node, want it at the centre (--central)");
  }
  size_t bytes = 0;
  for (const std::string& entry : request.entries()) bytes += entry.size();
  if (bytes > kMaxWriteBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("entries: got ", bytes, " bytes, want at most ", kMaxWriteBytes));
  }
  v1::TakeLogResponse response;
  KEPING_ASSIGN_OR_RETURN(*response.mutable_imported(), ports_.take_log(request));
  return response;
}

}  // namespace keping::rpc
