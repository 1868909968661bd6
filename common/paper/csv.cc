#include "common/paper/csv.h"

#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace keping::paper {
namespace {

void AppendField(absl::string_view text, std::string& csv) {
  if (!csv.empty() && csv.back() != '\n') csv.push_back(',');
  if (text.find_first_of(",\"\r\n") == absl::string_view::npos) {
    // An only, empty field would be an empty line.
    absl::StrAppend(&csv, text.empty() ? "\"\"" : text);
    return;
  }
  absl::StrAppend(&csv, "\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

// OWASP, CSV Injection: what a spreadsheet computes begins so.
std::string PlainText(const std::string& text) {
  constexpr absl::string_view kFormula("=+-@\t\r");
  const bool formula = !text.empty() && kFormula.find(text[0]) != absl::string_view::npos;
  return formula ? absl::StrCat("'", text) : text;
}

std::string Plain(const Cell& cell) {
  if (const int64_t* number = std::get_if<int64_t>(&cell)) return absl::StrCat(*number);
  return PlainText(std::get<std::string>(cell));
}

}  // namespace

absl::StatusOr<std::string> RenderCsv(const Document& document, size_t table) {
  if (table == 0 || table > document.tables.size()) {
    return absl::InvalidArgumentError(absl::StrCat("K-351: got table ", table, ", want 1 to ",
                                                   document.tables.size(),
                                                   ": so many this paper has"));
  }
  const Table& one = document.tables[table - 1];
  std::string csv;
  for (const Column& column : one.columns) AppendField(PlainText(column.title), csv);
  absl::StrAppend(&csv, "\r\n");
  for (const std::vector<Cell>& row : one.rows) {
    for (const Cell& cell : row) AppendField(Plain(cell), csv);
    absl::StrAppend(&csv, "\r\n");
  }
  return csv;
}

}  // namespace keping::paper
