// A site as browsers meet it, over real sockets.
#include "common/http/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/crypto/x509.h"
#include "common/time/system_clock.h"

namespace keping::http {
namespace {

using ::testing::StartsWith;

constexpr Asset kPage[] = {{"/", "text/html; charset=utf-8", "the page"}};

class SiteTest : public ::testing::Test {
 protected:
  static rpc::TlsIdentity Identity() {
    const absl::Time now = time::SystemClock().Now().wall;
    const auto authority =
        *crypto::CertificateAuthority::Create("bangli", crypto::ValidFor(now, absl::Hours(1)));
    rpc::TlsIdentity tls;
    tls.key_pem = *crypto::MakePrivateKey();
    tls.certificate_pem = *authority.Sign(*crypto::MakeCertificateRequest(tls.key_pem, "susut"),
                                          "susut", crypto::CertificateUse::kServerAndClient,
                                          crypto::ValidFor(now, absl::Hours(1)));
    tls.authority_pem = authority.certificate_pem();
    return tls;
  }

  // The answer to "GET /" of a client that names this host.
  httplib::Result Ask(const std::string& url, const std::string& host) const {
    httplib::Client client(url);
    client.enable_server_certificate_verification(false);
    return client.Get("/", {{"Host", host}});
  }

  const std::unique_ptr<Site> site_ = *Site::Start({.listen = "127.0.0.1:0",
                                                    .listen_loopback = "127.0.0.1:0",
                                                    .tls = Identity(),
                                                    .assets = kPage,
                                                    .connect = {}});
  const std::string loopback_ = site_->addresses()[0];
  const std::string tls_ = site_->addresses()[1];
};

TEST_F(SiteTest, ThisMachineIsMetByItsOwnNames) {
  for (const char* host : {"127.0.0.1:8080", "localhost:8080", "LocalHost", "[::1]:8080", "[::1]",
                           "192.168.1.5:8080", ""}) {
    EXPECT_EQ(Ask(loopback_, host)->body, "the page") << host;
  }
}

// A page of the web whose name points to 127.0.0.1 by now.
TEST_F(SiteTest, ANameOfAnotherIsRefused) {
  for (const char* host :
       {"evil.example", "evil.example:8080", "127.0.0.1.evil.example",
        "localhost.evil.example:8080", "127.0.0.1, evil.example", "[::1].evil.example, [", "::1"}) {
    const auto answer = Ask(loopback_, host);
    EXPECT_EQ(answer->status, 421) << host;
    EXPECT_THAT(answer->body, StartsWith("K-370: ")) << host;
    EXPECT_EQ(answer->get_header_value("cache-control"), "no-store") << host;
  }
}

TEST_F(SiteTest, OverTlsTheCertificateSaysWhoseNameItIs) {
  EXPECT_EQ(Ask(tls_, "loket.susut.example:8443")->body, "the page");
}

}  // namespace
}  // namespace keping::http
