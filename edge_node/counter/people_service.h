// keping.edge.v1.PeopleService over gRPC: each call is posted to the core thread; passwords are
// looked at on a thread of their own.
#ifndef KEPING_EDGE_NODE_COUNTER_PEOPLE_SERVICE_H_
#define KEPING_EDGE_NODE_COUNTER_PEOPLE_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::edge {

class PeopleDesk;

// Both outlive the service; `desk` is used on the core thread only. RESOURCE_EXHAUSTED while the
// core's mailbox is full.
std::unique_ptr<grpc::Service> MakePeopleService(runtime::CoreThread* core, PeopleDesk* desk);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_PEOPLE_SERVICE_H_
