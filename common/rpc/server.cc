#include "common/rpc/server.h"

#include <grpc/support/log.h>
#include <grpc/support/time.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/channel_arguments.h>
#include <sys/stat.h>

#include <mutex>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/rpc/listen.h"
#include "common/rpc/tls_defaults.h"

namespace keping::rpc {
namespace {

// After the client's own pings: on a line that lives this side never has to.
constexpr int kPingAfterSilenceMs = 300'000;
constexpr int kPingTimeoutMs = 30'000;
constexpr int kShortestPingPauseMs = 10'000;
constexpr unsigned kLookAtFilesSeconds = 1;

// gRPC's own errors (a failed handshake, say) go where ours go; it says nothing else of use.
void LogGrpcError(gpr_log_func_args* record) {
  if (record->severity != GPR_LOG_SEVERITY_ERROR) return;
  observability::LogWarning("grpc", {{"text", record->message}});
}

void InitializeOnce() {
  static std::once_flag once;
  std::call_once(once, [] {
    gpr_set_log_function(&LogGrpcError);
    SetTlsDefaults();
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

void Configure(grpc::ServerBuilder* builder, const Services& services) {
  // Without this a second server would share the port in silence.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kPingAfterSilenceMs);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPingTimeoutMs);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                              kShortestPingPauseMs);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kStreamWindowBytes);
  builder->SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder->SetMaxSendMessageSize(kMaxMessageBytes);
  for (grpc::Service* service : services) builder->RegisterService(service);
}

absl::StatusOr<std::unique_ptr<RunningServer>> Start(
    const std::string& address, std::shared_ptr<grpc::ServerCredentials> credentials,
    const Services& services) {
  InitializeOnce();
  grpc::ServerBuilder builder;
  Configure(&builder, services);
  int port = 0;
  builder.AddListeningPort(address, std::move(credentials), &port);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address,
                     ": got a refusal from gRPC, want a usable address and a "
                     "certificate with its key; see the log"));
  }
  // gRPC reports port 1 for every Unix socket.
  if (absl::StartsWith(address, "unix:")) {
    return std::make_unique<RunningServer>(std::move(server), address.substr(5), 0);
  }
  const std::string bound = absl::StrCat(address.substr(0, address.rfind(':') + 1), port);
  return std::make_unique<RunningServer>(std::move(server), bound, port);
}

absl::StatusOr<std::unique_ptr<RunningServer>> ServeTls(
    const std::string& address, const TlsIdentity& identity,
    grpc_ssl_client_certificate_request_type request, const Services& services) {
  KEPING_RETURN_IF_ERROR(CheckAddressIsFree(address));
  grpc::SslServerCredentialsOptions options(request);
  options.pem_root_certs = identity.authority_pem;
  // With the authority's own certificate, so that a node about to enrol can check its fingerprint.
  options.pem_key_cert_pairs.push_back(
      {identity.key_pem, absl::StrCat(identity.certificate_pem, identity.authority_pem)});
  return Start(address, grpc::SslServerCredentials(options), services);
}

absl::StatusOr<std::unique_ptr<RunningServer>> ServeTls(
    const std::string& address, const TlsFiles& files,
    grpc_ssl_client_certificate_request_type request, const Services& services) {
  namespace tls = grpc::experimental;
  KEPING_RETURN_IF_ERROR(CheckAddressIsFree(address));
  tls::TlsServerCredentialsOptions options(std::make_shared<tls::FileWatcherCertificateProvider>(
      files.key, files.chain, files.authority, kLookAtFilesSeconds));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(request);
  return Start(address, tls::TlsServerCredentials(options), services);
}

}  // namespace

RunningServer::RunningServer(std::unique_ptr<grpc::Server> server, std::string address, int port)
    : server_(std::move(server)), address_(std::move(address)), port_(port) {}

RunningServer::~RunningServer() { Shutdown(absl::ZeroDuration()); }

void RunningServer::Shutdown(absl::Duration grace) {
  server_->Shutdown(gpr_time_from_millis(absl::ToInt64Milliseconds(grace), GPR_TIMESPAN));
  server_->Wait();
}

std::shared_ptr<grpc::Channel> RunningServer::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  return server_->InProcessChannel(arguments);
}

absl::StatusOr<std::unique_ptr<RunningServer>> ServeMutualTls(const std::string& address,
                                                              const TlsIdentity& identity,
                                                              const Services& services) {
  return ServeTls(address, identity, GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY,
                  services);
}

absl::StatusOr<std::unique_ptr<RunningServer>> ServeMutualTls(const std::string& address,
                                                              const TlsFiles& files,
                                                              const Services& services) {
  return ServeTls(address, files, GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY,
                  services);
}

absl::StatusOr<std::unique_ptr<RunningServer>> ServeOneWayTls(const std::string& address,
                                                              const TlsFiles& files,
                                                              const Services& services) {
  return ServeTls(address, files, GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE, services);
}

absl::StatusOr<std::unique_ptr<RunningServer>> ServeUnix(const std::string& path,
                                                         const Services& services) {
  KEPING_RETURN_IF_ERROR(PrepareUnixSocket(path));
  // The mask makes the socket private from its first moment; chmod alone would come too late.
  const mode_t before = umask(0077);
  auto server = Start(absl::StrCat("unix:", path), grpc::InsecureServerCredentials(), services);
  umask(before);
  if (server.ok()) chmod(path.c_str(), 0600);
  return server;
}

}  // namespace keping::rpc
