// The officers' sign-in over gRPC, answered from the core thread once a password was looked at.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_SIGN_IN_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_SIGN_IN_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

class OfficerDesk;

// Both outlive the service.
std::unique_ptr<grpc::Service> MakeSignInService(runtime::CoreThread* core, OfficerDesk* desk);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_SIGN_IN_SERVICE_H_
