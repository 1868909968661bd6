#include "common/keys/key_files.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/files/file.h"
#include "common/keys/data_keys.h"
#include "common/keys/machine_witness.h"

namespace keping::keys {
namespace {

namespace fs = std::filesystem;

// "data.1.key"
bool IsDataKey(absl::string_view name) {
  return absl::StartsWith(name, "data.") && absl::EndsWith(name, ".key");
}

}  // namespace

bool IsKeyFileName(absl::string_view name) {
  return !name.empty() && name[0] != '.' && !absl::StrContains(name, '/') && name != kWitnessFile &&
         !absl::EndsWith(name, ".new") && !absl::EndsWith(name, ".next");
}

absl::StatusOr<KeyFiles> ReadKeyFiles(const std::string& keys_dir,
                                      const std::string& credentials_dir) {
  KeyFiles found;
  for (const std::string& folder : {credentials_dir, keys_dir}) {
    if (folder.empty()) continue;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      const std::string name = it->path().filename().string();
      std::error_code ignored;
      if (!IsKeyFileName(name) || !fs::is_regular_file(it->path(), ignored)) continue;
      if (folder == credentials_dir && !IsDataKey(name)) continue;
      KEPING_ASSIGN_OR_RETURN(found[name],
                              files::ReadFile(it->path().string(), crypto::kMaxSecretFileSize));
    }
    if (error && error != std::errc::no_such_file_or_directory) {
      return absl::PermissionDeniedError(absl::StrCat("cannot list the keys folder ", folder, " (",
                                                      error.message(),
                                                      "): correct owner and mode"));
    }
  }
  return found;
}

absl::Status WriteKeyFile(const std::string& keys_dir, const std::string& name,
                          absl::string_view content) {
  return files::WriteFile(
      files::ResolvePath(keys_dir, name), content,
      absl::EndsWith(name, ".pem") ? files::Access::kEveryoneReads : files::Access::kOwnerOnly);
}

}  // namespace keping::keys
