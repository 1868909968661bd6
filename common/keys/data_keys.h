// The data keys of a node, outside its database: 32 random bytes each, in files `data.1.key`,
// `data.2.key` … The highest number is the current key; the others open what was sealed earlier.
//
//   KEPING_ASSIGN_OR_RETURN(DataKeys keys, DataKeys::Load(config.keys_dir(),
//                                                         runtime::CredentialsDirectory()));
//   KEPING_ASSIGN_OR_RETURN(auto cipher, crypto::RecordCipher::FromKeys(keys.secrets()));
//   KEPING_ASSIGN_OR_RETURN(std::string key, keys.MakeNext());        // then rotate to it
//   KEPING_RETURN_IF_ERROR(keys.DestroyAllBut(rows.named_keys()));    // when that is done
//
// They lie in the keys folder (mode 0600, made by the program), or come as systemd credentials of
// the same names, which the program can only read:
//
//   LoadCredentialEncrypted=data.1.key:/etc/credstore.encrypted/keping-susut.data.1.key
#ifndef KEPING_COMMON_KEYS_DATA_KEYS_H_
#define KEPING_COMMON_KEYS_DATA_KEYS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/seal.h"

namespace keping::keys {

// Not thread-safe.
class DataKeys {
 public:
  // `credentials_dir` is empty where systemd gave none. InvalidArgument: a key of another size, or
  // two different ones under one number. Else the codes of crypto::LoadSecretFile.
  static absl::StatusOr<DataKeys> Load(const std::string& keys_dir,
                                       const std::string& credentials_dir);

  bool empty() const { return keys_.empty(); }
  // In the order of their numbers: the last is the current one.
  std::vector<std::string> secrets() const;

  // Makes the next key in the keys folder and returns it; it is the current one from now on.
  // FailedPrecondition with K-212 when the present one is a credential: the next one has to come
  // the same way. Else the codes of crypto::CreateSecretFile.
  absl::StatusOr<std::string> MakeNext();

  // Destroys every key that is neither current nor one of `named`. Credentials stay: their names
  // are returned, for the administrator to take them out of the service.
  absl::StatusOr<std::vector<std::string>> DestroyAllBut(const std::vector<crypto::KeyId>& named);

 private:
  struct Key {
    std::string secret;
    std::string path;
    bool is_credential = false;
  };

  explicit DataKeys(std::string keys_dir) : keys_dir_(std::move(keys_dir)) {}

  absl::Status LoadFolder(const std::string& folder, bool credentials);

  std::string keys_dir_;
  std::map<uint32_t, Key> keys_;  // by number
};

// "data.3.key"
std::string DataKeyFileName(uint32_t number);

}  // namespace keping::keys

#endif  // KEPING_COMMON_KEYS_DATA_KEYS_H_
