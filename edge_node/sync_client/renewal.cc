#include "edge_node/sync_client/renewal.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/x509.h"
#include "common/rpc/channel.h"
#include "common/rpc/status.h"
#include "common/sync/renewal.h"
#include "keping/sync/v1/enrolment.grpc.pb.h"

namespace keping::edge {
namespace {

using sync::v1::EnrolmentService;

// The certificate must be this node's, for the new key, and valid by this machine's own clock:
// otherwise the old one is the better one.
absl::Status CheckAnswer(const RenewalOptions& options, const rpc::TlsIdentity& fresh,
                         absl::Time now) {
  KEPING_RETURN_IF_ERROR(crypto::CheckKeyPair(fresh.certificate_pem, fresh.key_pem));
  KEPING_ASSIGN_OR_RETURN(const crypto::CertificateFacts facts,
                          crypto::ReadCertificate(fresh.certificate_pem));
  KEPING_RETURN_IF_ERROR(
      crypto::VerifyCertificate(fresh.certificate_pem, options.authority_pem, now));
  if (facts.node_id == options.node.value()) return absl::OkStatus();
  return absl::DataLossError("it is for another node");
}

}  // namespace

void Renewal::Cancel() {
  absl::MutexLock lock(&mutex_);
  cancelled_ = true;
  if (running_ != nullptr) running_->TryCancel();
}

template <typename Stub, typename Request, typename Response>
absl::Status Renewal::Call(Stub& stub,
                           grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                        Response*),
                           const Request& request, Response& response) {
  grpc::ClientContext context;
  rpc::SetTimeout(&context, options_.timeout);
  {
    absl::MutexLock lock(&mutex_);
    if (cancelled_) return absl::CancelledError("the node stops");
    running_ = &context;
  }
  const absl::Status status = rpc::ToAbslStatus((stub.*method)(&context, request, &response));
  absl::MutexLock lock(&mutex_);
  running_ = nullptr;
  return status;
}

absl::StatusOr<std::string> Renewal::Ask(const std::string& csr_pem) {
  // Without a certificate of its own: the old one may have expired, and proves nothing here.
  const auto stub = EnrolmentService::NewStub(rpc::MakeTlsChannel(
      options_.centre_address, {options_.authority_pem, "", ""}, crypto::kCentralNodeId));
  sync::v1::BeginRenewalRequest begin;
  begin.set_node(options_.node.value());
  begin.set_incarnation(options_.incarnation.value());
  sync::v1::BeginRenewalResponse begun;
  KEPING_RETURN_IF_ERROR(Call(*stub, &EnrolmentService::Stub::BeginRenewal, begin, begun));
  sync::v1::RenewRequest request;
  request.set_node(options_.node.value());
  request.set_incarnation(options_.incarnation.value());
  request.set_csr_pem(csr_pem);
  request.set_challenge(begun.challenge());
  request.set_signature(options_.signer->Sign(
      sync::RenewalStatement(options_.node, options_.incarnation, csr_pem, begun.challenge())));
  sync::v1::RenewResponse response;
  KEPING_RETURN_IF_ERROR(Call(*stub, &EnrolmentService::Stub::Renew, request, response));
  return response.certificate_pem();
}

absl::StatusOr<rpc::TlsIdentity> Renewal::Run(const time::Clock& clock) {
  rpc::TlsIdentity fresh{
      .authority_pem = options_.authority_pem, .certificate_pem = {}, .key_pem = {}};
  KEPING_ASSIGN_OR_RETURN(fresh.key_pem, crypto::MakePrivateKey());
  KEPING_ASSIGN_OR_RETURN(const std::string request,
                          crypto::MakeCertificateRequest(fresh.key_pem, options_.node.value()));
  KEPING_ASSIGN_OR_RETURN(fresh.certificate_pem, Ask(request));
  if (absl::Status good = CheckAnswer(options_, fresh, clock.Now().wall); !good.ok()) {
    return absl::DataLossError(absl::StrCat(
        "got a certificate that is no good here, and kept the old one: ", good.message(),
        "; compare the clocks of this machine and of the centre"));
  }
  KEPING_RETURN_IF_ERROR(rpc::ReplaceTlsIdentity(options_.keys_dir, fresh));
  return fresh;
}

}  // namespace keping::edge
