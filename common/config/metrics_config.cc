#include "common/config/metrics_config.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace keping::config {
namespace {

constexpr char kField[] = "metrics.listen";
constexpr char kLoopback[] = "127.0.0.1";

}  // namespace

void CompleteMetrics(v1::MetricsConfig* metrics) {
  if (absl::StartsWith(metrics->listen(), ":")) {
    metrics->set_listen(absl::StrCat(kLoopback, metrics->listen()));
  }
}

void ValidateMetrics(const v1::MetricsConfig& metrics, Problems* problems) {
  const std::string& listen = metrics.listen();
  if (listen.empty()) return;
  problems->RequireAddress(kField, listen, 0);
  if (absl::StartsWith(listen, "0.0.0.0:") || absl::StartsWith(listen, "[::]:")) {
    problems->Add(kField, absl::StrCat("\"", listen, "\""),
                  "one address of this machine, such as 127.0.0.1:9464: whoever reaches it may "
                  "read how many blanks lie where");
  }
}

}  // namespace keping::config
