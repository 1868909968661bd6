// The part of the district API about the ends of nodes (keping.central.v1.NodeEndService), answered
// from the central node on the core thread.
//
//   absl::StatusOr<v1::CloseNodeResponse> answer = ends.CloseNode(request);
//
// Knows protos and the node, not gRPC: end_service.h carries it over the wire.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_END_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_END_CONSOLE_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/time/clock.h"
#include "keping/central/v1/node_end.pb.h"

namespace keping::central {

// Lives on the core thread.
class EndConsole {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    const time::Clock* clock = nullptr;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit EndConsole(Ports ports) : ports_(std::move(ports)) {}

  // When it answers, the node's open session is gone.
  absl::StatusOr<v1::CloseNodeResponse> CloseNode(const v1::CloseNodeRequest& request);
  absl::StatusOr<v1::ListClaimsResponse> ListClaims(const v1::ListClaimsRequest& request);
  absl::StatusOr<v1::AcceptClaimsResponse> AcceptClaims(const v1::AcceptClaimsRequest& request);

 private:
  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_END_CONSOLE_H_
