// Answers the administrator's API (keping.maintenance.v1.MaintenanceService) from the node, on the
// core thread.
//
//   Maintenance maintenance(&node, &key_rotation);
//   absl::StatusOr<maintenance::v1::ReadLogResponse> answer = maintenance.ReadLog(request);
//
// Knows protos and the node, not gRPC: common/rpc/maintenance_service.h carries it over the wire.
#ifndef KEPING_EDGE_NODE_MAINTENANCE_MAINTENANCE_H_
#define KEPING_EDGE_NODE_MAINTENANCE_MAINTENANCE_H_

#include "absl/status/statusor.h"
#include "common/keys/key_rotation.h"
#include "edge_node/node/edge_node.h"
#include "keping/maintenance/v1/maintenance.pb.h"

namespace keping::edge {

// Lives on the core thread. Both outlive it.
class Maintenance {
 public:
  Maintenance(EdgeNode* node, keys::KeyRotation* rotation) : node_(node), rotation_(rotation) {}

  absl::StatusOr<maintenance::v1::RotateDataKeyResponse> RotateDataKey();
  absl::StatusOr<maintenance::v1::ReadLogResponse> ReadLog(
      const maintenance::v1::ReadLogRequest& request);

 private:
  EdgeNode* const node_;
  keys::KeyRotation* const rotation_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_MAINTENANCE_MAINTENANCE_H_
