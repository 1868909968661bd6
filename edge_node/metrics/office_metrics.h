// The figures of an office for Prometheus, from the status that its screens show.
//
//   page = OfficeMetrics({.status = *counter.GetStatus({}), .jobs = CountJobs(core.journal()), …});
//
// deploy/dashboards/office.prom is an example of the page.
#ifndef KEPING_EDGE_NODE_METRICS_OFFICE_METRICS_H_
#define KEPING_EDGE_NODE_METRICS_OFFICE_METRICS_H_

#include <string>

#include "absl/time/time.h"
#include "edge_node/core/job_counts.h"
#include "keping/edge/v1/edge.pb.h"

namespace keping::edge {

struct OfficeFigures {
  v1::GetStatusResponse status;
  JobCounts jobs;
  bool log_frozen = false;
  // Of the wall clock: when the newest entry of the log was written; infinite past: it has none.
  absl::Time newest_entry = absl::InfinitePast();
  absl::Time now;
  absl::Time started;   // the program
  std::string version;  // of it
};

// In Prometheus' text format. No personal data; labels are the office, its printers, and names that
// the program has.
std::string OfficeMetrics(const OfficeFigures& figures);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_METRICS_OFFICE_METRICS_H_
