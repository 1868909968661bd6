// The nodes of the bench "idle": as many sessions as FOLDER has nodes n0, n1 … (keys as a node has
// them, and incarnations), each on a connection of its own. Says "ready" when each was answered,
// and waits for SIGTERM.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/notification.h"
#include "common/rpc/tls_identity.h"
#include "common/runtime/process.h"
#include "tests/bench/node_folder.h"
#include "tests/bench/raw_session.h"

namespace keping::bench {
namespace {

// Whether the hello was answered.
bool Open(const std::string& node, RawSession& session) {
  session.Send(sync::Hello{.node = domain::NodeId::Of(node),
                           .incarnation = domain::IncarnationId::Of(IncarnationName(node)),
                           .head = {},
                           .feed_position = 0,
                           .feed_state = {},
                           .generation = {},
                           .software_version = "bench"});
  return session.IsAnswered();
}

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  if (argc != 4) {
    std::cerr << "keping-bench-idle-nodes: want ADDRESS FOLDER COUNT\n";
    return 2;
  }
  absl::Notification stopping;
  const runtime::StopSignal stop([&](int) { stopping.Notify(); });
  std::vector<std::unique_ptr<RawSession>> sessions;
  for (size_t i = 0; i < std::stoul(argv[3]); ++i) {
    const auto identity = rpc::LoadTlsIdentity(NodeFolder(argv[2], i));
    if (!identity.ok()) {
      std::cerr << "keping-bench-idle-nodes: " << identity.status().message() << std::endl;
      return 1;
    }
    sessions.push_back(std::make_unique<RawSession>(argv[1], *identity));
    if (!Open(NodeName(i), *sessions.back())) return 1;
  }
  std::cout << "ready" << std::endl;
  stopping.WaitForNotification();
  return 0;
}

}  // namespace
}  // namespace keping::bench

int main(int argc, char** argv) { return keping::bench::Main(argc, argv); }
