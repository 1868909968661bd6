// The district's figures for Prometheus, read from the running centre when they are asked for.
//
//   KEPING_ASSIGN_OR_RETURN(auto page, ServeDistrictMetrics({.config = &config, …}));
#ifndef KEPING_CENTRAL_NODE_APP_DISTRICT_PAGE_H_
#define KEPING_CENTRAL_NODE_APP_DISTRICT_PAGE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "central_node/console/console.h"
#include "central_node/national/national_link.h"
#include "central_node/store/central_node.h"
#include "common/backup/last_backup.h"
#include "common/metrics/metrics_server.h"
#include "common/runtime/core_thread.h"
#include "common/time/clock.h"
#include "keping/config/v1/central.pb.h"

namespace keping::central {

// All outlive the core thread's tasks.
struct DistrictPage {
  const config::v1::CentralConfig* config = nullptr;
  runtime::CoreThread* core = nullptr;
  const CentralNode* node = nullptr;
  Console* console = nullptr;
  const NationalLink* national = nullptr;
  const backup::LastBackup* last_backup = nullptr;
  const time::Clock* clock = nullptr;
};

// Null where the config names no address. The codes of MetricsServer::Start.
absl::StatusOr<std::unique_ptr<metrics::MetricsServer>> ServeDistrictMetrics(
    const DistrictPage& page);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_APP_DISTRICT_PAGE_H_
