#include "common/rpc/maintenance_service.h"

#include <utility>

#include "common/rpc/core_call.h"
#include "keping/maintenance/v1/maintenance.grpc.pb.h"

namespace keping::rpc {
namespace {

namespace v1 = maintenance::v1;

absl::Status NotHere() { return absl::UnimplementedError("this node does not offer that"); }

class MaintenanceServiceImpl : public v1::MaintenanceService::CallbackService {
 public:
  MaintenanceServiceImpl(runtime::CoreThread* core, MaintenanceHandlers handlers)
      : core_(core), handlers_(std::move(handlers)) {}

  grpc::ServerUnaryReactor* RotateDataKey(grpc::CallbackServerContext* context,
                                          const v1::RotateDataKeyRequest*,
                                          v1::RotateDataKeyResponse* response) override {
    return AnswerOnCore(core_, context, response,
                        [this]() -> absl::StatusOr<v1::RotateDataKeyResponse> {
                          if (!handlers_.rotate_data_key) return NotHere();
                          return handlers_.rotate_data_key();
                        });
  }
  grpc::ServerUnaryReactor* ReadLog(grpc::CallbackServerContext* context,
                                    const v1::ReadLogRequest* request,
                                    v1::ReadLogResponse* response) override {
    return AnswerOnCore(core_, context, response,
                        [this, request]() -> absl::StatusOr<v1::ReadLogResponse> {
                          if (!handlers_.read_log) return NotHere();
                          return handlers_.read_log(*request);
                        });
  }

 private:
  runtime::CoreThread* const core_;
  const MaintenanceHandlers handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeMaintenanceService(runtime::CoreThread* core,
                                                      MaintenanceHandlers handlers) {
  return std::make_unique<MaintenanceServiceImpl>(core, std::move(handlers));
}

}  // namespace keping::rpc
