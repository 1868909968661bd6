// Carries the DeliveryConsole over gRPC: each call is posted to the core thread and answered from
// there.
//
//   auto service = MakeDeliveryService(core.get(), &door, deliveries.get());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_DELIVERY_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_DELIVERY_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

class DeliveryConsole;
class OfficerDoor;

// All outlive the service.
std::unique_ptr<grpc::Service> MakeDeliveryService(runtime::CoreThread* core, OfficerDoor* door,
                                                   DeliveryConsole* deliveries);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_DELIVERY_SERVICE_H_
