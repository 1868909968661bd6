#include "common/http/site.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::http {
namespace {

ServerCertificate CertificateOf(const rpc::TlsIdentity& tls) {
  return {.chain_pem = absl::StrCat(tls.certificate_pem, tls.authority_pem),
          .key_pem = tls.key_pem};
}

}  // namespace

Site::Site(SiteOptions options) : assets_(options.assets), adapter_(std::move(options.connect)) {}

Site::~Site() { Stop(); }

absl::StatusOr<std::unique_ptr<Site>> Site::Start(SiteOptions options) {
  const std::string listen = options.listen;
  const std::string loopback = options.listen_loopback;
  const ServerCertificate certificate = CertificateOf(options.tls);
  std::unique_ptr<Site> site(new Site(std::move(options)));
  if (!loopback.empty()) {
    KEPING_RETURN_IF_ERROR(site->Listen({.address = loopback, .certificate = std::nullopt}));
  }
  if (!listen.empty()) {
    KEPING_RETURN_IF_ERROR(site->Listen({.address = listen, .certificate = certificate}));
  }
  return site;
}

absl::Status Site::Listen(const ServerOptions& options) {
  KEPING_ASSIGN_OR_RETURN(std::unique_ptr<Server> server, Server::Start(options, this));
  addresses_.push_back(
      absl::StrCat(options.certificate ? "https://" : "http://", server->address()));
  servers_.push_back(std::move(server));
  return absl::OkStatus();
}

void Site::UseIdentity(const rpc::TlsIdentity& tls) {
  for (const auto& server : servers_) {
    // The loopback address has no certificate to change.
    server->UseCertificate(CertificateOf(tls)).IgnoreError();
  }
}

void Site::Stop() {
  adapter_.Shutdown();
  servers_.clear();
}

Response Site::Answer(const Request& request, const ReadBody& read_body) {
  Handler& handler =
      assets_.Has(request.path) ? static_cast<Handler&>(assets_) : static_cast<Handler&>(adapter_);
  return handler.Answer(request, read_body);
}

}  // namespace keping::http
