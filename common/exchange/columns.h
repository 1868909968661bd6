// The columns of the CSV files: named like the fields of keping.national.v1, and what people write
// in them. Where a spreadsheet has no good form for a field, the column has a name of its own:
// birth_date and date are days ("1990-04-03" or "03-04-1990"), enrolled_at is a moment
// ("2017-04-27T09:15:00+08:00"); values of a list are their codes or their words.
//
//   const Column* column = FindColumn(FileKind::kRecords, "birth_date");
//   absl::Status status = column->set("1990-04-03", &record);
#ifndef KEPING_COMMON_EXCHANGE_COLUMNS_H_
#define KEPING_COMMON_EXCHANGE_COLUMNS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/exchange/file_type.h"

namespace google::protobuf {
class Message;
}

namespace keping::exchange {

struct Column {
  using Setter = absl::Status (*)(const Column& column, const std::string& text,
                                  google::protobuf::Message* row);

  const char* name;
  bool required;  // in the header
  Setter set;     // InvalidArgument: got …, want …, without the value
  // A row may leave a required column empty.
  bool may_be_empty = false;
};

// In the order in which they are documented.
const std::vector<Column>& ColumnsOf(FileKind kind);
// Nullptr: there is none.
const Column* FindColumn(FileKind kind, absl::string_view name);
// The name that a CSV file has for a field of the message.
std::string ColumnOfField(absl::string_view field);

// An empty message of the kind.
std::unique_ptr<google::protobuf::Message> NewRow(FileKind kind);

}  // namespace keping::exchange

#endif  // KEPING_COMMON_EXCHANGE_COLUMNS_H_
