#include "edge_node/app/office_page.h"

#include <string>

#include "common/base/status_macros.h"
#include "common/time/hybrid_clock.h"
#include "edge_node/core/job_counts.h"
#include "edge_node/metrics/office_metrics.h"

namespace keping::edge {
namespace {

// The wall clock's part of a hybrid time.
absl::Time WallOf(time::HybridTime hybrid) {
  constexpr int kCounterBits = 16;
  return absl::FromUnixMillis(static_cast<int64_t>(hybrid.value >> kCounterBits));
}

absl::StatusOr<std::string> ReadPage(const EdgeNode& node, Counter& counter, absl::Time started) {
  OfficeFigures figures;
  KEPING_ASSIGN_OR_RETURN(figures.status, counter.GetStatus({}));
  figures.jobs = CountJobs(node.core().journal());
  figures.log_frozen = node.store().frozen().has_value();
  const storage::EventLog& log = node.store().log();
  if (log.head().seq > 0) figures.newest_entry = WallOf(log.last_hybrid_time());
  figures.now = node.Now().wall;
  figures.started = started;
  figures.version = KEPING_VERSION;
  return OfficeMetrics(figures);
}

}  // namespace

absl::StatusOr<std::unique_ptr<metrics::MetricsServer>> ServeOfficeMetrics(const OfficePage& page) {
  if (page.config.listen().empty()) return std::unique_ptr<metrics::MetricsServer>();
  return metrics::MetricsServer::Start(
      {.address = page.config.listen(),
       .core = page.core,
       .read = [node = page.node, counter = page.counter, started = page.node->Now().wall] {
         return ReadPage(*node, *counter, started);
       }});
}

}  // namespace keping::edge
