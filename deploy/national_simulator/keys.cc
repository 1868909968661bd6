#include "deploy/national_simulator/keys.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/crypto/x509.h"

namespace keping::national_simulator {
namespace {

using crypto::CertificateAuthority;
using crypto::CertificateUse;

struct Holder {
  std::string name;
  CertificateUse use;
  const char* certificate_file;
  const char* key_file;
};

absl::Status MakeHolderKeys(const std::string& folder, const CertificateAuthority& authority,
                            const Holder& holder, absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(const std::string key, crypto::MakePrivateKey());
  KEPING_ASSIGN_OR_RETURN(const std::string request,
                          crypto::MakeCertificateRequest(key, holder.name));
  KEPING_ASSIGN_OR_RETURN(const std::string certificate,
                          authority.Sign(request, holder.name, holder.use,
                                         crypto::ValidFor(now, crypto::kNodeCertificateValidity)));
  KEPING_RETURN_IF_ERROR(crypto::CreateSecretFile(absl::StrCat(folder, "/", holder.key_file), key));
  return crypto::CreateSecretFile(absl::StrCat(folder, "/", holder.certificate_file), certificate);
}

}  // namespace

absl::Status MakeKeys(const std::string& folder, const std::string& district, absl::Time now) {
  KEPING_RETURN_IF_ERROR(crypto::ValidateCertificateName(district));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return absl::PermissionDeniedError(absl::StrCat("folder for keys: got ", folder,
                                                    ", which cannot be made (", error.message(),
                                                    "), want one that can"));
  }
  KEPING_ASSIGN_OR_RETURN(
      const auto authority,
      CertificateAuthority::Create("national-simulator",
                                   crypto::ValidFor(now, crypto::kAuthorityValidity)));
  KEPING_RETURN_IF_ERROR(crypto::CreateSecretFile(absl::StrCat(folder, "/", kAuthorityFile),
                                                  authority.certificate_pem()));
  KEPING_RETURN_IF_ERROR(MakeHolderKeys(
      folder, authority,
      {kServerName, CertificateUse::kServerAndClient, kServerCertificateFile, kServerKeyFile},
      now));
  return MakeHolderKeys(
      folder, authority,
      {district, CertificateUse::kClient, kDistrictCertificateFile, kDistrictKeyFile}, now);
}

}  // namespace keping::national_simulator
