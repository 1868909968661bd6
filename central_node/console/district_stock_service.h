// Serves the stock keeper's API (proto/keping/central/v1/district_stock.proto) over gRPC.
//
//   auto service = MakeDistrictStockService(core.get(), &door, stock.get());
//   rpc::ServeUnixSocket(path, {service.get()});
#ifndef KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_STOCK_SERVICE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_STOCK_SERVICE_H_

#include <memory>

#include "common/runtime/core_thread.h"

namespace grpc {
class Service;
}

namespace keping::central {

class DistrictStockConsole;
class OfficerDoor;

// Both must outlive the service; `stock` is used on `core` only.
std::unique_ptr<grpc::Service> MakeDistrictStockService(runtime::CoreThread* core,
                                                        OfficerDoor* door,
                                                        DistrictStockConsole* stock);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_DISTRICT_STOCK_SERVICE_H_
