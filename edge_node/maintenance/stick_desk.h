// Bundles for a browser (keping.edge.v1.StickService): whole files instead of the manifests and
// bodies of the bundle desk, which does the work and keeps the checks.
//
//   StickDesk sticks(&bundle_desk);
//   auto service = MakeStickService(core.get(), &sticks);
#ifndef KEPING_EDGE_NODE_MAINTENANCE_STICK_DESK_H_
#define KEPING_EDGE_NODE_MAINTENANCE_STICK_DESK_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/rpc/bundle_desk.h"
#include "keping/edge/v1/stick.pb.h"

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::edge {

// Lives on the core thread.
class StickDesk {
 public:
  // Outlives it.
  explicit StickDesk(rpc::BundleDesk* desk) : desk_(desk) {}

  // The codes of rpc::BundleDesk.
  absl::StatusOr<v1::OpenStickResponse> OpenStick(const v1::OpenStickRequest& request);
  absl::StatusOr<v1::ReadStickResponse> ReadStick(const v1::ReadStickRequest& request);
  // InvalidArgument with K-245: the file is no whole bundle; FailedPrecondition with K-248: it is
  // one part of several.
  absl::StatusOr<v1::OfferStickResponse> OfferStick(const v1::OfferStickRequest& request);
  absl::StatusOr<v1::WriteStickResponse> WriteStick(const v1::WriteStickRequest& request);

 private:
  rpc::BundleDesk* const desk_;
};

// Both outlive the service.
std::unique_ptr<grpc::Service> MakeStickService(runtime::CoreThread* core, StickDesk* desk);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_MAINTENANCE_STICK_DESK_H_
