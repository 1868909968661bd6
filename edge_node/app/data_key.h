// The key that seals an edge node's records at rest: a file of the keys folder.
#ifndef KEPING_EDGE_NODE_APP_DATA_KEY_H_
#define KEPING_EDGE_NODE_APP_DATA_KEY_H_

#include <string>

#include "absl/status/statusor.h"

namespace keping::edge {

// `keys_dir`/data.key, made once, while `data_dir` holds no database yet. Later a missing key is
// never made anew, since what it sealed would be lost without a word: FailedPrecondition then. Else
// the codes of crypto::LoadSecretFile.
absl::StatusOr<std::string> LoadDataKey(const std::string& keys_dir, const std::string& data_dir);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_DATA_KEY_H_
