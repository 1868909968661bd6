// A table for people: plain text in aligned columns under a heading line.
//
//   Table table({{"Node"}, {"Proven", Align::kRight}});
//   table.AddRow({"susut", "249"});
//   std::cout << table.ToString();
//
//   Node   Proven
//   -----  ------
//   susut     249
#ifndef KEPING_COMMON_CLI_TABLE_H_
#define KEPING_COMMON_CLI_TABLE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace keping::cli {

enum class Align { kLeft, kRight };

struct Column {
  std::string heading;
  Align align = Align::kLeft;
};

// A value; not thread-safe.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as columns. A line break or another control character in a cell shows as a space.
  void AddRow(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // Lines that end with a line break, without trailing blanks.
  std::string ToString() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// "13,387"
std::string WithThousands(int64_t number);
inline std::string Count(uint64_t number) { return WithThousands(static_cast<int64_t>(number)); }

inline std::string YesNo(bool yes) { return yes ? "yes" : "no"; }

// What a cell shows where there is nothing.
inline std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_TABLE_H_
