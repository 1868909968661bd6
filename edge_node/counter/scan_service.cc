#include "edge_node/counter/scan_service.h"

#include "absl/status/statusor.h"
#include "common/rpc/out_stream.h"
#include "common/rpc/status.h"
#include "edge_node/counter/scan_desk.h"
#include "edge_node/counter/scan_feed.h"
#include "keping/edge/v1/scan.grpc.pb.h"

namespace keping::edge {
namespace {

// A person holds one card after the other; a screen that is further behind is asleep.
constexpr size_t kKeptScans = 16;

class Watch : public rpc::OutStream<v1::WatchScansResponse>, public ScanWatcher {
 public:
  Watch() : OutStream(kKeptScans) {}

  void Offer(const v1::WatchScansResponse& response) override { Send(response); }
  void Replace() override {
    End({grpc::StatusCode::ABORTED, "another screen of this counter has opened"});
  }
  void Stop() override {
    End({grpc::StatusCode::UNAVAILABLE, "the node stops; try again when it runs"});
  }
};

template <typename Response>
grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context,
                                 absl::StatusOr<Response> result, Response* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  if (result.ok()) *response = *std::move(result);
  reactor->Finish(rpc::ToGrpcStatus(result.status()));
  return reactor;
}

class ScanServiceImpl : public v1::ScanService::CallbackService {
 public:
  ScanServiceImpl(const ScanDesk* desk, ScanFeed* feed) : desk_(desk), feed_(feed) {}

  grpc::ServerUnaryReactor* ReadScan(grpc::CallbackServerContext* context,
                                     const v1::ReadScanRequest* request,
                                     v1::ReadScanResponse* response) override {
    return Answer(context, desk_->ReadScan(*request), response);
  }

  grpc::ServerUnaryReactor* ListReaders(grpc::CallbackServerContext* context,
                                        const v1::ListReadersRequest* request,
                                        v1::ListReadersResponse* response) override {
    return Answer(context, desk_->ListReaders(*request), response);
  }

  grpc::ServerWriteReactor<v1::WatchScansResponse>* WatchScans(
      grpc::CallbackServerContext*, const v1::WatchScansRequest* request) override {
    const auto watch = Watch::Make<Watch>();
    const absl::Status status = desk_->CheckStreams(request->counter());
    if (status.ok()) {
      feed_->Watch(request->counter(), watch);
    } else {
      watch->End(rpc::ToGrpcStatus(status));
    }
    return watch.get();
  }

 private:
  const ScanDesk* const desk_;
  ScanFeed* const feed_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeScanService(const ScanDesk* desk, ScanFeed* feed) {
  return std::make_unique<ScanServiceImpl>(desk, feed);
}

}  // namespace keping::edge
