#include "tests/bench/bare_service.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <thread>
#include <utility>

#include "common/rpc/status.h"
#include "keping/sync/v1/sync.grpc.pb.h"

namespace keping::bench {
namespace {

// Reads the next message when the last one is answered.
class Stream : public grpc::ServerBidiReactor<sync::v1::SessionRequest, sync::v1::SessionResponse> {
 public:
  Stream() { StartRead(&request_); }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    StartWrite(&response_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::CANCELLED);
    StartRead(&request_);
  }
  void OnDone() override { delete this; }

 private:
  sync::v1::SessionRequest request_;
  sync::v1::SessionResponse response_;
};

}  // namespace

class BareService::Impl : public sync::v1::SyncService::CallbackService {
 public:
  grpc::ServerBidiReactor<sync::v1::SessionRequest, sync::v1::SessionResponse>* Session(
      grpc::CallbackServerContext*) override {
    return new Stream();
  }
};

BareService::BareService() : impl_(std::make_unique<Impl>()) {}
BareService::~BareService() = default;

grpc::Service* BareService::service() { return impl_.get(); }

absl::Status SendBare(const std::shared_ptr<grpc::Channel>& channel,
                      const std::vector<std::string>& blocks) {
  const auto stub = sync::v1::SyncService::NewStub(channel);
  grpc::ClientContext context;
  const auto stream = stub->Session(&context);
  std::thread writer([&] {
    sync::v1::SessionRequest request;
    for (const std::string& block : blocks) {
      request.mutable_segment()->clear_entries();
      request.mutable_segment()->add_entries(block);
      if (!stream->Write(request)) break;
    }
    stream->WritesDone();
  });
  sync::v1::SessionResponse response;
  while (stream->Read(&response)) {
  }
  writer.join();
  return rpc::ToAbslStatus(stream->Finish());
}

}  // namespace keping::bench
