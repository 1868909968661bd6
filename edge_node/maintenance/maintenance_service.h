// The administrator's API over gRPC: each call is posted to the core thread and answered from
// there.
#ifndef KEPING_EDGE_NODE_MAINTENANCE_MAINTENANCE_SERVICE_H_
#define KEPING_EDGE_NODE_MAINTENANCE_MAINTENANCE_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::edge {

class Maintenance;

// Both outlive the service; `maintenance` is used on the core thread only. RESOURCE_EXHAUSTED while
// the core's mailbox is full.
std::unique_ptr<grpc::Service> MakeMaintenanceService(runtime::CoreThread* core,
                                                      Maintenance* maintenance);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_MAINTENANCE_MAINTENANCE_SERVICE_H_
