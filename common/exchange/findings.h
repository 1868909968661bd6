// What is wrong in a file of other people, for its sender: where and why, and never the value,
// since the list of a file of records would hold personal data else.
//
//   WriteFile(out + "/records.csv.ditolak.csv", FindingsCsv(file.rejected()));
#ifndef KEPING_COMMON_EXCHANGE_FINDINGS_H_
#define KEPING_COMMON_EXCHANGE_FINDINGS_H_

#include <cstddef>
#include <string>
#include <vector>

namespace keping::exchange {

struct Finding {
  size_t line = 0;     // of the file, the first one is 1
  std::string column;  // as the file names it; empty: the whole row
  std::string reason;  // got …, want …
};

// "line 12, nik: got 15 characters, want 16 digits".
std::string Sentence(const Finding& finding);
// A table with a header: line,column,reason.
std::string FindingsCsv(const std::vector<Finding>& findings);

// One line of CSV with its end, quoted where it has to be.
std::string CsvLine(const std::vector<std::string>& fields);

}  // namespace keping::exchange

#endif  // KEPING_COMMON_EXCHANGE_FINDINGS_H_
