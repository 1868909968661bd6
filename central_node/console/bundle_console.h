// Bundles at the centre (keping.maintenance.v1.BundleService): takes logs that people carry here,
// and makes answers for them to carry back.
//
//   BundleConsole bundles({.node = centre.get(), .store = store.get(), …});
//   rpc::BundleDesk desk({…, .open_export = [&](const auto& r) { return bundles.OpenExport(r); }});
#ifndef KEPING_CENTRAL_NODE_CONSOLE_BUNDLE_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_BUNDLE_CONSOLE_H_

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/bundle/manifest.h"
#include "common/bundle/pack.h"
#include "common/crypto/signer.h"
#include "common/rpc/bundle_desk.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"
#include "keping/maintenance/v1/bundle.pb.h"

namespace keping::central {

// Lives on the core thread.
class BundleConsole {
 public:
  // All outlive it.
  struct Ports {
    CentralNode* node = nullptr;
    storage::KvStore* store = nullptr;
    SessionHub* hub = nullptr;
    const crypto::Signer* signer = nullptr;
    const crypto::Verifier* verifier = nullptr;
    const time::Clock* clock = nullptr;
    std::function<void(const absl::Status&)> failed;
  };

  explicit BundleConsole(Ports ports) : ports_(std::move(ports)) {}

  // NotFound: no such node is enrolled.
  absl::StatusOr<std::unique_ptr<bundle::Outgoing>> OpenExport(
      const maintenance::v1::OpenExportRequest& request);
  // InvalidArgument with K-246: not for this centre; NotFound with K-247: not of a node of it.
  absl::StatusOr<std::unique_ptr<rpc::IncomingBundle>> OpenImport(const bundle::Manifest& manifest);
  // Entries out of a file that a node wrote as a second copy of its log. The codes of
  // CarriedLog::Take, and NotFound with K-247 as above.
  absl::StatusOr<maintenance::v1::BundleImport> TakeLog(
      const maintenance::v1::TakeLogRequest& request);

 private:
  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_BUNDLE_CONSOLE_H_
