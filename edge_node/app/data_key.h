// The keys that seal an edge node's records at rest (common/keys/data_keys.h), with what to do
// about lost ones.
#ifndef KEPING_EDGE_NODE_APP_DATA_KEY_H_
#define KEPING_EDGE_NODE_APP_DATA_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/keys/data_keys.h"
#include "keping/config/v1/edge.pb.h"

namespace keping::edge {

// The first key is made while there is no database yet. Later a missing key is never made anew,
// since what it sealed would be lost without a word: FailedPrecondition with K-210 then. Else the
// codes of keys::DataKeys::Load. `credentials_dir` as there.
absl::StatusOr<keys::DataKeys> LoadDataKeys(const config::v1::EdgeConfig& config,
                                            const std::string& credentials_dir);

struct DroppedRecords {
  uint64_t rows = 0;
  uint64_t log_entries = 0;  // kept
};

// The way out when a data key is lost for good: the node's database forgets what was sealed, and a
// new key is made where none is left. The node is stopped. FailedPrecondition when it runs, or when
// no key is lost.
absl::StatusOr<DroppedRecords> DropRecords(const config::v1::EdgeConfig& config,
                                           const std::string& credentials_dir);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_DATA_KEY_H_
