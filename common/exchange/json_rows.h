// The rows of a JSON file, one by one: an array of flat objects, or one object after the other. A
// row that is not in order does not take its neighbours along.
//
//   JsonRows rows(text);
//   while (auto row = rows.Next()) if (row->problem.empty()) Parse(row->text);
#ifndef KEPING_COMMON_EXCHANGE_JSON_ROWS_H_
#define KEPING_COMMON_EXCHANGE_JSON_ROWS_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace keping::exchange {

// Not thread-safe. Keeps `text`, which must outlive it.
class JsonRows {
 public:
  struct Row {
    size_t line = 0;              // on which it begins; the first one is 1
    absl::string_view text = {};  // from { to }; not yet known to be JSON
    std::string problem = {};     // what is wrong with its form, without its content
  };

  explicit JsonRows(absl::string_view text) : text_(text) {}

  // Rows have no objects within, so that every { outside a text begins one.
  std::optional<Row> Next();

 private:
  // Commas, the array's brackets and blanks.
  void SkipBetweenRows();
  Row ReadRow();
  void Step();

  const absl::string_view text_;
  size_t at_ = 0;
  size_t line_ = 1;
};

}  // namespace keping::exchange

#endif  // KEPING_COMMON_EXCHANGE_JSON_ROWS_H_
