#include "central_node/sync_service/district_keys.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/files/file.h"
#include "common/keys/key_files.h"

namespace keping::central {
namespace {

using crypto::CertificateAuthority;
using files::ResolvePath;
using keys::kAuthorityKeyFile;
using keys::kChainFile;
using keys::kCodeKeyFile;
using keys::kReceiptKeyFile;

constexpr size_t kCodeKeySize = 32;
constexpr size_t kMaxPemBytes = 64 * 1024;

// The key is written first: a certificate without its key is damage, a key alone a crash.
absl::StatusOr<CertificateAuthority> MakeAuthority(const std::string& keys_dir,
                                                   const std::string& district_id, absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(
      CertificateAuthority authority,
      CertificateAuthority::Create(district_id, crypto::ValidFor(now, crypto::kAuthorityValidity)));
  KEPING_RETURN_IF_ERROR(files::WriteFile(ResolvePath(keys_dir, kAuthorityKeyFile),
                                          authority.key_pem(), files::Access::kOwnerOnly));
  KEPING_RETURN_IF_ERROR(files::WriteFile(ResolvePath(keys_dir, rpc::kAuthorityFile),
                                          authority.certificate_pem(),
                                          files::Access::kEveryoneReads));
  return authority;
}

absl::Status Incomplete(const std::string& keys_dir, const char* missing) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the district's authority is incomplete: got no ", missing, " in ", keys_dir, ", want ",
      rpc::kAuthorityFile, " and ", kAuthorityKeyFile,
      "; restore it from its backup, because a new authority would lock every node out"));
}

absl::StatusOr<CertificateAuthority> LoadOrMakeAuthority(const std::string& keys_dir,
                                                         const std::string& district_id,
                                                         absl::Time now) {
  const absl::StatusOr<std::string> certificate =
      files::ReadFile(ResolvePath(keys_dir, rpc::kAuthorityFile), kMaxPemBytes);
  if (absl::IsNotFound(certificate.status())) {
    const auto issued = files::ReadFile(ResolvePath(keys_dir, rpc::kCertificateFile), kMaxPemBytes);
    if (!absl::IsNotFound(issued.status())) return Incomplete(keys_dir, rpc::kAuthorityFile);
    return MakeAuthority(keys_dir, district_id, now);
  }
  if (!certificate.ok()) return certificate.status();
  const absl::StatusOr<std::string> key =
      crypto::LoadSecretFile(ResolvePath(keys_dir, kAuthorityKeyFile));
  if (absl::IsNotFound(key.status())) return Incomplete(keys_dir, kAuthorityKeyFile);
  if (!key.ok()) return key.status();
  return CertificateAuthority::Load(*certificate, *key);
}

// With the authority's own certificate, so that a node about to enrol can check its fingerprint.
// Nothing is written when it is there already.
absl::Status KeepChain(const std::string& keys_dir, const rpc::TlsIdentity& identity) {
  const std::string path = ResolvePath(keys_dir, kChainFile);
  const std::string chain = absl::StrCat(identity.certificate_pem, identity.authority_pem);
  const absl::StatusOr<std::string> present = files::ReadFile(path, kMaxPemBytes);
  if (present.ok() && *present == chain) return absl::OkStatus();
  return files::WriteFile(path, chain, files::Access::kEveryoneReads);
}

absl::StatusOr<rpc::TlsIdentity> MakeServerIdentity(const CertificateAuthority& authority,
                                                    absl::Time now) {
  rpc::TlsIdentity identity;
  identity.authority_pem = authority.certificate_pem();
  KEPING_ASSIGN_OR_RETURN(identity.key_pem, crypto::MakePrivateKey());
  KEPING_ASSIGN_OR_RETURN(std::string request,
                          crypto::MakeCertificateRequest(identity.key_pem, crypto::kCentralNodeId));
  KEPING_ASSIGN_OR_RETURN(
      identity.certificate_pem,
      authority.Sign(request, crypto::kCentralNodeId, crypto::CertificateUse::kServerAndClient,
                     crypto::ValidFor(now, crypto::kNodeCertificateValidity)));
  return identity;
}

