#include "common/exchange/json_rows.h"

#include "absl/strings/ascii.h"

namespace keping::exchange {

void JsonRows::Step() {
  if (text_[at_] == '\n') ++line_;
  ++at_;
}

void JsonRows::SkipBetweenRows() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ',' && c != '[' && c != ']' && !absl::ascii_isspace(c)) return;
    Step();
  }
}

JsonRows::Row JsonRows::ReadRow() {
  Row row{.line = line_};
  const size_t from = at_;
  bool in_text = false;
  Step();
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (in_text && c == '\n') {
      row.problem = "got a text without its closing quote, want it closed on its line";
      return row;
    }
    if (!in_text && c == '{') {
      row.problem = "got another { before this row's }, want flat rows, each closed";
      return row;
    }
    if (in_text && c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') Step();
    if (c == '"') in_text = !in_text;
    Step();
    if (!in_text && c == '}') {
      row.text = text_.substr(from, at_ - from);
      return row;
    }
  }
  row.problem = "got the end of the file within this row, want a } before; is the file whole?";
  return row;
}

std::optional<JsonRows::Row> JsonRows::Next() {
  SkipBetweenRows();
  if (at_ == text_.size()) return std::nullopt;
  if (text_[at_] == '{') return ReadRow();
  // One finding for each line of it.
  Row row{.line = line_, .problem = "got text outside of a row, want { … }"};
  while (at_ < text_.size() && text_[at_] != '{' && text_[at_] != '\n') Step();
  return row;
}

}  // namespace keping::exchange
