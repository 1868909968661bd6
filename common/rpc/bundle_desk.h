// Answers the bundle API (keping.maintenance.v1.BundleService) of either node, on its core thread:
// keeps the export and the import that are under way. The node says what goes out and takes what
// comes in.
//
//   BundleDesk desk({.signer = …, .open_key = …, .open_export = …, .open_import = …});
//   auto service = MakeBundleService(core.get(), &desk);
#ifndef KEPING_COMMON_RPC_BUNDLE_DESK_H_
#define KEPING_COMMON_RPC_BUNDLE_DESK_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/bundle/manifest.h"
#include "common/bundle/pack.h"
#include "common/bundle/sealed_stream.h"
#include "common/crypto/signer.h"
#include "keping/maintenance/v1/bundle.pb.h"

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::rpc {

// Takes what a bundle brings. Units prove themselves; the manifest is signed by `sender_key`.
class IncomingBundle {
 public:
  virtual ~IncomingBundle() = default;
  virtual const std::string& sender_key() const = 0;
  virtual absl::Status OnUnit(absl::string_view unit) = 0;
  // The body came to its end as its sender made it.
  virtual absl::StatusOr<maintenance::v1::BundleImport> OnEnd() = 0;
};

// Lives on the core thread.
class BundleDesk {
 public:
  // All outlive the desk.
  struct Ports {
    const crypto::Signer* signer = nullptr;
    const crypto::Verifier* verifier = nullptr;
    bundle::OpenKey open_key;
    std::function<std::string(size_t)> random;
    std::function<absl::StatusOr<std::unique_ptr<bundle::Outgoing>>(
        const maintenance::v1::OpenExportRequest&)>
        open_export;
    // Whether the node takes such a bundle at all: for whom it is, and from whom.
    std::function<absl::StatusOr<std::unique_ptr<IncomingBundle>>(const bundle::Manifest&)>
        open_import;
    // Null where no log is taken.
    std::function<absl::StatusOr<maintenance::v1::BundleImport>(
        const maintenance::v1::TakeLogRequest&)>
        take_log;
  };

  explicit BundleDesk(Ports ports) : ports_(std::move(ports)) {}

  absl::StatusOr<maintenance::v1::OpenExportResponse> OpenExport(
      const maintenance::v1::OpenExportRequest& request);
  absl::StatusOr<maintenance::v1::ReadExportResponse> ReadExport(
      const maintenance::v1::ReadExportRequest& request);
  absl::StatusOr<maintenance::v1::OpenImportResponse> OpenImport(
      const maintenance::v1::OpenImportRequest& request);
  absl::StatusOr<maintenance::v1::WriteImportResponse> WriteImport(
      const maintenance::v1::WriteImportRequest& request);
  absl::StatusOr<maintenance::v1::TakeLogResponse> TakeLog(
      const maintenance::v1::TakeLogRequest& request);

 private:
  std::string NewId() const;

  const Ports ports_;
  std::string export_id_;
  std::unique_ptr<bundle::Packer> packer_;
  uint64_t read_ = 0;  // bytes of the export
  std::string import_id_;
  std::unique_ptr<IncomingBundle> incoming_;
  std::unique_ptr<bundle::Unpacker> unpacker_;
};

// Both outlive the service.
std::unique_ptr<grpc::Service> MakeBundleService(runtime::CoreThread* core, BundleDesk* desk);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_BUNDLE_DESK_H_
