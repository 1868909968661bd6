#include "tests/bench/crowd_report.h"

#include <sstream>

#include "absl/strings/str_cat.h"

namespace keping::bench {

std::string FormatCrowdReport(const CrowdReport& report) {
  return absl::StrCat("done ", report.seconds, " ", report.cpu_seconds, " ", report.waits, " ",
                      report.longest_receipt_seconds, " ", report.errors, " ", report.first_error);
}

absl::StatusOr<CrowdReport> ParseCrowdReport(const std::string& line) {
  std::istringstream in(line);
  std::string word;
  CrowdReport report;
  in >> word >> report.seconds >> report.cpu_seconds >> report.waits >>
      report.longest_receipt_seconds >> report.errors;
  if (!in || word != "done") {
    return absl::InternalError(
        absl::StrCat("got \"", line, "\" from the program of the nodes, want its report"));
  }
  std::getline(in >> std::ws, report.first_error);
  return report;
}

}  // namespace keping::bench
