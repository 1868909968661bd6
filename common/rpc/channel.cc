#include "common/rpc/channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/crypto/x509.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"

namespace keping::rpc {
namespace {

using grpc::experimental::ExternalCertificateVerifier;
using grpc::experimental::TlsChannelCredentialsOptions;
using grpc::experimental::TlsCustomVerificationCheckRequest;

constexpr int kPingTimeoutMs = 30'000;
constexpr int kFirstReconnectMs = 500;
// How long a connection may take to come up, TLS handshake included: 5 kB and four round trips, of
// which a bad line loses some, and callers that make a channel for each attempt never get to gRPC's
// longer ones.
constexpr int kConnectTimeoutMs = 20'000;
constexpr int kLongestReconnectMs = 30'000;

grpc::ChannelArguments Arguments() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS,
                   static_cast<int>(absl::ToInt64Milliseconds(kPingAfterSilence)));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPingTimeoutMs);
  // By itself gRPC stops pinging a quiet line after two times, and would never find it dead.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kStreamWindowBytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstReconnectMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectTimeoutMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestReconnectMs);
  // Two channels with different identities must never share a connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  return arguments;
}

// Believes a server whose chain leads to the authority with the given fingerprint.
class FingerprintVerifier : public ExternalCertificateVerifier {
 public:
  FingerprintVerifier(std::string fingerprint, absl::Time now)
      : fingerprint_(std::move(fingerprint)), now_(now) {}

  bool Verify(TlsCustomVerificationCheckRequest* request, std::function<void(grpc::Status)>,
              grpc::Status* verdict) override {
    *verdict =
        ToGrpcStatus(Check(View(request->peer_cert()), View(request->peer_cert_full_chain())));
    return true;
  }
  void Cancel(TlsCustomVerificationCheckRequest*) override {}

 private:
  static absl::string_view View(grpc::string_ref text) { return {text.data(), text.size()}; }

  absl::Status Check(absl::string_view certificate, absl::string_view chain) const {
    return crypto::VerifyCentralByFingerprint(certificate, chain, fingerprint_, now_);
  }

  const std::string fingerprint_;
  const absl::Time now_;
};

}  // namespace

std::shared_ptr<grpc::Channel> MakeTlsChannel(const std::string& address,
                                              const TlsIdentity& identity,
                                              const std::string& server_name) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = identity.authority_pem;
  options.pem_cert_chain = identity.certificate_pem;
  options.pem_private_key = identity.key_pem;
  grpc::ChannelArguments arguments = Arguments();
  if (!server_name.empty()) arguments.SetSslTargetNameOverride(server_name);
  return grpc::CreateCustomChannel(address, grpc::SslCredentials(options), arguments);
}

std::shared_ptr<grpc::Channel> MakeEnrolmentChannel(const std::string& address,
                                                    const std::string& authority_fingerprint,
                                                    absl::Time now) {
  TlsChannelCredentialsOptions options;
  options.set_verify_server_certs(false);
  options.set_check_call_host(false);
  options.set_certificate_verifier(
      ExternalCertificateVerifier::Create<FingerprintVerifier>(authority_fingerprint, now));
  grpc::ChannelArguments arguments = Arguments();
  arguments.SetSslTargetNameOverride(crypto::kCentralNodeId);
  return grpc::CreateCustomChannel(address, grpc::experimental::TlsCredentials(options), arguments);
}

std::shared_ptr<grpc::Channel> MakeUnixChannel(const std::string& path) {
  return grpc::CreateCustomChannel(absl::StrCat("unix:", path), grpc::InsecureChannelCredentials(),
                                   Arguments());
}

}  // namespace keping::rpc
