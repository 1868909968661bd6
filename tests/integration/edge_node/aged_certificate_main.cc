// Gives a node a certificate of its own key that is two years old, and of which so many hours are
// left; less than none when it has expired:
//
//   keping_aged_certificate CENTRAL_KEYS_DIR EDGE_KEYS_DIR NODE HOURS_LEFT
#include <iostream>
#include <string>

#include "absl/strings/numbers.h"
#include "common/base/status_macros.h"
#include "common/crypto/key_file.h"
#include "common/crypto/x509.h"
#include "common/files/file.h"
#include "common/time/system_clock.h"

namespace keping::tests {
namespace {

constexpr size_t kMaxPemBytes = 64 * 1024;
constexpr absl::Duration kYear = absl::Hours(24 * 365);

absl::Status Age(const std::string& central_keys, const std::string& edge_keys,
                 const std::string& node, absl::Duration left) {
  KEPING_ASSIGN_OR_RETURN(const std::string ca_pem,
                          files::ReadFile(central_keys + "/ca.pem", kMaxPemBytes));
  KEPING_ASSIGN_OR_RETURN(const std::string ca_key,
                          crypto::LoadSecretFile(central_keys + "/ca.key"));
  KEPING_ASSIGN_OR_RETURN(const auto authority, crypto::CertificateAuthority::Load(ca_pem, ca_key));
  KEPING_ASSIGN_OR_RETURN(const std::string key, crypto::LoadSecretFile(edge_keys + "/node.key"));
  KEPING_ASSIGN_OR_RETURN(const std::string request, crypto::MakeCertificateRequest(key, node));
  const absl::Time now = time::SystemClock().Now().wall;
  KEPING_ASSIGN_OR_RETURN(const std::string certificate,
                          authority.Sign(request, node, crypto::CertificateUse::kServerAndClient,
                                         {.from = now - 2 * kYear, .until = now + left}));
  return files::WriteFile(edge_keys + "/node.pem", certificate, files::Access::kEveryoneReads);
}

}  // namespace
}  // namespace keping::tests

int main(int argc, char** argv) {
  int hours = 0;
  if (argc != 5 || !absl::SimpleAtoi(argv[4], &hours)) return 2;
  const absl::Status status = keping::tests::Age(argv[1], argv[2], argv[3], absl::Hours(hours));
  if (!status.ok()) std::cerr << status << std::endl;
  return status.ok() ? 0 : 1;
}
