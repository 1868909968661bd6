#include "edge_node/app/counter_site.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "edge_node/counter/web/counter_assets.h"

namespace keping::edge {
namespace {

constexpr char kSecondHeader[] = "keping-second";
// Every service of this package that the node's server has, present and future.
constexpr char kOperatorPackage[] = "keping.edge.v1";

http::ServerCertificate CertificateOf(const rpc::TlsIdentity& tls) {
  return {.chain_pem = absl::StrCat(tls.certificate_pem, tls.authority_pem),
          .key_pem = tls.key_pem};
}

}  // namespace

CounterSite::CounterSite(CounterSiteOptions options)
    : assets_(CounterAssets()),
      adapter_({.packages = {kOperatorPackage},
                .channel = std::move(options.channel),
                .authenticate =
                    [gate = options.gate](const http::Request& request) {
                      return gate->Enter(request.path, http::BearerToken(request.headers));
                    },
                .authorize =
                    [gate = options.gate](const std::string& caller, const http::Request& request,
                                          const google::protobuf::Message& message) {
                      return gate->Allow(
                          {.person = caller,
                           .token = std::string(http::BearerToken(request.headers)),
                           .confirmation = std::string(request.headers.Get(kSecondHeader))},
                          message);
                    }}) {}

CounterSite::~CounterSite() { Stop(); }

absl::StatusOr<std::unique_ptr<CounterSite>> CounterSite::Start(CounterSiteOptions options) {
  const config::v1::CounterConfig counter = options.counter;
  const http::ServerCertificate certificate = CertificateOf(options.tls);
  std::unique_ptr<CounterSite> site(new CounterSite(std::move(options)));
  if (!counter.listen_loopback().empty()) {
    KEPING_RETURN_IF_ERROR(
        site->Listen({.address = counter.listen_loopback(), .certificate = std::nullopt}));
  }
  if (!counter.listen().empty()) {
    KEPING_RETURN_IF_ERROR(site->Listen({.address = counter.listen(), .certificate = certificate}));
  }
  return site;
}

absl::Status CounterSite::Listen(const http::ServerOptions& options) {
  KEPING_ASSIGN_OR_RETURN(std::unique_ptr<http::Server> server, http::Server::Start(options, this));
  addresses_.push_back(
      absl::StrCat(options.certificate ? "https://" : "http://", server->address()));
  servers_.push_back(std::move(server));
  return absl::OkStatus();
}

void CounterSite::UseIdentity(const rpc::TlsIdentity& tls) {
  for (const auto& server : servers_) {
    // The loopback address has no certificate to change.
    server->UseCertificate(CertificateOf(tls)).IgnoreError();
  }
}

void CounterSite::Stop() {
  adapter_.Shutdown();
  servers_.clear();
}

http::Response CounterSite::Answer(const http::Request& request, const http::ReadBody& read_body) {
  http::Handler& handler = assets_.Has(request.path) ? static_cast<http::Handler&>(assets_)
                                                     : static_cast<http::Handler&>(adapter_);
  return handler.Answer(request, read_body);
}

}  // namespace keping::edge
