// `keping verify-report`: whether a day report on paper is what a node signed.
//
//   absl::StatusOr<std::string> sentence = VerifyDayReport({.file = "report.txt", .public_key =
//   hex});
#ifndef KEPING_COMMON_CLI_VERIFY_REPORT_H_
#define KEPING_COMMON_CLI_VERIFY_REPORT_H_

#include <string>

#include "absl/status/statusor.h"

namespace keping::cli {

struct VerifyReportRequest {
  std::string file;
  std::string public_key;  // of the node's log key, 64 hexadecimal digits
};

// What the report is, for people. PermissionDenied or InvalidArgument: it is not good
// (common/domain/day_report.h).
absl::StatusOr<std::string> VerifyDayReport(const VerifyReportRequest& request);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_VERIFY_REPORT_H_
