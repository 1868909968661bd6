// The counter in the browser: pages that are part of the program, and the operator API as Connect,
// on the addresses of the config.
//
//   KEPING_ASSIGN_OR_RETURN(auto site, CounterSite::Start({.counter = config.counter(), …}));
//   site->addresses();   // {"http://127.0.0.1:8080"}
//   site->Stop();        // before the server that it answers for
#ifndef KEPING_EDGE_NODE_APP_COUNTER_SITE_H_
#define KEPING_EDGE_NODE_APP_COUNTER_SITE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/http/assets.h"
#include "common/http/connect_adapter.h"
#include "common/http/server.h"
#include "common/rpc/tls_identity.h"
#include "edge_node/counter/people_gate.h"
#include "keping/config/v1/edge.pb.h"

namespace keping::edge {

struct CounterSiteOptions {
  config::v1::CounterConfig counter;
  PeopleGate* gate = nullptr;  // outlives the site
  rpc::TlsIdentity tls;
  std::shared_ptr<grpc::Channel> channel;
};

// Made and stopped on the main thread; requests come on threads of its servers.
class CounterSite : private http::Handler {
 public:
  // The codes of http::Server::Start.
  static absl::StatusOr<std::unique_ptr<CounterSite>> Start(CounterSiteOptions options);
  ~CounterSite() override;

  // Another certificate for the connections from now on.
  void UseIdentity(const rpc::TlsIdentity& tls);

  // Ends all calls and streams, then the servers.
  void Stop();

  // One URL for each address of the config; empty when it has none.
  const std::vector<std::string>& addresses() const { return addresses_; }

 private:
  explicit CounterSite(CounterSiteOptions options);

  http::Response Answer(const http::Request& request, const http::ReadBody& read_body) override;
  absl::Status Listen(const http::ServerOptions& options);

  http::Assets assets_;
  http::ConnectAdapter adapter_;
  std::vector<std::string> addresses_;
  std::vector<std::unique_ptr<http::Server>> servers_;  // last: they use all of the above
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_COUNTER_SITE_H_
