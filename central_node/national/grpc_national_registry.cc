#include "central_node/national/grpc_national_registry.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <atomic>
#include <set>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "central_node/national/national_codec.h"
#include "common/rpc/status.h"
#include "common/runtime/core_thread.h"
#include "keping/national/v1/national.grpc.pb.h"

namespace keping::central {
namespace {

namespace v1 = national::v1;

constexpr absl::Duration kTimeout = absl::Seconds(30);

bool NotReached(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

}  // namespace

// What is under way. Shared with the answers, which may come late.
class GrpcNationalRegistry::Calls : public std::enable_shared_from_this<Calls> {
 public:
  Calls(runtime::CoreThread* core, ChannelFactory make_channel)
      : core_(core), make_channel_(std::move(make_channel)) {}

  // `start(stub, context, request, response, callback)` makes the call; `read(response)` makes the
  // answer. On the core thread.
  template <typename Response, typename Answer, typename Request, typename Start, typename Read>
  void Make(Request request, Done<Answer> done, Start start, Read read) {
    struct Call {
      grpc::ClientContext context;
      std::shared_ptr<v1::NationalService::Stub> stub;
      Request request;
      Response response;
    };
    auto call = std::make_shared<Call>();
    if (stub_ == nullptr) stub_ = v1::NationalService::NewStub(make_channel_());
    call->stub = stub_;
    call->request = std::move(request);
    rpc::SetTimeout(&call->context, kTimeout);
    {
      absl::MutexLock lock(&mutex_);
      under_way_.insert(&call->context);
    }
    auto answered = [self = shared_from_this(), call, done = std::move(done),
                     read = std::move(read)](const grpc::Status& result) {
      self->core_->PostAfter(absl::ZeroDuration(),
                             [self, call, done, read, status = rpc::ToAbslStatus(result)] {
                               if (self->closed_) return;
                               if (NotReached(status)) self->stub_.reset();
                               if (!status.ok()) {
                                 done(status);
                               } else {
                                 done(read(call->response));
                               }
                             });
      absl::MutexLock lock(&self->mutex_);
      self->under_way_.erase(&call->context);
    };
    start(*call->stub->async(), &call->context, &call->request, &call->response,
          std::move(answered));
  }

  void Close() {
    closed_ = true;
    absl::MutexLock lock(&mutex_);
    for (grpc::ClientContext* context : under_way_) context->TryCancel();
    mutex_.Await(absl::Condition(
        +[](std::set<grpc::ClientContext*>* calls) { return calls->empty(); }, &under_way_));
  }

 private:
  runtime::CoreThread* const core_;
  const ChannelFactory make_channel_;
  std::shared_ptr<v1::NationalService::Stub> stub_;
  std::atomic<bool> closed_ = false;
  absl::Mutex mutex_;
  std::set<grpc::ClientContext*> under_way_ ABSL_GUARDED_BY(mutex_);
};

GrpcNationalRegistry::GrpcNationalRegistry(runtime::CoreThread* core, ChannelFactory make_channel)
    : calls_(std::make_shared<Calls>(core, std::move(make_channel))) {}

GrpcNationalRegistry::~GrpcNationalRegistry() { calls_->Close(); }

void GrpcNationalRegistry::PullRecords(uint64_t cursor, Done<RecordsPage> done) {
  v1::PullRecordsRequest request;
  request.set_cursor(cursor);
  request.set_limit(kMaxNationalItems);
  calls_->Make<v1::PullRecordsResponse>(
      std::move(request), std::move(done),
      [](auto& stub, auto... arguments) { stub.PullRecords(arguments...); },
      [](const v1::PullRecordsResponse& response) { return DecodePage(response); });
}

void GrpcNationalRegistry::PullWithdrawals(uint64_t cursor, Done<WithdrawalsPage> done) {
  v1::PullWithdrawalsRequest request;
  request.set_cursor(cursor);
  request.set_limit(kMaxNationalItems);
  calls_->Make<v1::PullWithdrawalsResponse>(
      std::move(request), std::move(done),
      [](auto& stub, auto... arguments) { stub.PullWithdrawals(arguments...); },
      [](const v1::PullWithdrawalsResponse& response) { return DecodePage(response); });
}

void GrpcNationalRegistry::PullAllotments(uint64_t cursor, Done<AllotmentsPage> done) {
  v1::PullAllotmentsRequest request;
  request.set_cursor(cursor);
  calls_->Make<v1::PullAllotmentsResponse>(
      std::move(request), std::move(done),
      [](auto& stub, auto... arguments) { stub.PullAllotments(arguments...); },
      [](const v1::PullAllotmentsResponse& response) { return DecodePage(response); });
}

void GrpcNationalRegistry::Report(const std::vector<NamedReport>& items,
                                  Done<std::vector<domain::ReportAnswered>> done) {
  v1::ReportRequest request;
  EncodeReport(items, &request);
  calls_->Make<v1::ReportResponse>(
      std::move(request), std::move(done),
      [](auto& stub, auto... arguments) { stub.Report(arguments...); },
      [items](const v1::ReportResponse& response) { return DecodeAnswers(items, response); });
}

}  // namespace keping::central
