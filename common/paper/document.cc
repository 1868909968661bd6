#include "common/paper/document.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace keping::paper {

std::optional<int64_t> SumOf(const Table& table, size_t column) {
  if (!table.columns[column].summed) return std::nullopt;
  int64_t sum = 0;
  for (const std::vector<Cell>& row : table.rows) {
    if (const int64_t* number = std::get_if<int64_t>(&row[column])) sum += *number;
  }
  return sum;
}

Table SideBySide(const Table& table, const std::string& sums) {
  if (table.abreast <= 1) return table;
  Table wide{.title = absl::StrCat(table.title, sums.empty() ? "" : ": ", sums), .columns = {}};
  for (size_t i = 0; i < table.abreast; ++i) {
    for (Column column : table.columns) {
      if (column.summed) column.align = Align::kRight;
      column.summed = false;
      wide.columns.push_back(std::move(column));
    }
  }
  for (size_t i = 0; i < table.rows.size(); ++i) {
    if (i % table.abreast == 0) wide.rows.emplace_back();
    std::vector<Cell>& row = wide.rows.back();
    row.insert(row.end(), table.rows[i].begin(), table.rows[i].end());
  }
  if (!wide.rows.empty()) wide.rows.back().resize(wide.columns.size());
  return wide;
}

namespace {

// Each text with its length, so that no two contents look alike.
void Add(const std::string& text, std::string& all) {
  absl::StrAppend(&all, text.size(), ":", text);
}

void Add(const Table& table, std::string& all) {
  absl::StrAppend(&all, "table ", table.columns.size(), " ", table.rows.size(), ";");
  Add(table.title, all);
  for (const Column& column : table.columns) Add(column.title, all);
  for (const std::vector<Cell>& row : table.rows) {
    for (const Cell& cell : row) {
      const int64_t* number = std::get_if<int64_t>(&cell);
      Add(number != nullptr ? absl::StrCat("#", *number) : std::get<std::string>(cell), all);
    }
  }
}

}  // namespace

crypto::Hash ContentHash(const Document& document) {
  std::string all;
  Add(document.title, all);
  Add(document.subtitle, all);
  for (const Field& field : document.fields) {
    Add(field.label, all);
    Add(field.value, all);
  }
  for (const std::string& paragraph : document.opening) Add(paragraph, all);
  for (const Table& table : document.tables) Add(table, all);
  for (const std::string& note : document.notes) Add(note, all);
  return crypto::Sha256({all});
}

bool HasSums(const Table& table) {
  return !table.rows.empty() && std::any_of(table.columns.begin(), table.columns.end(),
                                            [](const Column& column) { return column.summed; });
}

}  // namespace keping::paper
