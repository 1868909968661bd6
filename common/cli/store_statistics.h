// How much a node's store holds, without looking at what: for a support bundle.
//
//   v1::StoreStatistics statistics = MeasureFiles(config.data_dir() + "/db");
//   KEPING_RETURN_IF_ERROR(MeasureRows(*store, &statistics));     // of a stopped node
#ifndef KEPING_COMMON_CLI_STORE_STATISTICS_H_
#define KEPING_COMMON_CLI_STORE_STATISTICS_H_

#include <string>

#include "absl/status/status.h"
#include "common/storage/kv_store.h"
#include "keping/cli/v1/upkeep.pb.h"

namespace keping::cli {

// Empty for a folder that cannot be read.
v1::StoreStatistics MeasureFiles(const std::string& database);

// Counts rows, and finds the last entry of every log. DataLoss when a part cannot be read: what was
// counted before is there.
absl::Status MeasureRows(const storage::KvStore& store, v1::StoreStatistics* statistics);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_STORE_STATISTICS_H_
