// The district API over gRPC: each call is posted to the core thread and answered from there.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

class Console;
class OfficerDoor;

// All outlive the service; `console` is used on the core thread only. RESOURCE_EXHAUSTED while the
// core's mailbox is full.
std::unique_ptr<grpc::Service> MakeConsoleService(runtime::CoreThread* core, OfficerDoor* door,
                                                  Console* console);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_CONSOLE_SERVICE_H_
