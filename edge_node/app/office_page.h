// The office's figures for Prometheus, read from the running node when they are asked for.
//
//   KEPING_ASSIGN_OR_RETURN(auto page, ServeOfficeMetrics({.config = &config, …}));
#ifndef KEPING_EDGE_NODE_APP_OFFICE_PAGE_H_
#define KEPING_EDGE_NODE_APP_OFFICE_PAGE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/metrics/metrics_server.h"
#include "common/runtime/core_thread.h"
#include "edge_node/counter/counter.h"
#include "edge_node/node/edge_node.h"
#include "keping/config/v1/metrics.pb.h"

namespace keping::edge {

// All outlive the core thread's tasks.
struct OfficePage {
  config::v1::MetricsConfig config;
  runtime::CoreThread* core = nullptr;
  const EdgeNode* node = nullptr;
  Counter* counter = nullptr;
};

// Null where the config names no address. The codes of MetricsServer::Start.
absl::StatusOr<std::unique_ptr<metrics::MetricsServer>> ServeOfficeMetrics(const OfficePage& page);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_OFFICE_PAGE_H_
