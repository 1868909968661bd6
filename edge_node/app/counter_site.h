// The counter in the browser: its page, and the operator API as Connect, on the addresses of the
// config.
//
//   KEPING_ASSIGN_OR_RETURN(auto site, StartCounterSite({.counter = config.counter(), …}));
#ifndef KEPING_EDGE_NODE_APP_COUNTER_SITE_H_
#define KEPING_EDGE_NODE_APP_COUNTER_SITE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/http/site.h"
#include "common/rpc/tls_identity.h"
#include "edge_node/counter/people_gate.h"
#include "keping/config/v1/edge.pb.h"

namespace keping::edge {

struct CounterSiteOptions {
  config::v1::CounterConfig counter;
  std::string node;            // names the cookie of its sessions
  PeopleGate* gate = nullptr;  // outlives the site
  rpc::TlsIdentity tls;
  std::shared_ptr<grpc::Channel> channel;
};

// The codes of http::Site::Start.
absl::StatusOr<std::unique_ptr<http::Site>> StartCounterSite(CounterSiteOptions options);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_COUNTER_SITE_H_
