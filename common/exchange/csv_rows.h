// The rows of a CSV file, one by one, and none lost to its neighbour's mistakes (RFC 4180, with
// commas, semicolons or tabs, and any line ends).
//
//   CsvRows rows(text);
//   std::optional<CsvRows::Row> header = rows.Next(CsvRows::kAnyNumber);
//   while (auto row = rows.Next(header->fields.size())) if (row->problem.empty()) Use(row->fields);
//
// A row may go over several lines where a value has line breaks between its quotes. But one that is
// not in order (a quote that is never closed, a wrong number of values) counts as its first line
// only, and reading goes on at the second: it cannot swallow the good rows below it.
#ifndef KEPING_COMMON_EXCHANGE_CSV_ROWS_H_
#define KEPING_COMMON_EXCHANGE_CSV_ROWS_H_

#include <csv.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace keping::exchange {

// Not thread-safe. Keeps `text`, which must outlive it.
class CsvRows {
 public:
  static constexpr size_t kAnyNumber = 0;
  // More in one row is a quote that is not closed.
  static constexpr size_t kMaxRowBytes = size_t{1} << 20;

  struct Row {
    size_t line = 0;  // the first one is 1
    std::vector<std::string> fields = {};
    std::string problem = {};  // what is wrong with its form, without its content
  };

  // Takes for the separator whichever the first line has most of. A first line "sep=;" names it.
  explicit CsvRows(absl::string_view text);
  ~CsvRows();
  CsvRows(const CsvRows&) = delete;
  CsvRows& operator=(const CsvRows&) = delete;

  // The next row, which should have so many `columns`; nullopt at the end. Rows of nothing but
  // separators and blanks are passed over: spreadsheets leave them behind.
  std::optional<Row> Next(size_t columns);

 private:
  void ChooseSeparator();
  // The line at `at_` with its end; moves on.
  absl::string_view TakeLine();
  Row ReadRow();
  void Restart();

  const absl::string_view text_;
  size_t at_ = 0;
  size_t line_ = 1;  // the number of the line at `at_`
  char separator_ = ',';
  csv_parser parser_;
};

}  // namespace keping::exchange

#endif  // KEPING_COMMON_EXCHANGE_CSV_ROWS_H_
