#include "common/exchange/csv_rows.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace keping::exchange {
namespace {

constexpr absl::string_view kSeparatorLine = "sep=";
constexpr size_t kBufferBytes = size_t{64} << 10;

// What the parser calls back into.
struct Collected {
  std::vector<std::string> fields;
  bool whole = false;
};

void OnField(void* bytes, size_t size, void* to) {
  static_cast<Collected*>(to)->fields.emplace_back(static_cast<const char*>(bytes), size);
}

void OnRow(int, void* to) { static_cast<Collected*>(to)->whole = true; }

bool IsEmpty(const std::vector<std::string>& fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [](const std::string& field) { return field.empty(); });
}

}  // namespace

CsvRows::CsvRows(absl::string_view text) : text_(text) {
  csv_init(&parser_, 0);
  ChooseSeparator();
  Restart();
}

CsvRows::~CsvRows() { csv_free(&parser_); }

void CsvRows::ChooseSeparator() {
  const absl::string_view first = TakeLine();
  if (absl::StartsWith(first, kSeparatorLine) && first.size() > kSeparatorLine.size()) {
    separator_ = first[kSeparatorLine.size()];
    return;
  }
  at_ = 0;
  line_ = 1;
  ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t'}) {
    const ptrdiff_t found = std::count(first.begin(), first.end(), candidate);
    if (found > most) separator_ = candidate;
    most = std::max(most, found);
  }
}

void CsvRows::Restart() {
  csv_free(&parser_);
  csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_delim(&parser_, static_cast<unsigned char>(separator_));
  csv_set_blk_size(&parser_, kBufferBytes);
  if (separator_ == CSV_TAB) {
    csv_set_space_func(&parser_, [](unsigned char c) { return static_cast<int>(c == CSV_SPACE); });
  }
}

absl::string_view CsvRows::TakeLine() {
  const size_t from = at_;
  at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
  if (at_ < text_.size()) at_ += absl::StartsWith(text_.substr(at_), "\r\n") ? 2 : 1;
  ++line_;
  return text_.substr(from, at_ - from);
}

CsvRows::Row CsvRows::ReadRow() {
  Row row{.line = line_};
  const size_t from = at_;
  Collected collected;
  const auto feed = [&](absl::string_view bytes) {
    return csv_parse(&parser_, bytes.data(), bytes.size(), &OnField, &OnRow, &collected) ==
           bytes.size();
  };
  bool in_order = true;
  while (in_order && !collected.whole && at_ < text_.size() && at_ - from < kMaxRowBytes) {
    in_order = feed(TakeLine());
  }
  if (in_order && !collected.whole && at_ == text_.size()) {
    in_order = csv_fini(&parser_, &OnField, &OnRow, &collected) == 0;
  }
  row.fields = std::move(collected.fields);
  if (in_order && collected.whole) return row;
  row.problem = in_order ? "got a quote that is not closed, want one at both ends of a value"
                         : "got a quote within a value or text after a closing one, want quotes at "
                           "both ends of a value and doubled within it";
  Restart();
  return row;
}

std::optional<CsvRows::Row> CsvRows::Next(size_t columns) {
  while (at_ < text_.size()) {
    const size_t from = at_;
    const size_t first_line = line_;
    if (absl::StripAsciiWhitespace(TakeLine()).empty()) continue;
    const size_t second_line_at = at_;
    at_ = from;
    line_ = first_line;
    Row row = ReadRow();
    if (row.problem.empty() && IsEmpty(row.fields)) continue;
    if (row.problem.empty() && columns != kAnyNumber && row.fields.size() != columns) {
      row.problem = absl::StrCat("got ", row.fields.size(), " columns, want ", columns);
    }
    if (!row.problem.empty()) {
      at_ = second_line_at;
      line_ = first_line + 1;
    }
    return row;
  }
  return std::nullopt;
}

}  // namespace keping::exchange
