// An HTTP/1.1 server for a few browsers: one address, one handler. It is cpp-httplib, which stays
// behind this file.
//
//   KEPING_ASSIGN_OR_RETURN(std::unique_ptr<Server> server,
//                           Server::Start({.address = "127.0.0.1:0"}, &handler));
//   server->address();   // "127.0.0.1:41234"
//
// Compression is never offered, and a compressed request body is never unpacked into memory: the
// handler sees its Content-Encoding and refuses it. A handler's body is read when it asks; what it
// leaves is read and dropped before the answer, or the connection ends with it: nothing of a body
// is ever served as a request of its own. (But of HEAD, which has none in any browser.)
#ifndef KEPING_COMMON_HTTP_SERVER_H_
#define KEPING_COMMON_HTTP_SERVER_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/http/message.h"

namespace keping::http {

// Connections of browsers served at a time, each on a thread; more wait to be accepted. A browser
// has up to six.
inline constexpr int kMaxConnections = 48;

// The server's own certificate chain and key, PEM.
struct ServerCertificate {
  std::string chain_pem;
  std::string key_pem;
};

struct ServerOptions {
  // host:port; port 0 takes a free one.
  std::string address;
  // Set: TLS 1.2 or newer. A value; it holds a private key, so never log it.
  std::optional<ServerCertificate> certificate;
  // Served at a time.
  int connections = kMaxConnections;
};

// Thread-safe.
class Server {
 public:
  // `handler` outlives the server. The codes of rpc::CheckAddressIsFree; InvalidArgument: the
  // certificate and key do not parse or do not match.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       Handler* handler);
  // Stops.
  ~Server();

  // Refuses new connections and returns when all handlers have returned, which takes up to the two
  // seconds that an idle connection is kept. Whoever owns streams ends them before.
  void Stop();

  // Another certificate for the connections from now on; open ones go on. InvalidArgument as for
  // Start, and for a server without TLS; the old one stays then.
  absl::Status UseCertificate(const ServerCertificate& certificate);

  // host:port that was bound.
  const std::string& address() const { return address_; }

 private:
  class Library;

  Server(std::unique_ptr<Library> library, std::string address);

  const std::unique_ptr<Library> library_;
  const std::string address_;
};

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_SERVER_H_
