#include "deploy/national_simulator/service.h"

#include <utility>

#include "common/rpc/status.h"

namespace keping::national_simulator {
namespace {

namespace v1 = national::v1;

template <typename Response>
grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context,
                                 absl::StatusOr<Response> result, Response* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  if (result.ok()) *response = *std::move(result);
  reactor->Finish(rpc::ToGrpcStatus(result.status()));
  return reactor;
}

}  // namespace

grpc::ServerUnaryReactor* NationalServiceImpl::PullRecords(grpc::CallbackServerContext* context,
                                                           const v1::PullRecordsRequest* request,
                                                           v1::PullRecordsResponse* response) {
  return Finish(context, directorate_->PullRecords(*request), response);
}

grpc::ServerUnaryReactor* NationalServiceImpl::PullWithdrawals(
    grpc::CallbackServerContext* context, const v1::PullWithdrawalsRequest* request,
    v1::PullWithdrawalsResponse* response) {
  return Finish(context, directorate_->PullWithdrawals(*request), response);
}

grpc::ServerUnaryReactor* NationalServiceImpl::PullAllotments(
    grpc::CallbackServerContext* context, const v1::PullAllotmentsRequest* request,
    v1::PullAllotmentsResponse* response) {
  return Finish(context, directorate_->PullAllotments(*request), response);
}

grpc::ServerUnaryReactor* NationalServiceImpl::Report(grpc::CallbackServerContext* context,
                                                      const v1::ReportRequest* request,
                                                      v1::ReportResponse* response) {
  return Finish(context, directorate_->Report(*request), response);
}

grpc::ServerUnaryReactor* SimulatorServiceImpl::WithdrawRecord(
    grpc::CallbackServerContext* context, const v1::WithdrawRecordRequest* request,
    v1::WithdrawRecordResponse* response) {
  return Finish(context, directorate_->WithdrawRecord(*request), response);
}

grpc::ServerUnaryReactor* SimulatorServiceImpl::GetLedger(grpc::CallbackServerContext* context,
                                                          const v1::GetLedgerRequest*,
                                                          v1::GetLedgerResponse* response) {
  return Finish<v1::GetLedgerResponse>(context, directorate_->GetLedger(), response);
}

}  // namespace keping::national_simulator
