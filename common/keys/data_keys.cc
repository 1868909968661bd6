#include "common/keys/data_keys.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/crypto/random.h"

namespace keping::keys {
namespace {

std::optional<uint32_t> NumberOf(const std::string& file_name) {
  const std::vector<std::string> parts = absl::StrSplit(file_name, '.');
  uint32_t number = 0;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &number)) return std::nullopt;
  if (number == 0 || file_name != DataKeyFileName(number)) return std::nullopt;
  return number;
}

}  // namespace

std::string DataKeyFileName(uint32_t number) { return absl::StrCat("data.", number, ".key"); }

absl::StatusOr<DataKeys> DataKeys::Load(const std::string& keys_dir,
                                        const std::string& credentials_dir) {
  DataKeys keys(keys_dir);
  KEPING_RETURN_IF_ERROR(keys.LoadFolder(keys_dir, false));
  if (!credentials_dir.empty()) KEPING_RETURN_IF_ERROR(keys.LoadFolder(credentials_dir, true));
  return keys;
}

absl::Status DataKeys::LoadFolder(const std::string& folder, bool credentials) {
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    const std::optional<uint32_t> number = NumberOf(it->path().filename().string());
    if (!number) continue;
    const std::string path = it->path().string();
    KEPING_ASSIGN_OR_RETURN(std::string secret, credentials ? crypto::LoadCredentialFile(path)
                                                            : crypto::LoadSecretFile(path));
    if (secret.size() != crypto::kSealKeySize) {
      return absl::InvalidArgumentError(absl::StrCat("data key ", path, ": got ", secret.size(),
                                                     " bytes, want ", crypto::kSealKeySize,
                                                     "; restore it from its backup"));
    }
    const auto known = keys_.find(*number);
    if (known != keys_.end() && known->second.secret != secret) {
      return absl::InvalidArgumentError(
          absl::StrCat("data key ", path, ": got another key than ", known->second.path,
                       ", want one key for each number; give one of them the next number"));
    }
    keys_[*number] = {std::move(secret), path, credentials};
  }
  // A folder that is not there holds no keys.
  if (!error || error == std::errc::no_such_file_or_directory) return absl::OkStatus();
  return absl::PermissionDeniedError(absl::StrCat("cannot list the keys folder ", folder, " (",
                                                  error.message(), "): correct owner and mode"));
}

std::vector<std::string> DataKeys::secrets() const {
  std::vector<std::string> secrets;
  for (const auto& [number, key] : keys_) secrets.push_back(key.secret);
  return secrets;
}

absl::StatusOr<std::string> DataKeys::MakeNext() {
  uint32_t number = 1;
  if (!keys_.empty()) {
    const auto& [last, current] = *keys_.rbegin();
    number = last + 1;
    if (current.is_credential) {
      return absl::FailedPreconditionError(absl::StrCat(
          "K-212: the data key is a systemd credential, which this program cannot make. Add ",
          DataKeyFileName(number), " beside ", DataKeyFileName(last),
          " to the service's credentials and restart it: the change of keys then goes on by "
          "itself."));
    }
  }
  Key key{crypto::RandomBytes(crypto::kSealKeySize),
          absl::StrCat(keys_dir_, "/", DataKeyFileName(number)), false};
  KEPING_RETURN_IF_ERROR(crypto::CreateSecretFile(key.path, key.secret));
  std::string secret = key.secret;
  keys_[number] = std::move(key);
  return secret;
}

absl::StatusOr<std::vector<std::string>> DataKeys::DestroyAllBut(
    const std::vector<crypto::KeyId>& named) {
  std::vector<std::string> left;
  for (auto it = keys_.begin(); it != keys_.end();) {
    const Key& key = it->second;
    const bool needed =
        std::next(it) == keys_.end() ||
        std::find(named.begin(), named.end(), crypto::KeyIdOf(key.secret)) != named.end();
    if (!needed && key.is_credential) left.push_back(DataKeyFileName(it->first));
    if (needed || key.is_credential) {
      ++it;
      continue;
    }
    KEPING_RETURN_IF_ERROR(crypto::DestroySecretFile(key.path));
    it = keys_.erase(it);
  }
  return left;
}

}  // namespace keping::keys
