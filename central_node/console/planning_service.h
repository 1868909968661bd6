// Carries the PlanningConsole over gRPC: each call is posted to the core thread and answered from
// there.
//
//   auto service = MakePlanningService(core.get(), planning.get());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PLANNING_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PLANNING_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

class PlanningConsole;
class OfficerDoor;

// All outlive the service.
std::unique_ptr<grpc::Service> MakePlanningService(runtime::CoreThread* core, OfficerDoor* door,
                                                   PlanningConsole* planning);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PLANNING_SERVICE_H_
