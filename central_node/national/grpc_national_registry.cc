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

uint64_t AtServer(uint64_t cursor) { return cursor < kFirstFileCursor ? cursor : 0; }

}  // namespace

namespace {

// Counts calls until gRPC has let go of them. Holds no channel, so that gRPC's own thread may be
// the last to release it.
class UnderWay {
 public:
  void Add(grpc::ClientContext* context) {
    absl::MutexLock lock(&mutex_);
    contexts_.insert(context);
    ++count_;
  }
  // The answer is here: the context may soon be gone.
  void Answered(grpc::ClientContext* context) {
    absl::MutexLock lock(&mutex_);
    contexts_.erase(context);
  }
  void Left() {
    absl::MutexLock lock(&mutex_);
    --count_;
  }
  void CancelAndWait() {
    absl::MutexLock lock(&mutex_);
    for (grpc::ClientContext* context : contexts_) context->TryCancel();
    mutex_.Await(absl::Condition(
        +[](int* count) { return *count == 0; }, &count_));
  }

 private:
  absl::Mutex mutex_;
  std::set<grpc::ClientContext*> contexts_ ABSL_GUARDED_BY(mutex_);
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace

// Shared with the answers, which may come late.
class GrpcNationalRegistry::Calls : public std::enable_shared_from_this<Calls> {
 public:
  Calls(runtime::CoreThread* core, ChannelFactory make_channel)
      : core_(core), make_channel_(std::move(make_channel)) {}

  // `start(stub, context, request, response, callback)` makes the call; `read(response)` makes the
  // answer. On the core thread.
  template <typename Response, typename Answer, typename Request, typename Start, typename Read>
  void Make(Request request, Done<Answer> done, Start start, Read read) {
    struct Call {
      explicit Call(Read reader) : read(std::move(reader)) {}
      std::shared_ptr<Calls> calls;
      grpc::ClientContext context;
      std::shared_ptr<v1::NationalService::Stub> stub;
      Request request;
      Response response;
      Done<Answer> done;
      Read read;
    };
    if (stub_ == nullptr) stub_ = v1::NationalService::NewStub(make_channel_());
    auto call = std::make_shared<Call>(std::move(read));
    call->calls = shared_from_this();
    call->stub = stub_;
    call->request = std::move(request);
    call->done = std::move(done);
    rpc::SetTimeout(&call->context, kTimeout);
    under_way_->Add(&call->context);
    Call& started = *call;
    // gRPC destroys the callback on its own thread, where the last channel must not end: it would
    // wait for that thread. So everything goes to the core with the answer.
    auto answered = [core = core_, under_way = under_way_,
                     holder = std::make_shared<std::shared_ptr<Call>>(std::move(call))](
                        const grpc::Status& result) {
      under_way->Answered(&(*holder)->context);
      core->PostAfter(absl::ZeroDuration(),
                      [call = std::move(*holder), status = rpc::ToAbslStatus(result)] {
                        call->calls->OnAnswer(*call, status);
                      });
      under_way->Left();
    };
    start(*started.stub->async(), &started.context, &started.request, &started.response,
          std::move(answered));
  }

  void Close() {
    closed_ = true;
    under_way_->CancelAndWait();
  }

 private:
  template <typename Call>
  void OnAnswer(Call& call, const absl::Status& status) {
    if (closed_) return;
    if (NotReached(status)) stub_.reset();
    if (!status.ok()) {
      call.done(status);
    } else {
      call.done(call.read(call.response));
    }
  }

  runtime::CoreThread* const core_;
  const ChannelFactory make_channel_;
  std::shared_ptr<v1::NationalService::Stub> stub_;
  std::atomic<bool> closed_ = false;
  const std::shared_ptr<UnderWay> under_way_ = std::make_shared<UnderWay>();
};

GrpcNationalRegistry::GrpcNationalRegistry(runtime::CoreThread* core, ChannelFactory make_channel)
    : calls_(std::make_shared<Calls>(core, std::move(make_channel))) {}

GrpcNationalRegistry::~GrpcNationalRegistry() { calls_->Close(); }

void GrpcNationalRegistry::PullRecords(uint64_t cursor, Done<RecordsPage> done) {
  v1::PullRecordsRequest request;
  request.set_cursor(AtServer(cursor));
  request.set_limit(kMaxNationalItems);
  calls_->Make<v1::PullRecordsResponse>(
      std::move(request), std::move(done),
      [](auto& stub, auto... arguments) { stub.PullRecords(arguments...); },
      [](const v1::PullRecordsResponse& response) { return DecodePage(response); });
}

void GrpcNationalRegistry::PullWithdrawals(uint64_t cursor, Done<WithdrawalsPage> done) {
  v1::PullWithdrawalsRequest request;
  request.set_cursor(AtServer(cursor));
  request.set_limit(kMaxNationalItems);
  calls_->Make<v1::PullWithdrawalsResponse>(
      std::move(request), std::move(done),
      [](auto& stub, auto... arguments) { stub.PullWithdrawals(arguments...); },
      [](const v1::PullWithdrawalsResponse& response) { return DecodePage(response); });
}

void GrpcNationalRegistry::PullAllotments(uint64_t cursor, Done<AllotmentsPage> done) {
  v1::PullAllotmentsRequest request;
  request.set_cursor(AtServer(cursor));
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

void GrpcNationalRegistry::RequestBlanks(const std::vector<NamedRequest>& items,
                                         Done<std::vector<RequestAnswer>> done) {
  v1::RequestBlanksRequest request;
  EncodeRequests(items, &request);
  calls_->Make<v1::RequestBlanksResponse>(
      std::move(request), std::move(done),
      [](auto& stub, auto... arguments) { stub.RequestBlanks(arguments...); },
      [items](const v1::RequestBlanksResponse& response) {
        return DecodeRequestAnswers(items, response);
      });
}

}  // namespace keping::central
