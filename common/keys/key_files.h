// The files of a keys folder, as they are kept elsewhere and put back.
//
//   KEPING_ASSIGN_OR_RETURN(KeyFiles files, ReadKeyFiles(config.keys_dir(), credentials_dir));
//   KEPING_RETURN_IF_ERROR(WriteKeyFile(keys_dir, name, content));
#ifndef KEPING_COMMON_KEYS_KEY_FILES_H_
#define KEPING_COMMON_KEYS_KEY_FILES_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::keys {

// Files of the centre without which a district is not this district (beside the data keys, and the
// authority's certificate, rpc::kAuthorityFile).
inline constexpr char kAuthorityKeyFile[] = "ca.key";
inline constexpr char kReceiptKeyFile[] = "receipt.key";
inline constexpr char kCodeKeyFile[] = "code.key";
inline constexpr char kNikLookupKeyFile[] = "nik.key";  // of the keyed hash of NIKs
// The certificates that the centre serves, which it makes again from its own.
inline constexpr char kChainFile[] = "chain.pem";

using KeyFiles = std::map<std::string, std::string>;  // content by name; never log it

// All regular files of the folder, and the data keys that systemd gave. Left out: the witness,
// which speaks of one machine and one moment; what a replacement that goes on has not finished. A
// folder that is not there has none. InvalidArgument: a file is too large for a key. Else the codes
// of files::ReadFile.
absl::StatusOr<KeyFiles> ReadKeyFiles(const std::string& keys_dir,
                                      const std::string& credentials_dir);

// Whether a file of this name is one of them: a name, and no path.
bool IsKeyFileName(absl::string_view name);

// Durable on return; certificates may be read by everyone. The codes of files::WriteFile.
absl::Status WriteKeyFile(const std::string& keys_dir, const std::string& name,
                          absl::string_view content);

}  // namespace keping::keys

#endif  // KEPING_COMMON_KEYS_KEY_FILES_H_
