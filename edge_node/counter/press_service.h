// PressService over gRPC: each call is posted to the core thread and answered from there.
#ifndef KEPING_EDGE_NODE_COUNTER_PRESS_SERVICE_H_
#define KEPING_EDGE_NODE_COUNTER_PRESS_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::edge {

class Press;

// Both outlive the service; `press` is used on the core thread only. RESOURCE_EXHAUSTED while the
// core's mailbox is full.
std::unique_ptr<grpc::Service> MakePressService(runtime::CoreThread* core, Press* press);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_PRESS_SERVICE_H_
