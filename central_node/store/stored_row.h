// A row of the derived tables as it is stored; the default one where there is none.
//
//   KEPING_ASSIGN_OR_RETURN(BlankRow row,
//                           StoredRow<BlankRow>(centre, storage::kBlankRowPrefix, serial.text()));
#ifndef KEPING_CENTRAL_NODE_STORE_STORED_ROW_H_
#define KEPING_CENTRAL_NODE_STORE_STORED_ROW_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "central_node/store/central_node.h"
#include "central_node/store/row_codec.h"
#include "common/base/status_macros.h"

namespace keping::central {

// Nullopt: there is none. DataLoss: the row cannot be read.
template <typename Row>
absl::StatusOr<std::optional<Row>> FindStoredRow(const CentralNode& centre,
                                                 absl::string_view prefix, absl::string_view id) {
  KEPING_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                          centre.store().Get(absl::StrCat(prefix, id)));
  if (!bytes.has_value()) return std::optional<Row>();
  KEPING_ASSIGN_OR_RETURN(Row row, DecodeRow<Row>(*bytes));
  return std::optional<Row>(std::move(row));
}

template <typename Row>
absl::StatusOr<Row> StoredRow(const CentralNode& centre, absl::string_view prefix,
                              absl::string_view id) {
  KEPING_ASSIGN_OR_RETURN(std::optional<Row> row, FindStoredRow<Row>(centre, prefix, id));
  return row.has_value() ? *std::move(row) : Row();
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_STORED_ROW_H_
