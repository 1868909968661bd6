#include "common/http/server.h"

#include <httplib.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <thread>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/rpc/listen.h"

namespace keping::http {
namespace {

constexpr int kIdleSeconds = 2;
constexpr int kReadSeconds = 10;
constexpr int kWriteSeconds = 30;
constexpr size_t kRequestsPerConnection = 10'000;
// Above every handler's own limit, which is the one that counts.
constexpr size_t kMaxBodyBytes = 16 * 1024 * 1024;
constexpr char kEveryPath[] = ".*";

bool UsePem(SSL_CTX* context, const ServerCertificate& certificate) {
  BIO* chain =
      BIO_new_mem_buf(certificate.chain_pem.data(), static_cast<int>(certificate.chain_pem.size()));
  BIO* key =
      BIO_new_mem_buf(certificate.key_pem.data(), static_cast<int>(certificate.key_pem.size()));
  X509* leaf = PEM_read_bio_X509(chain, nullptr, nullptr, nullptr);
  EVP_PKEY* secret = PEM_read_bio_PrivateKey(key, nullptr, nullptr, nullptr);
  absl::Cleanup free_all = [&] {
    BIO_free(chain);
    BIO_free(key);
    X509_free(leaf);
    EVP_PKEY_free(secret);
  };
  if (leaf == nullptr || secret == nullptr || SSL_CTX_use_certificate(context, leaf) != 1 ||
      SSL_CTX_use_PrivateKey(context, secret) != 1) {
    return false;
  }
  // The rest of the file is the chain; the context owns what it was given.
  while (X509* issuer = PEM_read_bio_X509(chain, nullptr, nullptr, nullptr)) {
    if (SSL_CTX_add_extra_chain_cert(context, issuer) == 1) continue;
    X509_free(issuer);
    return false;
  }
  return SSL_CTX_check_private_key(context) == 1;
}

std::unique_ptr<httplib::Server> MakeLibraryServer(const ServerOptions& options) {
  if (!options.certificate) return std::make_unique<httplib::Server>();
  return std::make_unique<httplib::SSLServer>([&options](SSL_CTX& context) {
    return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1 &&
           UsePem(&context, *options.certificate);
  });
}

Request ToRequest(const httplib::Request& from) {
  Request request{.method = from.method, .path = from.path, .headers = {}};
  for (const auto& [name, value] : from.headers) request.headers.Add(name, value);
  return request;
}

void Fill(Response&& from, httplib::Response& to) {
  to.status = from.status;
  std::string type;
  for (const auto& [name, value] : from.headers.fields()) {
    if (name == "content-type") {
      type = value;
    } else {
      to.set_header(name, value);
    }
  }
  if (from.stream != nullptr) {
    auto stream = std::shared_ptr<BodyStream>(std::move(from.stream));
    to.set_chunked_content_provider(type, [stream](size_t, httplib::DataSink& sink) {
      const std::optional<std::string> piece = stream->Next();
      if (piece) return sink.write(piece->data(), piece->size());
      sink.done();
      return true;
    });
    return;
  }
  if (from.body.empty()) {
    if (!type.empty()) to.set_header("content-type", type);
    return;
  }
  // Of a provider with a known length the library knows not to compress what it sends.
  auto body = std::make_shared<const std::string>(std::move(from.body));
  to.set_content_provider(body->size(), type,
                          [body](size_t offset, size_t length, httplib::DataSink& sink) {
                            return sink.write(body->data() + offset, length);
                          });
}

// Reads within a limit; what a handler leaves unread is read and dropped, so that the connection
// goes on with the next request.
class Body {
 public:
  Body(const httplib::Request& request, const httplib::ContentReader& reader)
      : readable_(!request.is_multipart_form_data()), reader_(reader) {}

  absl::StatusOr<std::string> Read(size_t limit) {
    std::string body;
    bool too_long = false;
    taken_ = true;
    const bool whole = readable_ && reader_([&](const char* data, size_t size) {
                         too_long = too_long || body.size() + size > limit;
                         if (!too_long) body.append(data, size);
                         return !too_long;
                       });
    if (too_long) {
      return absl::ResourceExhaustedError(
          absl::StrCat("got a body of more than ", limit, " bytes, want less"));
    }
    if (!whole) return absl::DataLossError("got a body that broke off, want all of it");
    return body;
  }

