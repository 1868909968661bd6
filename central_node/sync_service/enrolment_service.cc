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

namespace keping::central {
namespace {

using sync::v1::EnrolRequest;
using sync::v1::EnrolResponse;

constexpr int kFailuresInWindow = 20;
constexpr absl::Duration kWindow = absl::Minutes(10);
constexpr size_t kPublicKeySize = 32;

}  // namespace

EnrolmentService::EnrolmentService(const DistrictKeys* keys, std::string district_id,
                                   const time::Clock* clock, AdmitNode admit)
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
  admit_(*std::move(claim), [this, reactor, response](absl::Status verdict) {
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
  KEPING_ASSIGN_OR_RETURN(
      *response->mutable_certificate_pem(),
      keys_->authority.Sign(
          request.csr_pem(), request.node(), crypto::CertificateUse::kServerAndClient,
          crypto::ValidFor(clock_->Now().wall, crypto::kNodeCertificateValidity)));
  response->set_ca_pem(keys_->authority.certificate_pem());
  response->set_centre_public_key(keys_->signer->public_key());
  response->set_district(district_id_);
  return absl::OkStatus();
}

}  // namespace keping::central
