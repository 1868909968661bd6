#include "common/rpc/tls_identity.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/crypto/x509.h"
#include "common/files/file.h"

namespace keping::rpc {
namespace {

constexpr size_t kMaxPemBytes = 64 * 1024;
// The pair that is about to take the place of the other one, complete when both are there and fit.
constexpr char kNextCertificateFile[] = "node.pem.next";
constexpr char kNextKeyFile[] = "node.key.next";

absl::Status WritePair(const std::string& key_path, const std::string& key_pem,
                       const std::string& certificate_path, const std::string& certificate_pem) {
  KEPING_RETURN_IF_ERROR(files::WriteFile(key_path, key_pem, files::Access::kOwnerOnly));
  return files::WriteFile(certificate_path, certificate_pem, files::Access::kEveryoneReads);
}

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
  KEPING_RETURN_IF_ERROR(files::WriteFile(files::ResolvePath(keys_dir, kAuthorityFile),
                                          identity.authority_pem, files::Access::kEveryoneReads));
  return WritePair(files::ResolvePath(keys_dir, kKeyFile), identity.key_pem,
                   files::ResolvePath(keys_dir, kCertificateFile), identity.certificate_pem);
}

absl::Status ReplaceTlsIdentity(const std::string& keys_dir, const TlsIdentity& identity) {
  KEPING_RETURN_IF_ERROR(crypto::CheckKeyPair(identity.certificate_pem, identity.key_pem));
  KEPING_RETURN_IF_ERROR(WritePair(files::ResolvePath(keys_dir, kNextKeyFile), identity.key_pem,
                                   files::ResolvePath(keys_dir, kNextCertificateFile),
                                   identity.certificate_pem));
  return FinishReplacement(keys_dir);
}

absl::Status FinishReplacement(const std::string& keys_dir) {
  const std::string next_certificate = files::ResolvePath(keys_dir, kNextCertificateFile);
  const std::string next_key = files::ResolvePath(keys_dir, kNextKeyFile);
  const absl::StatusOr<std::string> certificate = files::ReadFile(next_certificate, kMaxPemBytes);
  if (absl::IsNotFound(certificate.status())) return absl::OkStatus();
  KEPING_RETURN_IF_ERROR(certificate.status());
  const absl::StatusOr<std::string> key = crypto::LoadSecretFile(next_key);
  // A certificate alone is what a power cut brought back after its pair had moved.
  if (!key.ok() && !absl::IsNotFound(key.status())) return key.status();
  // A key alone is newer than the certificate that an earlier replacement left behind.
  if (key.ok() && crypto::CheckKeyPair(*certificate, *key).ok()) {
    KEPING_RETURN_IF_ERROR(WritePair(files::ResolvePath(keys_dir, kKeyFile), *key,
                                     files::ResolvePath(keys_dir, kCertificateFile), *certificate));
  }
  std::error_code error;
  std::filesystem::remove(next_certificate, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot remove ", next_certificate, ": ", error.message()));
  }
  return crypto::DestroySecretFile(next_key);
}

}  // namespace keping::rpc
