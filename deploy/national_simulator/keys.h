// The certificates with which a simulated national server and one district know each other.
//
//   KEPING_RETURN_IF_ERROR(MakeKeys("keys", "bangli", clock.Now().wall));
//   rpc::LoadTlsIdentity("keys/ca.pem", "keys/server.pem", "keys/server.key");
#ifndef KEPING_DEPLOY_NATIONAL_SIMULATOR_KEYS_H_
#define KEPING_DEPLOY_NATIONAL_SIMULATOR_KEYS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace keping::national_simulator {

// The name in the server's certificate, which callers check whatever the address is.
inline constexpr char kServerName[] = "national";

// The files of a keys folder, all PEM.
inline constexpr char kAuthorityFile[] = "ca.pem";
inline constexpr char kServerCertificateFile[] = "server.pem";
inline constexpr char kServerKeyFile[] = "server.key";
inline constexpr char kDistrictCertificateFile[] = "district.pem";
inline constexpr char kDistrictKeyFile[] = "district.key";

// Makes an authority whose key is forgotten at once, and with it the certificates of the server and
// of `district`, for two years from `now`. `folder` is made when it is missing. AlreadyExists when
// it holds keys: none is ever replaced. InvalidArgument: no name for a certificate.
absl::Status MakeKeys(const std::string& folder, const std::string& district, absl::Time now);

}  // namespace keping::national_simulator

#endif  // KEPING_DEPLOY_NATIONAL_SIMULATOR_KEYS_H_