  void DropRest() {
    if (!taken_ && readable_) reader_([](const char*, size_t) { return true; });
  }

 private:
  const bool readable_;
  const httplib::ContentReader& reader_;
  bool taken_ = false;
};

void Route(httplib::Server& server, Handler* handler) {
  const auto without_body = [handler](const httplib::Request& request,
                                      httplib::Response& response) {
    Fill(handler->Answer(ToRequest(request), [](size_t) { return std::string(); }), response);
  };
  const auto with_body = [handler](const httplib::Request& request, httplib::Response& response,
                                   const httplib::ContentReader& reader) {
    Body body(request, reader);
    Fill(handler->Answer(ToRequest(request), [&body](size_t limit) { return body.Read(limit); }),
         response);
    body.DropRest();
  };
  server.Get(kEveryPath, without_body);
  server.Options(kEveryPath, without_body);
  server.Post(kEveryPath, with_body);
  server.Put(kEveryPath, with_body);
  server.Patch(kEveryPath, with_body);
  server.Delete(kEveryPath, with_body);
}

void Configure(httplib::Server& server) {
  server.set_tcp_nodelay(true);
  server.set_keep_alive_timeout(kIdleSeconds);
  server.set_keep_alive_max_count(kRequestsPerConnection);
  server.set_read_timeout(kReadSeconds);
  server.set_write_timeout(kWriteSeconds);
  server.set_payload_max_length(kMaxBodyBytes);
  // The library's own options would let a second server share the port in silence.
  server.set_socket_options([](socket_t socket) {
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  });
}

struct HostAndPort {
  std::string host;
  int port = 0;
};

absl::StatusOr<HostAndPort> Split(absl::string_view address) {
  const size_t colon = address.rfind(':');
  HostAndPort split;
  if (colon == absl::string_view::npos ||
      !absl::SimpleAtoi(address.substr(colon + 1), &split.port)) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot listen on ", address, ": want host:port, such as 127.0.0.1:8443"));
  }
  absl::string_view host = address.substr(0, colon);
  if (absl::StartsWith(host, "[") && absl::EndsWith(host, "]")) {
    host = host.substr(1, host.size() - 2);
  }
  split.host = std::string(host);
  return split;
}

}  // namespace

class Server::Library {
 public:
  Library(std::unique_ptr<httplib::Server> server, Handler* handler) : server_(std::move(server)) {
    Configure(*server_);
    Route(*server_, handler);
  }

  // The port that was bound, or 0.
  int Bind(const HostAndPort& at) {
    if (at.port == 0) return std::max(0, server_->bind_to_any_port(at.host));
    return server_->bind_to_port(at.host, at.port) ? at.port : 0;
  }

  // Returns when connections are accepted; before that, the library could not be stopped.
  void Run() {
    server_->new_task_queue = [this] {
      running_.Notify();
      return new httplib::ThreadPool(kMaxConnections);
    };
    thread_ = std::thread([this] { server_->listen_after_bind(); });
    running_.WaitForNotification();
  }

  void Stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }

 private:
  const std::unique_ptr<httplib::Server> server_;
  absl::Notification running_;
  std::thread thread_;
};

Server::Server(std::unique_ptr<Library> library, std::string address)
    : library_(std::move(library)), address_(std::move(address)) {}

Server::~Server() { Stop(); }

void Server::Stop() { library_->Stop(); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      Handler* handler) {
  KEPING_ASSIGN_OR_RETURN(const HostAndPort at, Split(options.address));
  KEPING_RETURN_IF_ERROR(rpc::CheckAddressIsFree(options.address));
  std::unique_ptr<httplib::Server> server = MakeLibraryServer(options);
  if (!server->is_valid()) {
    return absl::InvalidArgumentError(
        "cannot serve with TLS: the certificate and its key do not fit together; enrol this node "
        "anew");
  }
  auto library = std::make_unique<Library>(std::move(server), handler);
  const int port = library->Bind(at);
  if (port == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", options.address, ": want a free address"));
  }
  library->Run();
  const std::string host = options.address.substr(0, options.address.rfind(':') + 1);
  return std::unique_ptr<Server>(new Server(std::move(library), absl::StrCat(host, port)));
}

}  // namespace keping::http
