// Carries the DeskConsole over gRPC: each call is posted to the core thread and answered from
// there.
//
//   auto service = MakeDeskService(core.get(), &door, passwords.get(), desk.get());
#ifndef KEPING_CENTRAL_NODE_CONSOLE_DESK_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_DESK_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::people {
class PasswordThread;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

class DeskConsole;
class OfficerDoor;

// All outlive the service.
std::unique_ptr<grpc::Service> MakeDeskService(runtime::CoreThread* core, OfficerDoor* door,
                                               people::PasswordThread* passwords,
                                               DeskConsole* desk);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_DESK_SERVICE_H_
