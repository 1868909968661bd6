// The keys that seal an edge node's records at rest (common/keys/data_keys.h), with what to do
// about lost ones.
#ifndef KEPING_EDGE_NODE_APP_DATA_KEY_H_
#define KEPING_EDGE_NODE_APP_DATA_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/keys/data_keys.h"
#include "common/keys/lost_keys.h"
#include "keping/config/v1/edge.pb.h"

namespace keping::edge {

// See keys::LoadDataKeys.
absl::StatusOr<keys::DataKeys> LoadDataKeys(const config::v1::EdgeConfig& config,
                                            const std::string& credentials_dir);

// See keys::DropRecords. The feed begins anew, so that the next contact brings the records again.
absl::StatusOr<keys::DroppedRecords> DropRecords(const config::v1::EdgeConfig& config,
                                                 const std::string& credentials_dir);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_DATA_KEY_H_
