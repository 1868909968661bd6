// The sync sessions of the nodes over gRPC: each stream proves its node by its certificate, each
// frame is handed to the hub on the core thread, and the next one is read when that is done.
//
//   SyncService sync(&core, &hub);
//   auto server = rpc::ServeMutualTls(address, ServedFiles(keys_dir), {sync.service()});
//   …
//   core.PostAfter(absl::ZeroDuration(), [&] { hub.CloseAll(); });   // ends the streams
//   server->Shutdown(grace);
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_SYNC_SERVICE_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_SYNC_SERVICE_H_

#include <cstdint>
#include <memory>

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::central {

class SessionHub;

// Thread-safe. The server that it is registered with is shut down before it is destroyed.
class SyncService {
 public:
  // Both outlive the service and its server; `hub` is used on the core thread only.
  SyncService(runtime::CoreThread* core, SessionHub* hub);
  ~SyncService();

  grpc::Service* service();

  // Bytes of frames since the start, before TLS.
  uint64_t bytes_received() const;
  uint64_t bytes_sent() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_SYNC_SERVICE_H_
