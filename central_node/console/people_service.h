// The people part of the district API over gRPC: each call is posted to the core thread and
// answered from there; passwords are made on a thread of their own before.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PEOPLE_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PEOPLE_SERVICE_H_

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

class OfficerDoor;
class PeopleConsole;

// All outlive the service; `people` is used on the core thread only. RESOURCE_EXHAUSTED while a
// mailbox is full.
std::unique_ptr<grpc::Service> MakePeopleService(runtime::CoreThread* core, OfficerDoor* door,
                                                 people::PasswordThread* passwords,
                                                 PeopleConsole* people);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PEOPLE_SERVICE_H_
