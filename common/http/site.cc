#include "common/http/site.h"

#include <arpa/inet.h>

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/status_macros.h"

namespace keping::http {
namespace {

ServerCertificate CertificateOf(const rpc::TlsIdentity& tls) {
  return {.chain_pem = absl::StrCat(tls.certificate_pem, tls.authority_pem),
          .key_pem = tls.key_pem};
}

// What a Host header names, without its port; empty when it names nothing.
std::string HostOf(absl::string_view field) {
  const bool bracket = absl::ConsumePrefix(&field, "[");
  const size_t end = std::min(field.find(bracket ? ']' : ':'), field.size());
  absl::string_view port = field.substr(end);
  if (bracket && !absl::ConsumePrefix(&port, "]")) return "";
  const bool good = port.empty() || absl::ConsumePrefix(&port, ":");
  return good && absl::c_all_of(port, absl::ascii_isdigit) ? std::string(field.substr(0, end)) : "";
}

bool IsAddress(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET, host.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

// Whoever owns a name may let it point to 127.0.0.1 once its page is loaded, and this site would be
// of that page's origin. An address cannot be owned like that, and a program says what it likes.
bool IsOfThisMachine(absl::string_view field) {
  const std::string host = HostOf(field);
  return field.empty() || IsAddress(host) || absl::EqualsIgnoreCase(host, "localhost");
}

Response OtherName() {
  Response response{.status = 421, .headers = {}, .body = {}, .stream = nullptr};
  AddSecurityHeaders(response.headers);
  response.headers.Set("content-type", "text/plain; charset=utf-8");
  response.headers.Set("cache-control", "no-store");
  response.body =
      "K-370: halaman ini hanya untuk komputer ini sendiri dan diminta dengan nama lain. Buka "
      "dengan alamat http://127.0.0.1 atau http://localhost, dan nomor port yang sama.\n"
      "K-370: this page is for this machine alone and was asked for by another name. Open it as "
      "http://127.0.0.1 or http://localhost, with the same port.\n";
  return response;
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
  // Over TLS no name is believed that the certificate does not have.
  if (!request.secure && !IsOfThisMachine(request.headers.Get("host"))) return OtherName();
  Handler& handler =
      assets_.Has(request.path) ? static_cast<Handler&>(assets_) : static_cast<Handler&>(adapter_);
  return handler.Answer(request, read_body);
}

}  // namespace keping::http
