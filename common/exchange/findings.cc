#include "common/exchange/findings.h"

#include <csv.h>

#include "absl/strings/str_cat.h"

namespace keping::exchange {

std::string Sentence(const Finding& finding) {
  return absl::StrCat("line ", finding.line, finding.column.empty() ? "" : ", ", finding.column,
                      ": ", finding.reason);
}

std::string CsvLine(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) {
    if (!line.empty()) line += ',';
    if (field.find_first_of(",;\"\r\n") == std::string::npos) {
      line += field;
      continue;
    }
    std::string quoted(2 * field.size() + 2, '\0');
    quoted.resize(csv_write(quoted.data(), quoted.size(), field.data(), field.size()));
    line += quoted;
  }
  return line + "\n";
}

std::string FindingsCsv(const std::vector<Finding>& findings) {
  std::string csv = "line,column,reason\n";
  for (const Finding& finding : findings) {
    csv += CsvLine({absl::StrCat(finding.line), finding.column, finding.reason});
  }
  return csv;
}

}  // namespace keping::exchange
