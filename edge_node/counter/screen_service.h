// The screens' API (keping.edge.v1.ScreenService) over gRPC, answered from the core thread.
#ifndef KEPING_EDGE_NODE_COUNTER_SCREEN_SERVICE_H_
#define KEPING_EDGE_NODE_COUNTER_SCREEN_SERVICE_H_

#include <memory>

#include "edge_node/counter/status_feed.h"

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::edge {

class OfficeView;

// All outlive the service; `feed` and `view` are used on the core thread only. RESOURCE_EXHAUSTED
// while the core's mailbox is full, or too many watch.
std::unique_ptr<grpc::Service> MakeScreenService(runtime::CoreThread* core, StatusFeed* feed,
                                                 OfficeView* view);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_SCREEN_SERVICE_H_
