#include "common/http/server.h"

#include <httplib.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/rpc/listen.h"

namespace keping::http {
namespace {

constexpr int kIdleSeconds = 2;
constexpr int kReadSeconds = 10;
constexpr int kWriteSeconds = 30;
constexpr size_t kRequestsPerConnection = 10'000;
// Above every handler's own limit, which is the one that counts. A longer one is not read to its
// end: its connection ends.
constexpr size_t kMaxBodyBytes = 16 * 1024 * 1024;
constexpr char kEveryPath[] = ".*";

// The certificate that connections are answered with. Thread-safe: each handshake asks for it.
class Certificate {
 public:
  Certificate() = default;
  ~Certificate() { Free(leaf_, secret_, chain_); }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  // False, and unchanged, when the two do not parse or do not fit together.
  bool Use(const ServerCertificate& pem) {
    BIO* chain_text = BIO_new_mem_buf(pem.chain_pem.data(), static_cast<int>(pem.chain_pem.size()));
    BIO* key_text = BIO_new_mem_buf(pem.key_pem.data(), static_cast<int>(pem.key_pem.size()));
    X509* leaf = PEM_read_bio_X509(chain_text, nullptr, nullptr, nullptr);
    EVP_PKEY* secret = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
    STACK_OF(X509)* chain = sk_X509_new_null();
    // The rest of the text is the chain.
    while (X509* issuer = PEM_read_bio_X509(chain_text, nullptr, nullptr, nullptr)) {
      sk_X509_push(chain, issuer);
    }
    BIO_free(chain_text);
    BIO_free(key_text);
    const bool good =
        leaf != nullptr && secret != nullptr && X509_check_private_key(leaf, secret) == 1;
    ERR_clear_error();
    if (good) {
      absl::MutexLock lock(&mutex_);
      std::swap(leaf, leaf_);
      std::swap(secret, secret_);
      std::swap(chain, chain_);
    }
    Free(leaf, secret, chain);
    return good;
  }

  // OpenSSL's callback at the start of a handshake; the connection keeps what it is given.
  static int Give(SSL* connection, void* self) {
    auto* certificate = static_cast<Certificate*>(self);
    absl::MutexLock lock(&certificate->mutex_);
    return SSL_use_cert_and_key(connection, certificate->leaf_, certificate->secret_,
                                certificate->chain_, /*override=*/1);
  }

 private:
  static void Free(X509* leaf, EVP_PKEY* secret, STACK_OF(X509) * chain) {
    X509_free(leaf);
    EVP_PKEY_free(secret);
    sk_X509_pop_free(chain, X509_free);
  }

  absl::Mutex mutex_;
  X509* leaf_ ABSL_GUARDED_BY(mutex_) = nullptr;
  EVP_PKEY* secret_ ABSL_GUARDED_BY(mutex_) = nullptr;
  STACK_OF(X509) * chain_ ABSL_GUARDED_BY(mutex_) = nullptr;
};

// `certificate` outlives the server.
std::unique_ptr<httplib::Server> MakeLibraryServer(const ServerOptions& options,
                                                   Certificate* certificate) {
  if (!options.certificate) return std::make_unique<httplib::Server>();
  return std::make_unique<httplib::SSLServer>([&](SSL_CTX& context) {
    SSL_CTX_set_cert_cb(&context, &Certificate::Give, certificate);
    return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1 &&
           certificate->Use(*options.certificate);
  });
}

absl::Status NoPair() {
  return absl::InvalidArgumentError(
      "cannot serve with TLS: the certificate and its key do not fit together; enrol this node "
      "anew");
}

Request ToRequest(const httplib::Request& from, bool secure) {
  Request request{.method = from.method, .path = from.path, .headers = {}, .secure = secure};
  for (const auto& [name, value] : from.headers) request.headers.Add(name, value);
  return request;
}

// The library takes what is unread for the next request. It ends a connection only when the
// provider of a body fails: a body's last piece fails after it was sent.
void EndConnection(httplib::Response& to) {
  to.set_header("Connection", "close");
  if (to.content_provider_) return;
  to.set_header("Content-Length", "0");
  to.set_content_provider("text/plain", [](size_t, httplib::DataSink&) { return false; });
}

// `keep`: the connection goes on with the next request.
void Fill(Response&& from, bool keep, httplib::Response& to) {
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
    to.set_chunked_content_provider(type, [stream, keep](size_t, httplib::DataSink& sink) {
      const std::optional<std::string> piece = stream->Next();
      if (piece) return sink.write(piece->data(), piece->size());
      sink.done();
      return keep;
    });
  } else if (!from.body.empty()) {
    // Of a provider with a known length the library knows not to compress what it sends.
    auto body = std::make_shared<const std::string>(std::move(from.body));
    to.set_content_provider(body->size(), type,
                            [body, keep](size_t offset, size_t length, httplib::DataSink& sink) {
                              return sink.write(body->data() + offset, length) && keep;
                            });
  } else if (!type.empty()) {
    to.set_header("content-type", type);
  }
  if (!keep) EndConnection(to);
}

bool HasBody(const httplib::Request& request) {
  const std::string length = request.get_header_value("Content-Length");
  return request.has_header("Transfer-Encoding") || (!length.empty() && length != "0");
}

// Reads within a limit. What a handler leaves unread is read and dropped, so that the connection
// goes on with the next request; where that is not possible, it must not go on.
class Body {
 public:
  Body(const httplib::Request& request, const httplib::ContentReader& reader)
      : form_(request.is_multipart_form_data()),
        // The library reads nothing of such a one, and says that it did.
        skipped_(request.method == "DELETE" && !request.has_header("Content-Length") &&
                 HasBody(request)),
        reader_(reader) {}

