// Secrets in files outside the database: raw bytes, mode 0600.
//
//   KEPING_ASSIGN_OR_RETURN(std::string key, LoadOrCreateKeyFile("/etc/keping/data.key", 32));
//   KEPING_RETURN_IF_ERROR(CreateSecretFile("/etc/keping/node.pem", pem));   // never overwrites
//   KEPING_ASSIGN_OR_RETURN(std::string pem, LoadSecretFile("/etc/keping/node.pem"));
//
// Errors name the path, never the contents.
#ifndef KEPING_COMMON_CRYPTO_KEY_FILE_H_
#define KEPING_COMMON_CRYPTO_KEY_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace keping::crypto {

// Larger files are refused: a secret is a key or a certificate chain.
inline constexpr size_t kMaxSecretFileSize = 64 * 1024;

// The whole file. NotFound; PermissionDenied: not readable, or readable by group or others;
// InvalidArgument: no regular file, empty or too large; Unavailable: the disk failed.
absl::StatusOr<std::string> LoadSecretFile(const std::string& path);

// The same for a file below systemd's credentials directory, which only the service can read
// whatever the mode of its files says (an access list there shows as readable by the group).
absl::StatusOr<std::string> LoadCredentialFile(const std::string& path);

// Makes the file with mode 0600, whole or not at all, and durable on return. AlreadyExists if there
// is one; NotFound: no such folder; PermissionDenied; ResourceExhausted: disk full; Unavailable.
[[nodiscard]] absl::Status CreateSecretFile(const std::string& path, const std::string& contents);

// Overwrites the file, then removes it, durably. On a disk that moves what it writes (flash) an old
// copy may survive until the disk reuses the place. Nothing is done for a file that is not there.
[[nodiscard]] absl::Status DestroySecretFile(const std::string& path);

// Loads a key of exactly `size` bytes, or makes a random one if there is no file. Of two processes
// that create at once, both get the same key. InvalidArgument: a file of another size.
absl::StatusOr<std::string> LoadOrCreateKeyFile(const std::string& path, size_t size);

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_KEY_FILE_H_
