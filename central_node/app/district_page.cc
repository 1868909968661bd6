#include "central_node/app/district_page.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "central_node/metrics/district_metrics.h"
#include "central_node/store/queries.h"
#include "common/base/status_macros.h"
#include "common/storage/ballast.h"

namespace keping::central {
namespace {

// Lives on the core thread.
class PageReader {
 public:
  explicit PageReader(const DistrictPage& page) : page_(page), started_(page.clock->Now().wall) {}

  absl::StatusOr<std::string> Read() {
    DistrictFigures figures;
    KEPING_ASSIGN_OR_RETURN(figures.status, page_.console->GetStatus({}));
    KEPING_ASSIGN_OR_RETURN(figures.nodes, page_.console->ListNodes({}));
    KEPING_ASSIGN_OR_RETURN(figures.stock, page_.console->GetStock({}));
    KEPING_RETURN_IF_ERROR(CountCases());
    figures.open_cases = open_cases_;
    for (const config::v1::OfficeConfig& office : page_.config->offices()) {
      figures.offices.insert(office.node_id());
    }
    const CircuitBreaker& breaker = page_.national->breaker();
    figures.circuit = breaker.state();
    if (!page_.national->connected() && breaker.since() > absl::InfinitePast()) {
      figures.national_down_since = breaker.since();
    }
    figures.last_backup = page_.last_backup->made_at();
    figures.disk_free_bytes = storage::FreeBytes(page_.config->data_dir());
    figures.now = page_.clock->Now().wall;
    figures.started = started_;
    figures.version = KEPING_VERSION;
    return DistrictMetrics(figures);
  }

 private:
  // Reads all cases, so only when one of them may have changed: that is an entry of the own log.
  absl::Status CountCases() {
    const uint64_t seq = page_.node->log_head().seq;
    if (counted_at_ == seq) return absl::OkStatus();
    KEPING_ASSIGN_OR_RETURN(open_cases_, CountOpenCasesByKind(*page_.node));
    counted_at_ = seq;
    return absl::OkStatus();
  }

  const DistrictPage page_;
  const absl::Time started_;
  std::optional<uint64_t> counted_at_;
  std::map<domain::CaseKind, uint64_t> open_cases_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<metrics::MetricsServer>> ServeDistrictMetrics(
    const DistrictPage& page) {
  const std::string& listen = page.config->metrics().listen();
  if (listen.empty()) return std::unique_ptr<metrics::MetricsServer>();
  return metrics::MetricsServer::Start(
      {.address = listen, .core = page.core, .read = [reader = std::make_shared<PageReader>(page)] {
         return reader->Read();
       }});
}

}  // namespace keping::central
