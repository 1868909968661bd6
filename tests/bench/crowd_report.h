// What keping-bench-storm-nodes says at its end, in one line.
//
//   std::cout << FormatCrowdReport(report) << std::endl;
//   KEPING_ASSIGN_OR_RETURN(CrowdReport same, ParseCrowdReport(line));
#ifndef KEPING_TESTS_BENCH_CROWD_REPORT_H_
#define KEPING_TESTS_BENCH_CROWD_REPORT_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace keping::bench {

struct CrowdReport {
  double seconds = 0;      // from the first node's call to the last one's end
  double cpu_seconds = 0;  // of the program meanwhile
  uint64_t waits = 0;      // nodes that were told to wait for their turn
  // The longest time from a segment or a receipt to the next receipt.
  double longest_receipt_seconds = 0;
  uint64_t errors = 0;
  std::string first_error = {};
};

std::string FormatCrowdReport(const CrowdReport& report);
absl::StatusOr<CrowdReport> ParseCrowdReport(const std::string& line);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_CROWD_REPORT_H_
