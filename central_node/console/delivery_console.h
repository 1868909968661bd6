// Deliveries and their boxes over the central node: what DeliveryService answers, without gRPC.
//
//   DeliveryConsole deliveries({.node = node.get(), …});
//   absl::StatusOr<v1::ListBoxesResponse> response = deliveries.ListBoxes(request);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_DELIVERY_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_DELIVERY_CONSOLE_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/session_hub.h"
#include "common/time/clock.h"
#include "keping/central/v1/delivery.pb.h"

namespace keping::central {

// Lives on the core thread.
class DeliveryConsole {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    SessionHub* hub = nullptr;
    const time::Clock* clock = nullptr;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit DeliveryConsole(Ports ports) : ports_(std::move(ports)) {}

  absl::StatusOr<v1::ReceiveDeliveryResponse> ReceiveDelivery(
      const v1::ReceiveDeliveryRequest& request);
  absl::StatusOr<v1::ListBoxesResponse> ListBoxes(const v1::ListBoxesRequest& request);
  absl::StatusOr<v1::ListDeliveriesResponse> ListDeliveries(
      const v1::ListDeliveriesRequest& request);
  absl::StatusOr<v1::TraceDeliveryResponse> TraceDelivery(const v1::TraceDeliveryRequest& request);

 private:
  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_DELIVERY_CONSOLE_H_
