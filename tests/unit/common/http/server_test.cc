// The server as a browser meets it: real sockets, the client of the same library.
#include "common/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/crypto/x509.h"
#include "common/time/system_clock.h"

namespace keping::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class Counting : public BodyStream {
 public:
  std::optional<std::string> Next() override {
    if (number_ == 3) return std::nullopt;
    return absl::StrCat(number_++, ";");
  }

 private:
  int number_ = 0;
};

// Says what it got; "/stream" counts; bodies up to 100 bytes, and none on "/unread".
class Echo : public Handler {
 public:
  Response Answer(const Request& request, const ReadBody& read_body) override {
    {
      absl::MutexLock lock(&mutex_);
      asked_.push_back(absl::StrCat(request.method, " ", request.path));
    }
    Response response{.status = 200,
                      .headers = Headers({{"content-type", "application/json"}}),
                      .body = {},
                      .stream = nullptr};
    if (request.path == "/stream") {
      response.stream = std::make_unique<Counting>();
      return response;
    }
    if (request.path == "/unread") return response;
    const absl::StatusOr<std::string> body = read_body(100);
    if (!body.ok()) response.status = absl::IsResourceExhausted(body.status()) ? 429 : 400;
    response.body = absl::StrCat(request.method, " ", request.path, " ",
                                 request.headers.Get("x-name"), " ", body.value_or("-"));
    return response;
  }

  // Every request so far: "POST /a".
  std::vector<std::string> asked() {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }

 private:
  absl::Mutex mutex_;
  std::vector<std::string> asked_ ABSL_GUARDED_BY(mutex_);
};

class HttpServerTest : public ::testing::Test {
 protected:
  static int PortOf(const Server& server) {
    int port = 0;
    EXPECT_TRUE(absl::SimpleAtoi(server.address().substr(server.address().rfind(':') + 1), &port));
    return port;
  }

  Echo echo_;
  const std::unique_ptr<Server> server_ =
      *Server::Start({.address = "127.0.0.1:0", .certificate = {}}, &echo_);
  httplib::Client client_{"127.0.0.1", PortOf(*server_)};
};

TEST_F(HttpServerTest, RequestReachesTheHandler) {
  EXPECT_EQ(client_.Get("/a", {{"X-Name", "ayu"}})->body, "GET /a ayu ");
  EXPECT_EQ(client_.Post("/a", {{"X-Name", "ayu"}}, "abc", "text/plain")->body, "POST /a ayu abc");
  EXPECT_EQ(client_.Put("/a", "abc", "text/plain")->body, "PUT /a  abc");
  EXPECT_EQ(client_.Head("/a")->status, 200);
}

TEST_F(HttpServerTest, NothingIsCompressed) {
  const auto answer = client_.Post("/a", {{"Accept-Encoding", "gzip, br"}}, "abc", "text/plain");
  EXPECT_FALSE(answer->has_header("Content-Encoding"));
  EXPECT_EQ(answer->body, "POST /a  abc");
}

TEST_F(HttpServerTest, BodyBeyondTheLimitIsRefusedAndTheServerGoesOn) {
  EXPECT_EQ(client_.Post("/a", std::string(101, 'x'), "text/plain")->status, 429);
  EXPECT_EQ(client_.Post("/a", std::string(100, 'x'), "text/plain")->status, 200);
}

TEST_F(HttpServerTest, WhatAHandlerLeavesUnreadIsNoRequest) {
  client_.set_keep_alive(true);
  EXPECT_EQ(client_.Post("/unread", "GET /smuggled HTTP/1.1\r\n\r\n", "text/plain")->status, 200);
  EXPECT_EQ(client_.Get("/next")->body, "GET /next  ");
}

TEST_F(HttpServerTest, StreamArrivesPieceByPiece) {
  const auto answer = client_.Get("/stream");
  EXPECT_EQ(answer->body, "0;1;2;");
  EXPECT_EQ(answer->get_header_value("Transfer-Encoding"), "chunked");
}

TEST_F(HttpServerTest, PortInUseIsNamed) {
  const auto second = Server::Start({.address = server_->address(), .certificate = {}}, &echo_);
  EXPECT_TRUE(absl::IsAlreadyExists(second.status()));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(server_->address()));
}

TEST_F(HttpServerTest, AddressThatIsNone) {
  for (const char* address : {"localhost", "127.0.0.1:http", "256.0.0.1:0"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(
        Server::Start({.address = address, .certificate = {}}, &echo_).status()))
        << address;
  }
}

TEST_F(HttpServerTest, StopsWithAConnectionOpen) {
  client_.set_keep_alive(true);
  ASSERT_EQ(client_.Get("/a")->status, 200);
  server_->Stop();
  EXPECT_FALSE(client_.Get("/a"));
}