  absl::StatusOr<std::string> Read(size_t limit) {
    std::string body;
    bool too_long = false;
    Receive([&](const char* data, size_t size) {
      too_long = too_long || body.size() + size > limit;
      if (!too_long) body.append(data, size);
      return true;
    });
    if (too_long) {
      return absl::ResourceExhaustedError(
          absl::StrCat("got a body of more than ", limit, " bytes, want less"));
    }
    // The library gives a form's fields, not its bytes; no handler wants one.
    if (!gone_ || form_) return absl::DataLossError("got a body that broke off, want all of it");
    return body;
  }

  // True when nothing of it is left to be taken for another request.
  bool DropRest() {
    if (!taken_) Receive([](const char*, size_t) { return true; });
    return gone_;
  }

 private:
  void Receive(const httplib::ContentReceiver& take) {
    size_t received = 0;
    const auto bounded = [&](const char* data, size_t size) {
      received += size;
      return received <= kMaxBodyBytes && take(data, size);
    };
    taken_ = true;
    const bool whole =
        form_ ? reader_([](const httplib::MultipartFormData&) { return true; }, bounded)
              : reader_(bounded);
    gone_ = whole && !skipped_;
  }

  const bool form_;
  const bool skipped_;
  const httplib::ContentReader& reader_;
  bool taken_ = false;
  bool gone_ = false;
};

// What the library refuses itself, such as a path that is too long: it did not read on.
httplib::Server::HandlerResponse EndRefused(const httplib::Request&, httplib::Response& response) {
  if (!response.content_provider_) EndConnection(response);
  return httplib::Server::HandlerResponse::Unhandled;
}

void Route(httplib::Server& server, bool secure, Handler* handler) {
  const auto without_body = [handler, secure](const httplib::Request& request,
                                              httplib::Response& response) {
    Fill(handler->Answer(ToRequest(request, secure), [](size_t) { return std::string(); }),
         !HasBody(request), response);
  };
  const auto with_body = [handler, secure](const httplib::Request& request,
                                           httplib::Response& response,
                                           const httplib::ContentReader& reader) {
    Body body(request, reader);
    Response answer = handler->Answer(ToRequest(request, secure),
                                      [&body](size_t limit) { return body.Read(limit); });
    Fill(std::move(answer), body.DropRest(), response);
  };
  server.Get(kEveryPath, without_body);
  server.Options(kEveryPath, without_body);
  server.Post(kEveryPath, with_body);
  server.Put(kEveryPath, with_body);
  server.Patch(kEveryPath, with_body);
  server.Delete(kEveryPath, with_body);
  server.set_error_handler(httplib::Server::HandlerWithResponse(&EndRefused));
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
  Library(const ServerOptions& options, Handler* handler)
      : tls_(options.certificate.has_value()),
        connections_(static_cast<size_t>(options.connections)),
        server_(MakeLibraryServer(options, &certificate_)) {
    if (!server_->is_valid()) return;
    Configure(*server_);
    Route(*server_, tls_, handler);
  }

  bool valid() const { return server_->is_valid(); }
  bool Use(const ServerCertificate& certificate) { return tls_ && certificate_.Use(certificate); }

  // The port that was bound, or 0.
  int Bind(const HostAndPort& at) {
    if (at.port == 0) return std::max(0, server_->bind_to_any_port(at.host));
    return server_->bind_to_port(at.host, at.port) ? at.port : 0;
  }

  // Returns when connections are accepted; before that, the library could not be stopped.
  void Run() {
    server_->new_task_queue = [this] {
      running_.Notify();
      return new httplib::ThreadPool(connections_);
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
  Certificate certificate_;
  const bool tls_;
  const size_t connections_;
  const std::unique_ptr<httplib::Server> server_;
  absl::Notification running_;
  std::thread thread_;
};

Server::Server(std::unique_ptr<Library> library, std::string address)
    : library_(std::move(library)), address_(std::move(address)) {}

Server::~Server() { Stop(); }

void Server::Stop() { library_->Stop(); }

absl::Status Server::UseCertificate(const ServerCertificate& certificate) {
  return library_->Use(certificate) ? absl::OkStatus() : NoPair();
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      Handler* handler) {
  KEPING_ASSIGN_OR_RETURN(const HostAndPort at, Split(options.address));
  KEPING_RETURN_IF_ERROR(rpc::CheckAddressIsFree(options.address));
  auto library = std::make_unique<Library>(options, handler);
  if (!library->valid()) return NoPair();
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