absl::StatusOr<rpc::TlsIdentity> LoadOrMakeServerIdentity(const std::string& keys_dir,
                                                          const CertificateAuthority& authority,
                                                          absl::Time now) {
  KEPING_RETURN_IF_ERROR(rpc::FinishReplacement(keys_dir));
  absl::StatusOr<rpc::TlsIdentity> tls = rpc::LoadTlsIdentity(keys_dir);
  if (absl::IsNotFound(tls.status())) {
    tls = MakeServerIdentity(authority, now);
    if (tls.ok()) KEPING_RETURN_IF_ERROR(rpc::StoreTlsIdentity(keys_dir, *tls));
  }
  if (tls.ok()) KEPING_RETURN_IF_ERROR(KeepChain(keys_dir, *tls));
  return tls;
}

}  // namespace

absl::StatusOr<DistrictKeys> LoadOrMakeDistrictKeys(const std::string& keys_dir,
                                                    const std::string& district_id,
                                                    const time::Clock& clock) {
  const absl::Time now = clock.Now().wall;
  KEPING_RETURN_IF_ERROR(files::MakePrivateFolder(keys_dir));
  KEPING_ASSIGN_OR_RETURN(CertificateAuthority authority,
                          LoadOrMakeAuthority(keys_dir, district_id, now));
  KEPING_ASSIGN_OR_RETURN(crypto::CertificateFacts facts,
                          crypto::ReadCertificate(authority.certificate_pem()));
  KEPING_ASSIGN_OR_RETURN(rpc::TlsIdentity tls, LoadOrMakeServerIdentity(keys_dir, authority, now));
  KEPING_ASSIGN_OR_RETURN(
      std::string seed,
      crypto::LoadOrCreateKeyFile(ResolvePath(keys_dir, kReceiptKeyFile), crypto::kSignerSeedSize));
  KEPING_ASSIGN_OR_RETURN(auto signer, crypto::MakeEd25519Signer(seed));
  KEPING_ASSIGN_OR_RETURN(
      std::string code_key,
      crypto::LoadOrCreateKeyFile(ResolvePath(keys_dir, kCodeKeyFile), kCodeKeySize));
  return DistrictKeys{std::move(authority), crypto::ShortFingerprint(facts.fingerprint),
                      std::move(tls), std::move(signer), std::move(code_key)};
}

rpc::TlsFiles ServedFiles(const std::string& keys_dir) {
  return {.authority = ResolvePath(keys_dir, rpc::kAuthorityFile),
          .chain = ResolvePath(keys_dir, kChainFile),
          .key = ResolvePath(keys_dir, rpc::kKeyFile)};
}

absl::StatusOr<bool> RenewServerIdentity(const std::string& keys_dir,
                                         const CertificateAuthority& authority, absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(const rpc::TlsIdentity present, rpc::LoadTlsIdentity(keys_dir));
  KEPING_ASSIGN_OR_RETURN(const crypto::CertificateFacts facts,
                          crypto::ReadCertificate(present.certificate_pem));
  if (!crypto::DueForRenewal(facts, now)) {
    // The last renewal may have ended between the pair and its chain.
    KEPING_RETURN_IF_ERROR(KeepChain(keys_dir, present));
    return false;
  }
  KEPING_ASSIGN_OR_RETURN(const crypto::CertificateFacts own,
                          crypto::ReadCertificate(authority.certificate_pem()));
  if (now < own.not_before || now > own.not_after) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-253: this machine's clock shows ",
        absl::FormatTime("%Y-%m-%d", now, absl::UTCTimeZone()),
        ", the district's authority is valid from ",
        absl::FormatTime("%Y-%m-%d", own.not_before, absl::UTCTimeZone()), " to ",
        absl::FormatTime("%Y-%m-%d", own.not_after, absl::UTCTimeZone()), ": set the clock"));
  }
  KEPING_ASSIGN_OR_RETURN(const rpc::TlsIdentity identity, MakeServerIdentity(authority, now));
  KEPING_RETURN_IF_ERROR(rpc::ReplaceTlsIdentity(keys_dir, identity));
  KEPING_RETURN_IF_ERROR(KeepChain(keys_dir, identity));
  return true;
}

}  // namespace keping::central