// Of the certificate that a server on this machine shows.
std::string Fingerprint(int port) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  BIO* connection = BIO_new_ssl_connect(context);
  BIO_set_conn_hostname(connection, absl::StrCat("127.0.0.1:", port).c_str());
  std::string fingerprint;
  if (BIO_do_connect(connection) == 1 && BIO_do_handshake(connection) == 1) {
    SSL* ssl = nullptr;
    BIO_get_ssl(connection, &ssl);
    X509* certificate = SSL_get1_peer_certificate(ssl);
    BIO* pem = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(pem, certificate);
    char* data = nullptr;
    const auto size = static_cast<size_t>(BIO_get_mem_data(pem, &data));
    fingerprint = crypto::ReadCertificate({data, size})->fingerprint;
    BIO_free(pem);
    X509_free(certificate);
  }
  BIO_free_all(connection);
  SSL_CTX_free(context);
  return fingerprint;
}
std::string FingerprintOf(const ServerCertificate& certificate) {
  return crypto::ReadCertificate(certificate.chain_pem)->fingerprint;
}

class HttpsServerTest : public HttpServerTest {
 protected:
  HttpsServerTest() {
    certificate_.key_pem = *crypto::MakePrivateKey();
    certificate_.chain_pem = *authority_.Sign(
        *crypto::MakeCertificateRequest(certificate_.key_pem, "susut"), "susut",
        crypto::CertificateUse::kServerAndClient, crypto::ValidFor(now_, absl::Hours(1)));
  }

  const absl::Time now_ = time::SystemClock().Now().wall;
  const crypto::CertificateAuthority authority_ = *crypto::CertificateAuthority::Create(
      "bangli", crypto::ValidFor(now_, crypto::kAuthorityValidity));
  ServerCertificate certificate_;
};

TEST_F(HttpsServerTest, ServesByTheNodesCertificate) {
  certificate_.chain_pem += authority_.certificate_pem();
  const auto server =
      *Server::Start({.address = "127.0.0.1:0", .certificate = certificate_}, &echo_);
  httplib::SSLClient client("localhost", PortOf(*server));
  X509_STORE* trusted = X509_STORE_new();
  BIO* pem = BIO_new_mem_buf(authority_.certificate_pem().data(), -1);
  X509* root = PEM_read_bio_X509(pem, nullptr, nullptr, nullptr);
  X509_STORE_add_cert(trusted, root);
  X509_free(root);
  BIO_free(pem);
  client.set_ca_cert_store(trusted);
  client.enable_server_certificate_verification(true);
  const auto answer = client.Get("/a");
  ASSERT_TRUE(answer) << httplib::to_string(answer.error());
  EXPECT_EQ(answer->body, "GET /a  ");
}

TEST_F(HttpsServerTest, AnotherCertificateServesTheNextConnections) {
  const auto server =
      *Server::Start({.address = "127.0.0.1:0", .certificate = certificate_}, &echo_);
  const auto served = [&server] { return Fingerprint(PortOf(*server)); };
  EXPECT_EQ(served(), FingerprintOf(certificate_));
  ServerCertificate fresh;
  fresh.key_pem = *crypto::MakePrivateKey();
  fresh.chain_pem = *authority_.Sign(*crypto::MakeCertificateRequest(fresh.key_pem, "susut"),
                                     "susut", crypto::CertificateUse::kServerAndClient,
                                     crypto::ValidFor(now_, absl::Hours(2)));
  ASSERT_TRUE(server->UseCertificate(fresh).ok());
  EXPECT_EQ(served(), FingerprintOf(fresh));
  // One that does not fit its key changes nothing.
  ServerCertificate torn = certificate_;
  torn.key_pem = fresh.key_pem;
  EXPECT_TRUE(absl::IsInvalidArgument(server->UseCertificate(torn)));
  EXPECT_EQ(served(), FingerprintOf(fresh));
}

TEST_F(HttpsServerTest, KeyOfAnotherCertificateIsRefused) {
  certificate_.key_pem = *crypto::MakePrivateKey();
  EXPECT_TRUE(absl::IsInvalidArgument(
      Server::Start({.address = "127.0.0.1:0", .certificate = certificate_}, &echo_).status()));
  certificate_.chain_pem = "no certificate";
  EXPECT_TRUE(absl::IsInvalidArgument(
      Server::Start({.address = "127.0.0.1:0", .certificate = certificate_}, &echo_).status()));
}

std::string ManyRequests() {
  std::string text;
  while (text.size() < 64 * 1024) {
    text += "\r\nPOST /smuggled HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n";
  }
  return text;
}

