// A face in the browser: pages that are part of the program, and packages of its API as Connect, on
// up to two addresses.
//
//   KEPING_ASSIGN_OR_RETURN(auto site, Site::Start({.listen_loopback = "127.0.0.1:0", …}));
//   site->addresses();   // {"http://127.0.0.1:8080"}
//   site->Stop();        // before the server that it answers for
#ifndef KEPING_COMMON_HTTP_SITE_H_
#define KEPING_COMMON_HTTP_SITE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/http/assets.h"
#include "common/http/connect_adapter.h"
#include "common/http/server.h"
#include "common/rpc/tls_identity.h"

namespace keping::http {

struct SiteOptions {
  // host:port for browsers of the network, over TLS by `tls`; or empty.
  std::string listen;
  // host:port for browsers of this machine, without TLS; or empty. Requests for a Host that is
  // neither localhost nor an IP address get 421 and K-370.
  std::string listen_loopback;
  rpc::TlsIdentity tls;
  absl::Span<const Asset> assets;
  ConnectOptions connect;
};

// Made and stopped on the main thread; requests come on threads of its servers.
class Site : private Handler {
 public:
  // The codes of Server::Start.
  static absl::StatusOr<std::unique_ptr<Site>> Start(SiteOptions options);
  ~Site() override;

  // Another certificate for the connections from now on. Thread-safe but for Stop.
  void UseIdentity(const rpc::TlsIdentity& tls);

  // Ends all calls and streams, then the servers.
  void Stop();

  // One URL for each address of the options; empty when it has none.
  const std::vector<std::string>& addresses() const { return addresses_; }

 private:
  explicit Site(SiteOptions options);

  Response Answer(const Request& request, const ReadBody& read_body) override;
  absl::Status Listen(const ServerOptions& options);

  Assets assets_;
  ConnectAdapter adapter_;
  std::vector<std::string> addresses_;
  std::vector<std::unique_ptr<Server>> servers_;  // last: they use all of the above
};

}  // namespace keping::http

#endif  // KEPING_COMMON_HTTP_SITE_H_
