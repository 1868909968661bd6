// The figures of a district for Prometheus, from the answers that its screens show.
//
//   page = DistrictMetrics({.status = *console.GetStatus({}), .nodes = *console.ListNodes({}), …});
//
// deploy/dashboards/district.prom is an example of the page.
#ifndef KEPING_CENTRAL_NODE_METRICS_DISTRICT_METRICS_H_
#define KEPING_CENTRAL_NODE_METRICS_DISTRICT_METRICS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "absl/time/time.h"
#include "central_node/national/circuit_breaker.h"
#include "common/domain/event.h"
#include "keping/central/v1/central.pb.h"

namespace keping::central {

struct DistrictFigures {
  v1::GetStatusResponse status;
  v1::ListNodesResponse nodes;
  v1::GetStockResponse stock;
  std::set<std::string> offices;  // node ids of the config
  std::map<domain::CaseKind, uint64_t> open_cases;
  CircuitBreaker::State circuit = CircuitBreaker::State::kHalfOpen;
  // Since when the national server does not answer; nullopt: it does, or was not asked yet.
  std::optional<absl::Time> national_down_since;
  std::optional<absl::Time> last_backup;
  uint64_t disk_free_bytes = 0;
  absl::Time now;
  absl::Time started;   // the program
  std::string version;  // of it
};

// In Prometheus' text format. No personal data; labels are the district, its offices, and names
// that the program has.
std::string DistrictMetrics(const DistrictFigures& figures);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_METRICS_DISTRICT_METRICS_H_
