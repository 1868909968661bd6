// StockService and HandoverService (keping.edge.v1) over gRPC, answered from the core thread.
#ifndef KEPING_EDGE_NODE_COUNTER_STOCK_SERVICE_H_
#define KEPING_EDGE_NODE_COUNTER_STOCK_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::edge {

class HandoverDesk;
class StockDesk;

// Core and desk outlive the service; the desk is used on the core thread only. RESOURCE_EXHAUSTED
// while the core's mailbox is full.
std::unique_ptr<grpc::Service> MakeStockService(runtime::CoreThread* core, StockDesk* desk);
std::unique_ptr<grpc::Service> MakeHandoverService(runtime::CoreThread* core, HandoverDesk* desk);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_STOCK_SERVICE_H_
