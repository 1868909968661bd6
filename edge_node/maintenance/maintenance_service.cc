#include "edge_node/maintenance/maintenance_service.h"

#include "common/rpc/core_call.h"
#include "edge_node/maintenance/maintenance.h"
#include "keping/maintenance/v1/maintenance.grpc.pb.h"

namespace keping::edge {
namespace {

class MaintenanceServiceImpl : public maintenance::v1::MaintenanceService::CallbackService {
 public:
  MaintenanceServiceImpl(runtime::CoreThread* core, Maintenance* maintenance)
      : core_(core), maintenance_(maintenance) {}

  grpc::ServerUnaryReactor* RotateDataKey(
      grpc::CallbackServerContext* context, const maintenance::v1::RotateDataKeyRequest* request,
      maintenance::v1::RotateDataKeyResponse* response) override {
    return rpc::AnswerOnCore(core_, context, response,
                             [this, request] { return maintenance_->RotateDataKey(*request); });
  }
  grpc::ServerUnaryReactor* ReadLog(grpc::CallbackServerContext* context,
                                    const maintenance::v1::ReadLogRequest* request,
                                    maintenance::v1::ReadLogResponse* response) override {
    return rpc::AnswerOnCore(core_, context, response,
                             [this, request] { return maintenance_->ReadLog(*request); });
  }

 private:
  runtime::CoreThread* const core_;
  Maintenance* const maintenance_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeMaintenanceService(runtime::CoreThread* core,
                                                      Maintenance* maintenance) {
  return std::make_unique<MaintenanceServiceImpl>(core, maintenance);
}

}  // namespace keping::edge
