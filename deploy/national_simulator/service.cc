#include "deploy/national_simulator/service.h"

#include <grpc/support/time.h>
#include <grpcpp/alarm.h>

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

// Ends a call after a while.
class LateReactor : public grpc::ServerUnaryReactor {
 public:
  void FinishAfter(absl::Duration delay, grpc::Status status) {
    // A time span counts from when gRPC reads it, which is now.
    alarm_.Set(gpr_time_from_millis(absl::ToInt64Milliseconds(delay), GPR_TIMESPAN),
               [this, status = std::move(status)](bool) { Finish(status); });
  }
  void OnDone() override { delete this; }

 private:
  grpc::Alarm alarm_;
};

// `decide` is asked unless the call never arrives.
template <typename Response, typename Decide>
grpc::ServerUnaryReactor* Carry(Directorate* directorate, Response* response, Decide decide) {
  const CallFate fate = directorate->NextFate();
  absl::StatusOr<Response> result = absl::UnavailableError("the simulator plays an outage");
  if (!fate.outage) result = decide();
  if (fate.lost) result = absl::UnavailableError("the simulator loses this answer");
  if (result.ok()) *response = *std::move(result);
  auto* reactor = new LateReactor;
  if (fate.delay > absl::ZeroDuration()) {
    reactor->FinishAfter(fate.delay, rpc::ToGrpcStatus(result.status()));
  } else {
    reactor->Finish(rpc::ToGrpcStatus(result.status()));
  }
  return reactor;
}

}  // namespace

grpc::ServerUnaryReactor* NationalServiceImpl::PullRecords(grpc::CallbackServerContext*,
                                                           const v1::PullRecordsRequest* request,
                                                           v1::PullRecordsResponse* response) {
  return Carry(directorate_, response, [&] { return directorate_->PullRecords(*request); });
}

grpc::ServerUnaryReactor* NationalServiceImpl::PullWithdrawals(
    grpc::CallbackServerContext*, const v1::PullWithdrawalsRequest* request,
    v1::PullWithdrawalsResponse* response) {
  return Carry(directorate_, response, [&] { return directorate_->PullWithdrawals(*request); });
}

grpc::ServerUnaryReactor* NationalServiceImpl::PullAllotments(
    grpc::CallbackServerContext*, const v1::PullAllotmentsRequest* request,
    v1::PullAllotmentsResponse* response) {
  return Carry(directorate_, response, [&] { return directorate_->PullAllotments(*request); });
}

grpc::ServerUnaryReactor* NationalServiceImpl::Report(grpc::CallbackServerContext*,
                                                      const v1::ReportRequest* request,
                                                      v1::ReportResponse* response) {
  return Carry(directorate_, response, [&] { return directorate_->Report(*request); });
}

grpc::ServerUnaryReactor* NationalServiceImpl::RequestBlanks(
    grpc::CallbackServerContext*, const v1::RequestBlanksRequest* request,
    v1::RequestBlanksResponse* response) {
  return Carry(directorate_, response, [&] { return directorate_->RequestBlanks(*request); });
}

grpc::ServerUnaryReactor* SimulatorServiceImpl::WithdrawRecord(
    grpc::CallbackServerContext* context, const v1::WithdrawRecordRequest* request,
    v1::WithdrawRecordResponse* response) {
  return Finish(context, directorate_->WithdrawRecord(*request), response);
}

grpc::ServerUnaryReactor* SimulatorServiceImpl::SetFaults(grpc::CallbackServerContext* context,
                                                          const v1::SetFaultsRequest* request,
                                                          v1::SetFaultsResponse*) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(rpc::ToGrpcStatus(directorate_->SetFaults(request->faults())));
  return reactor;
}

grpc::ServerUnaryReactor* SimulatorServiceImpl::GetLedger(grpc::CallbackServerContext* context,
                                                          const v1::GetLedgerRequest*,
                                                          v1::GetLedgerResponse* response) {
  return Finish<v1::GetLedgerResponse>(context, directorate_->GetLedger(), response);
}

}  // namespace keping::national_simulator
