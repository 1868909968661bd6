#include "central_node/app/console_site.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/console/web/console_assets.h"
#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/rpc/tls_identity.h"

namespace keping::central {
namespace {

constexpr char kSecondHeader[] = "keping-second";
// Every service of this package that the centre's server has, present and future.
constexpr char kDistrictPackage[] = "keping.central.v1";

http::ConnectOptions Behind(const ConsoleSiteOptions& options) {
  ConsoleGate* const gate = options.gate;
  return {.packages = {kDistrictPackage},
          .channel = options.channel,
          .authenticate =
              [gate](const http::Request& request) {
                return gate->Enter(request.path, http::BearerToken(request.headers));
              },
          .authorize =
              [gate](const std::string&, const http::Request&,
                     const google::protobuf::Message& message) { return gate->Allow(message); },
          .session = {.name = absl::StrCat("keping-", options.config->district_id()),
                      .opened_by = kSignInPath,
                      .closed_by = kSignOutPath},
          .passed_on = {kSecondHeader}};
}

}  // namespace

absl::Status ConsoleSite::Start(const ConsoleSiteOptions& options) {
  const config::v1::ConsoleConfig& console = options.config->console();
  if (console.listen().empty() && console.listen_loopback().empty()) return absl::OkStatus();
  KEPING_ASSIGN_OR_RETURN(rpc::TlsIdentity tls, rpc::LoadTlsIdentity(options.config->keys_dir()));
  KEPING_ASSIGN_OR_RETURN(std::unique_ptr<http::Site> site,
                          http::Site::Start({.listen = console.listen(),
                                             .listen_loopback = console.listen_loopback(),
                                             .tls = std::move(tls),
                                             .assets = ConsoleAssets(),
                                             .connect = Behind(options)}));
  absl::MutexLock lock(&mutex_);
  site_ = std::move(site);
  return absl::OkStatus();
}

void ConsoleSite::UseIdentityOf(const std::string& keys_dir) {
  const absl::StatusOr<rpc::TlsIdentity> tls = rpc::LoadTlsIdentity(keys_dir);
  if (!tls.ok()) {
    return observability::LogWarning("console_certificate_not_read",
                                     {{"reason", tls.status().message()}});
  }
  absl::MutexLock lock(&mutex_);
  if (site_ != nullptr) site_->UseIdentity(*tls);
}

// Its handlers wait for the core thread, which must not wait for the mutex meanwhile.
void ConsoleSite::Stop() {
  std::unique_ptr<http::Site> site;
  {
    absl::MutexLock lock(&mutex_);
    std::swap(site, site_);
  }
}

std::vector<std::string> ConsoleSite::addresses() const {
  absl::MutexLock lock(&mutex_);
  return site_ == nullptr ? std::vector<std::string>() : site_->addresses();
}

}  // namespace keping::central
