// The part of a node's configuration that says where Prometheus finds its figures.
#ifndef KEPING_COMMON_CONFIG_METRICS_CONFIG_H_
#define KEPING_COMMON_CONFIG_METRICS_CONFIG_H_

#include "common/config/problems.h"
#include "keping/config/v1/metrics.pb.h"

namespace keping::config {

// ":9464" becomes "127.0.0.1:9464". Absent stays absent.
void CompleteMetrics(v1::MetricsConfig* metrics);

void ValidateMetrics(const v1::MetricsConfig& metrics, Problems* problems);

}  // namespace keping::config

#endif  // KEPING_COMMON_CONFIG_METRICS_CONFIG_H_
