#include "edge_node/app/data_key.h"

#include <filesystem>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/key_file.h"
#include "common/crypto/seal.h"

namespace keping::edge {

absl::StatusOr<std::string> LoadDataKey(const std::string& keys_dir, const std::string& data_dir) {
  const std::string path = keys_dir + "/data.key";
  std::error_code ignored;
  if (!std::filesystem::exists(data_dir + "/db/CURRENT", ignored)) {
    return crypto::LoadOrCreateKeyFile(path, crypto::kSealKeySize);
  }
  absl::StatusOr<std::string> key = crypto::LoadSecretFile(path);
  if (!absl::IsNotFound(key.status())) return key;
  return absl::FailedPreconditionError(absl::StrCat(
      "got a database without ", path, ", want the key that sealed it: put the file back"));
}

}  // namespace keping::edge
