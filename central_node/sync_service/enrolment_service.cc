#include "central_node/sync_service/enrolment_service.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/one_time_code.h"
#include "common/crypto/x509.h"
#include "common/observability/log.h"
#include "common/rpc/status.h"
#include "common/sync/renewal.h"

namespace keping::central {
namespace {

using sync::v1::EnrolRequest;
using sync::v1::EnrolResponse;
using sync::v1::RenewRequest;
using sync::v1::RenewResponse;

constexpr int kFailuresInWindow = 20;
constexpr absl::Duration kWindow = absl::Minutes(10);
constexpr size_t kPublicKeySize = 32;

}  // namespace

EnrolmentService::EnrolmentService(const DistrictKeys* keys, std::string district_id,
                                   const time::Clock* clock, Admission admit)
    : keys_(keys),
      district_id_(std::move(district_id)),
      clock_(clock),
      admit_(std::move(admit)),
      attempts_(kFailuresInWindow, kWindow) {}

grpc::ServerUnaryReactor* EnrolmentService::Enrol(grpc::CallbackServerContext* context,
                                                  const EnrolRequest* request,
                                                  EnrolResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::Status status = CheckAttempts();
  absl::StatusOr<EnrolmentClaim> claim = status.ok() ? Read(*request) : status;
  status = claim.ok() ? Fill(*request, response) : claim.status();
  if (!status.ok()) {
    CountFailure(status);
    reactor->Finish(rpc::ToGrpcStatus(status));
    return reactor;
  }
  admit_.enrol(*std::move(claim), [this, reactor, response](absl::Status verdict) {
    CountFailure(verdict);
    if (!verdict.ok()) response->Clear();
    reactor->Finish(rpc::ToGrpcStatus(verdict));
  });
  return reactor;
}

absl::Status EnrolmentService::CheckAttempts() {
  absl::MutexLock lock(&mutex_);
  if (attempts_.MayTry(clock_->Now().monotonic)) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("got ", kFailuresInWindow,
                                                   " wrong codes, want a pause; try again in ",
                                                   absl::FormatDuration(kWindow)));
}

void EnrolmentService::CountFailure(const absl::Status& status) {
  if (!absl::IsUnauthenticated(status)) return;
  absl::MutexLock lock(&mutex_);
  attempts_.OnFailure(clock_->Now().monotonic);
  observability::LogWarning("enrolment_refused", {{"reason", "wrong code"}});
}

absl::StatusOr<EnrolmentClaim> EnrolmentService::Read(const EnrolRequest& request) const {
  EnrolmentClaim claim;
  KEPING_RETURN_IF_ERROR(crypto::ValidateCertificateName(request.node()));
  KEPING_ASSIGN_OR_RETURN(claim.node, domain::NodeId::Parse(request.node()));
  KEPING_ASSIGN_OR_RETURN(claim.incarnation, domain::IncarnationId::Parse(request.incarnation()));
  KEPING_ASSIGN_OR_RETURN(std::string code, crypto::NormalizeOneTimeCode(request.code()));
  claim.code_hash = crypto::HashOneTimeCode(keys_->code_key, code);
  claim.log_public_key = request.log_public_key();
  if (claim.log_public_key.size() == kPublicKeySize && request.node() != crypto::kCentralNodeId) {
    return claim;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("got a log key of ", claim.log_public_key.size(), " bytes for ", request.node(),
                   ", want ", kPublicKeySize, " bytes and another node than the centre"));
}

absl::Status EnrolmentService::Fill(const EnrolRequest& request, EnrolResponse* response) const {
  KEPING_ASSIGN_OR_RETURN(*response->mutable_certificate_pem(),
                          Certify(request.csr_pem(), request.node(), request.incarnation()));
  response->set_ca_pem(keys_->authority.certificate_pem());
  response->set_centre_public_key(keys_->signer->public_key());
  response->set_district(district_id_);
  return absl::OkStatus();
}

absl::StatusOr<std::string> EnrolmentService::Certify(const std::string& csr_pem,
                                                      const std::string& node,
                                                      const std::string& incarnation) const {
  return keys_->authority.Sign(
      csr_pem, node, crypto::CertificateUse::kServerAndClient,
      crypto::ValidFor(clock_->Now().wall, crypto::kNodeCertificateValidity), incarnation);
}

grpc::ServerUnaryReactor* EnrolmentService::BeginRenewal(
    grpc::CallbackServerContext* context, const sync::v1::BeginRenewalRequest* request,
    sync::v1::BeginRenewalResponse* response) {
  response->set_challenge(
      challenges_.Make(request->node(), request->incarnation(), clock_->Now().monotonic));
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerUnaryReactor* EnrolmentService::Renew(grpc::CallbackServerContext* context,
                                                  const RenewRequest* request,
                                                  RenewResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::StatusOr<RenewalClaim> claim = Read(*request);
  if (!claim.ok()) {
    reactor->Finish(rpc::ToGrpcStatus(claim.status()));
    return reactor;
  }
  admit_.renew(*std::move(claim), [this, reactor, request, response](absl::Status verdict) {
    if (verdict.ok()) {
      absl::StatusOr<std::string> certificate =
          Certify(request->csr_pem(), request->node(), request->incarnation());
      verdict = certificate.status();
      if (certificate.ok()) {
        response->set_certificate_pem(*std::move(certificate));
        response->set_ca_pem(keys_->authority.certificate_pem());
      }
    }
    reactor->Finish(rpc::ToGrpcStatus(verdict));
  });
  return reactor;
}

absl::StatusOr<RenewalClaim> EnrolmentService::Read(const RenewRequest& request) const {
  RenewalClaim claim;
  KEPING_RETURN_IF_ERROR(crypto::ValidateCertificateName(request.node()));
  KEPING_ASSIGN_OR_RETURN(claim.node, domain::NodeId::Parse(request.node()));
  KEPING_ASSIGN_OR_RETURN(claim.incarnation, domain::IncarnationId::Parse(request.incarnation()));
  KEPING_RETURN_IF_ERROR(challenges_.Check(request.challenge(), request.node(),
                                           request.incarnation(), clock_->Now().monotonic));
  claim.statement =
      sync::RenewalStatement(claim.node, claim.incarnation, request.csr_pem(), request.challenge());
  claim.signature = request.signature();
  return claim;
}

}  // namespace keping::central
