#include "edge_node/app/bundle_office.h"

#include <grpcpp/impl/service_type.h>

#include "common/base/status_macros.h"
#include "common/crypto/random.h"

namespace keping::edge {

absl::StatusOr<std::unique_ptr<BundleOffice>> BundleOffice::Open(Ports ports) {
  KEPING_ASSIGN_OR_RETURN(bundle::OpenKey open_key,
                          bundle::OpenKey::FromSignerSeed(ports.log_seed));
  return std::unique_ptr<BundleOffice>(new BundleOffice(std::move(ports), std::move(open_key)));
}

BundleOffice::BundleOffice(Ports ports, bundle::OpenKey open_key)
    : bundles_(ports.node, std::move(ports.papers), std::move(ports.taken)),
      desk_({.signer = ports.signer,
             .verifier = ports.verifier,
             .open_key = std::move(open_key),
             .random = crypto::RandomBytes,
             .open_export = [this](const auto& request) { return bundles_.OpenExport(request); },
             .open_import = [this](const auto& manifest) { return bundles_.OpenImport(manifest); },
             .take_log = nullptr}),
      sticks_(&desk_),
      service_(rpc::MakeBundleService(ports.core, &desk_)),
      stick_service_(MakeStickService(ports.core, &sticks_)) {}

BundleOffice::~BundleOffice() = default;

}  // namespace keping::edge