std::string Post(absl::string_view path, absl::string_view type, absl::string_view body) {
  return absl::StrCat("POST ", path, " HTTP/1.1\r\nHost: localhost\r\nContent-Type: ", type,
                      "\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
}

constexpr char kFormType[] = "multipart/form-data; boundary=b";

// As a form of any page in the web may send it to us, without asking.
std::string FormOf(absl::string_view value) {
  return absl::StrCat("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n", value,
                      "\r\n--b--\r\n");
}

// Over TLS, where nothing that is left unread gets lost.
class HttpsBodyTest : public HttpsServerTest {
 protected:
  // Sends bytes as they are, and `next` when an answer begins to come; returns all that comes until
  // the server closes.
  std::string Exchange(const std::string& bytes, std::string next = "") const {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    BIO* connection = BIO_new_ssl_connect(context);
    BIO_set_conn_hostname(connection, secure_->address().c_str());
    std::string answer;
    if (BIO_do_connect(connection) == 1) {
      // Of a connection that is closed meanwhile, reading tells.
      BIO_write(connection, bytes.data(), static_cast<int>(bytes.size()));
      char piece[4096];
      for (int size = 0; (size = BIO_read(connection, piece, sizeof(piece))) > 0;) {
        answer.append(piece, static_cast<size_t>(size));
        if (!next.empty()) BIO_write(connection, next.data(), static_cast<int>(next.size()));
        next.clear();
      }
    }
    BIO_free_all(connection);
    SSL_CTX_free(context);
    return answer;
  }

  const std::unique_ptr<Server> secure_ =
      *Server::Start({.address = "127.0.0.1:0", .certificate = certificate_}, &echo_);
};

TEST_F(HttpsBodyTest, AFormsBodyIsNoRequest) {
  const std::string form = Post("/unread", kFormType, FormOf(ManyRequests()));
  EXPECT_THAT(Exchange(form), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(echo_.asked(), ElementsAre("POST /unread"));
}

TEST_F(HttpsBodyTest, AFormThatIsNoneEndsItsConnection) {
  const std::string no_form = Post("/unread", kFormType, ManyRequests());
  EXPECT_THAT(Exchange(no_form), StartsWith("HTTP/1.1 200"));
  const std::string read = Post("/a", kFormType, ManyRequests());
  EXPECT_THAT(Exchange(read), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(echo_.asked(), ElementsAre("POST /unread", "POST /a"));
}

TEST_F(HttpsBodyTest, WhatIsTooLongIsNoRequest) {
  const std::string answer =
      Exchange(Post("/a", "application/json", ManyRequests()), Post("/next", "a", ""));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 429"));
  EXPECT_THAT(answer, HasSubstr("POST /next"));
  EXPECT_THAT(echo_.asked(), ElementsAre("POST /a", "POST /next"));
}

// In pieces of a megabyte, longer than the server reads to the end.
TEST_F(HttpsBodyTest, WhatIsMuchTooLongEndsItsConnection) {
  std::string bytes = "POST /a HTTP/1.1\r\nContent-Type: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 17; ++i) {
    absl::StrAppend(&bytes, "100000\r\n", std::string(0x100000, 'x'), "\r\n");
  }
  absl::StrAppend(&bytes, "0\r\n\r\n", Post("/next", "a", ""));
  EXPECT_THAT(Exchange(bytes), HasSubstr("Connection: close"));
  EXPECT_THAT(echo_.asked(), ElementsAre("POST /a"));
}

TEST_F(HttpsBodyTest, ABodyWithoutAReaderEndsItsConnection) {
  const std::string rest = absl::StrCat("Content-Length: 99999\r\n\r\n", ManyRequests());
  const std::string none = "DELETE /unread HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string& request : {"GET /unread HTTP/1.1\r\n" + rest,
                                     "OPTIONS /a HTTP/1.1\r\n" + rest, none + ManyRequests()}) {
    EXPECT_THAT(Exchange(request), StartsWith("HTTP/1.1 200"));
  }
  EXPECT_THAT(echo_.asked(), ElementsAre("GET /unread", "OPTIONS /a", "DELETE /unread"));
}

// The library answers these itself, without reading on.
TEST_F(HttpsBodyTest, WhatTheLibraryRefusesEndsItsConnection) {
  const std::string long_path = Post("/" + std::string(9000, 'a'), "text/plain", ManyRequests());
  EXPECT_THAT(Exchange(long_path), StartsWith("HTTP/1.1 414"));
  const std::string long_field = absl::StrCat("POST /a HTTP/1.1\r\nx: ", std::string(9000, 'a'),
                                              "\r\nContent-Length: 99999\r\n\r\n", ManyRequests());
  EXPECT_THAT(Exchange(long_field), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(echo_.asked(), IsEmpty());
}

}  // namespace
}  // namespace keping::http
