// The nodes of the bench "idle": as many sessions as FOLDER has nodes n0, n1 … (keys as a node has
// them, and incarnations), each on a connection of its own. Says "ready" when each was answered,
// and waits for SIGTERM.
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/crypto/x509.h"
#include "common/rpc/channel.h"
#include "common/rpc/tls_identity.h"
#include "common/runtime/process.h"
#include "common/wire/frame_codec.h"
#include "keping/sync/v1/sync.grpc.pb.h"

namespace keping::bench {
namespace {

class Session {
 public:
  Session(const std::string& address, const rpc::TlsIdentity& identity)
      : stub_(sync::v1::SyncService::NewStub(
            rpc::MakeTlsChannel(address, identity, crypto::kCentralNodeId))),
        stream_(stub_->Session(&context_)) {}
  ~Session() {
    context_.TryCancel();
    stream_->Finish();
  }

  // Whether the hello was answered.
  bool Open(const std::string& node) {
    sync::v1::SessionRequest request;
    wire::EncodeFrame(sync::Hello{.node = domain::NodeId::Of(node),
                                  .incarnation = domain::IncarnationId::Of("i-" + node),
                                  .head = {},
                                  .feed_position = 0,
                                  .feed_state = {},
                                  .generation = {},
                                  .software_version = "bench"},
                      &request);
    sync::v1::SessionResponse response;
    return stream_->Write(request) && stream_->Read(&response);
  }

 private:
  grpc::ClientContext context_;
  const std::unique_ptr<sync::v1::SyncService::Stub> stub_;
  const std::unique_ptr<
      grpc::ClientReaderWriter<sync::v1::SessionRequest, sync::v1::SessionResponse>>
      stream_;
};

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  if (argc != 4) {
    std::cerr << "keping-bench-idle-nodes: want ADDRESS FOLDER COUNT\n";
    return 2;
  }
  absl::Notification stopping;
  const runtime::StopSignal stop([&](int) { stopping.Notify(); });
  std::vector<std::unique_ptr<Session>> sessions;
  for (int i = 0; i < std::stoi(argv[3]); ++i) {
    const std::string node = absl::StrCat("n", i);
    const auto identity = rpc::LoadTlsIdentity(absl::StrCat(argv[2], "/", node));
    if (!identity.ok()) {
      std::cerr << "keping-bench-idle-nodes: " << identity.status().message() << std::endl;
      return 1;
    }
    sessions.push_back(std::make_unique<Session>(argv[1], *identity));
    if (!sessions.back()->Open(node)) return 1;
  }
  std::cout << "ready" << std::endl;
  stopping.WaitForNotification();
  return 0;
}

}  // namespace
}  // namespace keping::bench

int main(int argc, char** argv) { return keping::bench::Main(argc, argv); }
