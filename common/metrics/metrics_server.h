// Where Prometheus asks for a node's figures: GET /metrics, and nothing else.
//
//   KEPING_ASSIGN_OR_RETURN(auto server, MetricsServer::Start({.address = "127.0.0.1:9464",
//                                                              .core = core.get(),
//                                                              .read = [this] { … }}));
//   server->url();   // "http://127.0.0.1:9464/metrics"
//
// Without TLS and sign-in: the address is one that only the administration reaches.
#ifndef KEPING_COMMON_METRICS_METRICS_SERVER_H_
#define KEPING_COMMON_METRICS_METRICS_SERVER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/http/message.h"
#include "common/http/server.h"
#include "common/runtime/core_thread.h"

namespace keping::metrics {

struct MetricsOptions {
  // Prometheus itself gives up after ten seconds, unless it is told otherwise.
  static constexpr absl::Duration kPatience = absl::Seconds(5);

  std::string address;                  // host:port; port 0 takes a free one
  runtime::CoreThread* core = nullptr;  // outlives the server
  // The page (exposition.h); called on the core thread, which may run it after the server has
  // stopped.
  std::function<absl::StatusOr<std::string>()> read;
  // A core that does not answer within so long is said to be busy.
  absl::Duration patience = kPatience;
};

// Made and destroyed on the main thread, before the core thread stops.
class MetricsServer : private http::Handler {
 public:
  // Nobody but Prometheus asks here.
  static constexpr int kConnections = 4;

  // The codes of http::Server::Start.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(MetricsOptions options);

  std::string url() const;

 private:
  explicit MetricsServer(MetricsOptions options);

  http::Response Answer(const http::Request& request, const http::ReadBody& read_body) override;

  const MetricsOptions options_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace keping::metrics

#endif  // KEPING_COMMON_METRICS_METRICS_SERVER_H_
