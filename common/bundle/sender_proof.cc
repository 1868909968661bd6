#include "common/bundle/sender_proof.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/x509.h"

namespace keping::bundle {
namespace {

//   "keping-log-key-v1" LF node LF incarnation LF key(32 bytes)
std::string Statement(const LogKey& key) {
  return absl::StrCat("keping-log-key-v1\n", key.node.value(), "\n", key.incarnation.value(), "\n",
                      key.public_key);
}

absl::Status Unproven(const Manifest& manifest, absl::string_view why) {
  return absl::PermissionDeniedError(
      absl::StrCat("K-267: nothing shows that this ", KindName(manifest.kind), " is of ",
                   manifest.sender.value(), ", an office of this district: ", why,
                   ". Do not use it; call that office"));
}

}  // namespace

absl::StatusOr<std::string> MakeKeyProof(absl::string_view tls_key_pem, const LogKey& key) {
  return crypto::SignStatement(tls_key_pem, Statement(key));
}

absl::Status CheckSender(const Manifest& manifest, absl::string_view authority_pem) {
  const auto facts = crypto::ReadCertificate(manifest.certificate);
  if (!facts.ok()) return Unproven(manifest, facts.status().message());
  if (facts->node_id != manifest.sender.value()) {
    return Unproven(manifest, absl::StrCat("got the certificate of ", facts->node_id));
  }
  absl::Status status =
      crypto::VerifyCertificate(manifest.certificate, authority_pem, facts->not_before);
  if (status.ok()) {
    status = crypto::VerifyStatement(
        manifest.certificate,
        Statement({manifest.sender, manifest.sender_incarnation, manifest.sender_key}),
        manifest.key_proof);
  }
  return status.ok() ? status : Unproven(manifest, status.message());
}

}  // namespace keping::bundle
