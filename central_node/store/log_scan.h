// Every entry that the centre holds and has judged, for what no row keeps: the causes of spoilage,
// the days of moves.
//
//   KEPING_RETURN_IF_ERROR(ScanLogs(centre, [&](const ArrivedEntry& entry) { … }));
//
// Reads all of the logs, some microseconds an entry: for papers, not for screens.
#ifndef KEPING_CENTRAL_NODE_STORE_LOG_SCAN_H_
#define KEPING_CENTRAL_NODE_STORE_LOG_SCAN_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "central_node/core/input.h"
#include "central_node/store/central_node.h"
#include "central_node/store/row_codec.h"
#include "common/storage/key_space.h"

namespace keping::central {

// The centre's own log, then the logs of each node with their branches, each from its first entry.
// DataLoss when an entry cannot be read.
absl::Status ScanLogs(const CentralNode& centre,
                      absl::FunctionRef<void(const ArrivedEntry& entry)> visit);

// The rows of one table in the order of their keys; `id` is the key without its prefix. An error of
// `visit` ends it. DataLoss: a row cannot be read.
template <typename Row>
absl::Status ScanRows(const CentralNode& centre, absl::string_view prefix,
                      absl::FunctionRef<absl::Status(absl::string_view id, const Row& row)> visit) {
  absl::Status status;
  const absl::Status scanned = centre.store().Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view bytes) {
        const absl::StatusOr<Row> row = DecodeRow<Row>(bytes);
        status = row.ok() ? visit(key.substr(prefix.size()), *row) : row.status();
        return status.ok();
      });
  return scanned.ok() ? status : scanned;
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_LOG_SCAN_H_
