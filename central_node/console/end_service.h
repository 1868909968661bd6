// Carries the EndConsole over gRPC: each call is posted to the core thread and answered from there.
//
//   auto service = MakeEndService(core.get(), ends.get());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_END_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_END_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

class EndConsole;
class OfficerDoor;

// All outlive the service.
std::unique_ptr<grpc::Service> MakeEndService(runtime::CoreThread* core, OfficerDoor* door,
                                              EndConsole* ends);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_END_SERVICE_H_
