#include "common/metrics/metrics_server.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"

namespace keping::metrics {
namespace {

constexpr char kPath[] = "/metrics";
constexpr char kTextFormat[] = "text/plain; version=0.0.4; charset=utf-8";

// What the core thread was asked. It may answer when nobody waits any more.
struct Question {
  absl::StatusOr<std::string> answer = absl::UnknownError("not answered yet");
  absl::Notification answered;
};

http::Response Plain(int status, absl::string_view sentence) {
  return {.status = status,
          .headers = http::Headers({{"content-type", "text/plain; charset=utf-8"}}),
          .body = absl::StrCat(sentence, "\n"),
          .stream = nullptr};
}

}  // namespace

MetricsServer::MetricsServer(MetricsOptions options) : options_(std::move(options)) {}

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(MetricsOptions options) {
  std::unique_ptr<MetricsServer> server(new MetricsServer(std::move(options)));
  KEPING_ASSIGN_OR_RETURN(server->server_, http::Server::Start({.address = server->options_.address,
                                                                .certificate = std::nullopt,
                                                                .connections = kConnections},
                                                               server.get()));
  return server;
}

std::string MetricsServer::url() const {
  return absl::StrCat("http://", server_->address(), kPath);
}

http::Response MetricsServer::Answer(const http::Request& request, const http::ReadBody&) {
  if (request.path != kPath) return Plain(404, "got another path, want /metrics");
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response refused = Plain(405, "got another method, want GET");
    refused.headers.Set("allow", "GET, HEAD");
    return refused;
  }
  const auto question = std::make_shared<Question>();
  const bool asked = options_.core->Post([question, read = options_.read] {
    question->answer = read();
    question->answered.Notify();
  });
  if (!asked || !question->answered.WaitForNotificationWithTimeout(options_.patience)) {
    return Plain(503, "the node is busy; ask again");
  }
  if (!question->answer.ok()) return Plain(500, question->answer.status().message());
  http::Response page = Plain(200, "");
  page.headers.Set("content-type", kTextFormat);
  page.body = *std::move(question->answer);
  return page;
}

}  // namespace keping::metrics
