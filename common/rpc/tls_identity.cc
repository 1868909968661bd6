#include "common/rpc/tls_identity.h"

#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/files/file.h"

namespace keping::rpc {
namespace {

constexpr size_t kMaxPemBytes = 64 * 1024;

}  // namespace

absl::StatusOr<TlsIdentity> LoadTlsIdentity(const std::string& authority_file,
                                            const std::string& certificate_file,
                                            const std::string& key_file) {
  TlsIdentity identity;
  KEPING_ASSIGN_OR_RETURN(identity.authority_pem, files::ReadFile(authority_file, kMaxPemBytes));
  KEPING_ASSIGN_OR_RETURN(identity.certificate_pem,
                          files::ReadFile(certificate_file, kMaxPemBytes));
  KEPING_ASSIGN_OR_RETURN(identity.key_pem, crypto::LoadSecretFile(key_file));
  return identity;
}

absl::StatusOr<TlsIdentity> LoadTlsIdentity(const std::string& keys_dir) {
  return LoadTlsIdentity(files::ResolvePath(keys_dir, kAuthorityFile),
                         files::ResolvePath(keys_dir, kCertificateFile),
                         files::ResolvePath(keys_dir, kKeyFile));
}

absl::Status StoreTlsIdentity(const std::string& keys_dir, const TlsIdentity& identity) {
  using files::Access;
  KEPING_RETURN_IF_ERROR(files::WriteFile(files::ResolvePath(keys_dir, kAuthorityFile),
                                          identity.authority_pem, Access::kEveryoneReads));
  KEPING_RETURN_IF_ERROR(files::WriteFile(files::ResolvePath(keys_dir, kKeyFile), identity.key_pem,
                                          Access::kOwnerOnly));
  return files::WriteFile(files::ResolvePath(keys_dir, kCertificateFile), identity.certificate_pem,
                          Access::kEveryoneReads);
}

}  // namespace keping::rpc
