// The scans' API (keping.edge.v1.ScanService) over gRPC. It needs no core thread: nothing of it is
// on record.
#ifndef KEPING_EDGE_NODE_COUNTER_SCAN_SERVICE_H_
#define KEPING_EDGE_NODE_COUNTER_SCAN_SERVICE_H_

#include <memory>

namespace grpc {
class Service;
}

namespace keping::edge {

class ScanDesk;
class ScanFeed;

// Both outlive the service.
std::unique_ptr<grpc::Service> MakeScanService(const ScanDesk* desk, ScanFeed* feed);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_SCAN_SERVICE_H_
