// The administrator's API of a node (keping.maintenance.v1) over gRPC: each call is posted to the
// core thread and answered from there.
//
//   auto service = MakeMaintenanceService(core.get(), {.rotate_data_key = …, .read_log = …});
#ifndef KEPING_COMMON_RPC_MAINTENANCE_SERVICE_H_
#define KEPING_COMMON_RPC_MAINTENANCE_SERVICE_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "keping/maintenance/v1/maintenance.pb.h"

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::rpc {

// Called on the core thread. One that is empty answers UNIMPLEMENTED.
struct MaintenanceHandlers {
  std::function<absl::StatusOr<maintenance::v1::RotateDataKeyResponse>()> rotate_data_key;
  std::function<absl::StatusOr<maintenance::v1::ReadLogResponse>(
      const maintenance::v1::ReadLogRequest&)>
      read_log;
};

// `core` outlives the service. RESOURCE_EXHAUSTED while its mailbox is full.
std::unique_ptr<grpc::Service> MakeMaintenanceService(runtime::CoreThread* core,
                                                      MaintenanceHandlers handlers);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_MAINTENANCE_SERVICE_H_
