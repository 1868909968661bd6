// Who a node is to others: its certificate and key, and the authority of its district.
//
//   KEPING_ASSIGN_OR_RETURN(TlsIdentity identity, LoadTlsIdentity(config.keys_dir()));
#ifndef KEPING_COMMON_RPC_TLS_IDENTITY_H_
#define KEPING_COMMON_RPC_TLS_IDENTITY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace keping::rpc {

// The names of the files in a keys folder.
inline constexpr char kAuthorityFile[] = "ca.pem";
inline constexpr char kCertificateFile[] = "node.pem";
inline constexpr char kKeyFile[] = "node.key";

// All PEM. A value; it holds a private key, so never log it.
struct TlsIdentity {
  std::string authority_pem;
  std::string certificate_pem;
  std::string key_pem;
};

// From three files of any name. The codes of files::ReadFile and crypto::LoadSecretFile; the latter
// refuses a key that others can read.
absl::StatusOr<TlsIdentity> LoadTlsIdentity(const std::string& authority_file,
                                            const std::string& certificate_file,
                                            const std::string& key_file);

// From the files of a keys folder.
absl::StatusOr<TlsIdentity> LoadTlsIdentity(const std::string& keys_dir);

// Writes the files of a keys folder, which exists. The certificate comes last: a folder with a
// certificate is complete.
absl::Status StoreTlsIdentity(const std::string& keys_dir, const TlsIdentity& identity);

// Puts another key and certificate in the place of those that are there. A crash leaves the old
// pair, or the new one, or what FinishReplacement makes into the new one.
absl::Status ReplaceTlsIdentity(const std::string& keys_dir, const TlsIdentity& identity);

// To be called before a keys folder is read. Does nothing where no replacement was cut off.
absl::Status FinishReplacement(const std::string& keys_dir);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_TLS_IDENTITY_H_
