#include "edge_node/counter/counter_service.h"

#include "common/rpc/core_call.h"
#include "edge_node/counter/counter.h"
#include "keping/edge/v1/edge.grpc.pb.h"

namespace keping::edge {
namespace {

class CounterServiceImpl : public v1::CounterService::CallbackService {
 public:
  CounterServiceImpl(runtime::CoreThread* core, Counter* counter)
      : core_(core), counter_(counter) {}

  KEPING_UNARY(counter_, GetStatus)
  KEPING_UNARY(counter_, ListQueue)
  KEPING_UNARY(counter_, ListJobs)
  KEPING_UNARY(counter_, VerifyCard)
  KEPING_UNARY(counter_, SpoilCard)
  KEPING_UNARY(counter_, ReleaseJob)
  KEPING_UNARY(counter_, SpoilBlank)
  KEPING_UNARY(counter_, ListTransfers)
  KEPING_UNARY(counter_, ReceiveTransfer)
  KEPING_UNARY(counter_, ListActions)
  KEPING_UNARY(counter_, AcknowledgeAction)

  grpc::ServerUnaryReactor* Print(grpc::CallbackServerContext* context,
                                  const v1::PrintRequest* request,
                                  v1::PrintResponse* response) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const bool posted = core_->Post([this, reactor, request, response] {
      absl::StatusOr<v1::PrintResponse> result = counter_->Print(*request);
      if (result.ok()) *response = *result;
      if (!result.ok() || response->act().empty() || !request->wait()) {
        reactor->Finish(rpc::ToGrpcStatus(result.status()));
        return;
      }
      counter_->WhenFinished(domain::ActId::Of(response->act()),
                             [reactor, response](const Job& job) {
                               response->set_state(JobStageName(job.stage));
                               reactor->Finish(grpc::Status::OK);
                             });
    });
    if (!posted) reactor->Finish(rpc::CoreIsBusy());
    return reactor;
  }

 private:
  runtime::CoreThread* const core_;
  Counter* const counter_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeCounterService(runtime::CoreThread* core, Counter* counter) {
  return std::make_unique<CounterServiceImpl>(core, counter);
}

}  // namespace keping::edge
