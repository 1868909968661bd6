// Servers: one address, one kind of credentials, its services, and on top gRPC health and
// reflection.
//
//   KEPING_ASSIGN_OR_RETURN(std::unique_ptr<RunningServer> server,
//                           ServeMutualTls(config.sync_listen(), identity, {&sync_service}));
//   server->port();   // the one that was bound, for listening on port 0
#ifndef KEPING_COMMON_RPC_SERVER_H_
#define KEPING_COMMON_RPC_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/tls_identity.h"

namespace grpc {
class Channel;
class Server;
class Service;
}  // namespace grpc

namespace keping::rpc {

// No message is larger, either way; larger things travel in pieces.
inline constexpr int kMaxMessageBytes = 4 * 1024 * 1024;

// What may be under way on one stream before the receiver takes it. gRPC's own estimate of the line
// would cost a ping and its answer with every few messages; a fixed window, larger than the
// credit of a session (sync/frames.h), needs none.
inline constexpr int kStreamWindowBytes = 1024 * 1024;

// Serves until it is destroyed. Thread-safe.
class RunningServer {
 public:
  RunningServer(std::unique_ptr<grpc::Server> server, std::string address, int port);
  // Shuts down without grace.
  ~RunningServer();

  // Refuses new calls, lets running ones end for `grace`, then cancels them; returns when all
  // handlers have returned. A second call does nothing.
  void Shutdown(absl::Duration grace);

  // To this server without a socket, for another face of the same services. Calls are trusted:
  // whoever makes one has found out who wants it. Must not outlive the server.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // The port that was bound; 0 for a Unix socket.
  int port() const { return port_; }
  // host:port with that port, or the path.
  const std::string& address() const { return address_; }

 private:
  const std::unique_ptr<grpc::Server> server_;
  const std::string address_;
  const int port_;
};

// Services outlive the server. Errors say what was wrong with the address, and what to do: the
// codes of CheckAddressIsFree and PrepareUnixSocket (listen.h).
using Services = std::vector<grpc::Service*>;

// Callers prove who they are by a certificate of the same authority (peer.h).
absl::StatusOr<std::unique_ptr<RunningServer>> ServeMutualTls(const std::string& address,
                                                              const TlsIdentity& identity,
                                                              const Services& services);

// Key and certificate as files, for a server that outlives them: it looks at them every second or
// so, and takes new ones for the next connections. Open ones go on.
struct TlsFiles {
  std::string authority;
  std::string chain;  // the server's certificate and the authority's
  std::string key;
};
absl::StatusOr<std::unique_ptr<RunningServer>> ServeMutualTls(const std::string& address,
                                                              const TlsFiles& files,
                                                              const Services& services);
// Anybody may call; only the server proves who it is. For enrolment.
absl::StatusOr<std::unique_ptr<RunningServer>> ServeOneWayTls(const std::string& address,
                                                              const TlsFiles& files,
                                                              const Services& services);

// For programs of the same user on this machine: the socket has mode 0600, and that is the whole
// protection.
absl::StatusOr<std::unique_ptr<RunningServer>> ServeUnix(const std::string& path,
                                                         const Services& services);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_SERVER_H_
