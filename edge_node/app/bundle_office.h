// Everything about bundles that the edge node's program runs: packed and taken by `keping bundle`
// over the socket, and by the counter's page.
//
//   KEPING_ASSIGN_OR_RETURN(auto bundles, BundleOffice::Open({.node = node.get(), …}));
//   rpc::ServeUnix(socket, {bundles->service(), bundles->stick_service(), …});
#ifndef KEPING_EDGE_NODE_APP_BUNDLE_OFFICE_H_
#define KEPING_EDGE_NODE_APP_BUNDLE_OFFICE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/bundle/sealed_stream.h"
#include "common/crypto/signer.h"
#include "common/rpc/bundle_desk.h"
#include "common/runtime/core_thread.h"
#include "edge_node/maintenance/bundles.h"
#include "edge_node/maintenance/stick_desk.h"
#include "edge_node/node/edge_node.h"

namespace grpc {
class Service;
}

namespace keping::edge {

// Made and destroyed on the main thread; what it owns lives on the core thread.
class BundleOffice {
 public:
  // All outlive it.
  struct Ports {
    EdgeNode* node = nullptr;
    runtime::CoreThread* core = nullptr;
    const crypto::Signer* signer = nullptr;
    const crypto::Verifier* verifier = nullptr;
    // Of the key that signs the log: what the centre seals to.
    std::string log_seed;
    // As in Bundles.
    std::function<OfficePapers()> papers;
    std::function<void()> taken;
  };

  // The codes of bundle::OpenKey::FromSignerSeed.
  static absl::StatusOr<std::unique_ptr<BundleOffice>> Open(Ports ports);
  ~BundleOffice();

  grpc::Service* service() { return service_.get(); }
  grpc::Service* stick_service() { return stick_service_.get(); }

 private:
  BundleOffice(Ports ports, bundle::OpenKey open_key);

  Bundles bundles_;
  rpc::BundleDesk desk_;
  StickDesk sticks_;
  const std::unique_ptr<grpc::Service> service_;
  const std::unique_ptr<grpc::Service> stick_service_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_BUNDLE_OFFICE_H_
