#include "edge_node/sync_client/enrolment.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/one_time_code.h"
#include "common/crypto/signer.h"
#include "common/crypto/x509.h"
#include "common/rpc/channel.h"
#include "common/rpc/status.h"
#include "edge_node/sync_client/node_keys.h"
#include "keping/sync/v1/enrolment.grpc.pb.h"

namespace keping::edge {
namespace {

using sync::v1::EnrolRequest;
using sync::v1::EnrolResponse;

constexpr size_t kPublicKeySize = 32;

absl::StatusOr<EnrolRequest> MakeRequest(const EnrolmentOptions& options, const OwnKeys& keys) {
  EnrolRequest request;
  KEPING_ASSIGN_OR_RETURN(*request.mutable_code(),
                          crypto::NormalizeOneTimeCode(options.one_time_code));
  request.set_node(options.node_id);
  KEPING_ASSIGN_OR_RETURN(*request.mutable_csr_pem(),
                          crypto::MakeCertificateRequest(keys.tls_key_pem, options.node_id));
  KEPING_ASSIGN_OR_RETURN(std::unique_ptr<crypto::Signer> signer,
                          crypto::MakeEd25519Signer(keys.log_seed));
  request.set_log_public_key(signer->public_key());
  request.set_incarnation(keys.incarnation.value());
  return request;
}

absl::StatusOr<EnrolResponse> Call(const EnrolmentOptions& options, const EnrolRequest& request,
                                   absl::Time now) {
  const auto stub = sync::v1::EnrolmentService::NewStub(
      rpc::MakeEnrolmentChannel(options.centre_address, options.authority_fingerprint, now));
  grpc::ClientContext context;
  rpc::SetTimeout(&context, options.timeout);
  EnrolResponse response;
  const absl::Status status = rpc::ToAbslStatus(stub->Enrol(&context, request, &response));
  if (status.ok()) return response;
  if (!absl::IsUnavailable(status)) return status;
  return absl::UnavailableError(absl::StrCat("cannot enrol at ", options.centre_address, ": got \"",
                                             status.message(),
                                             "\", want the centre with the fingerprint that was "
                                             "typed; check link, address and fingerprint"));
}

// What the centre answered must be about this node and this district before anything is kept.
absl::Status CheckAnswer(const EnrolmentOptions& options, const EnrolResponse& response,
                         absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(crypto::CertificateFacts authority,
                          crypto::ReadCertificate(response.ca_pem()));
  KEPING_ASSIGN_OR_RETURN(crypto::CertificateFacts own,
                          crypto::ReadCertificate(response.certificate_pem()));
  KEPING_RETURN_IF_ERROR(
      crypto::VerifyCertificate(response.certificate_pem(), response.ca_pem(), now));
  if (crypto::FingerprintMatches(authority.fingerprint, options.authority_fingerprint) &&
      own.node_id == options.node_id && response.centre_public_key().size() == kPublicKeySize) {
    return absl::OkStatus();
  }
  return absl::DataLossError(
      "got an answer from the centre for another node or district, want this one's; report it");
}

}  // namespace

absl::Status Enrol(const EnrolmentOptions& options, const time::Clock& clock) {
  if (IsEnrolled(options.keys_dir)) {
    return absl::AlreadyExistsError(
        absl::StrCat("cannot enrol: got a keys folder with a certificate (", options.keys_dir,
                     "), want an empty one; this node is enrolled already"));
  }
  KEPING_RETURN_IF_ERROR(crypto::ValidateCertificateName(options.node_id));
  KEPING_RETURN_IF_ERROR(crypto::NormalizeOneTimeCode(options.one_time_code).status());
  KEPING_ASSIGN_OR_RETURN(OwnKeys keys, LoadOrMakeOwnKeys(options.keys_dir));
  KEPING_ASSIGN_OR_RETURN(EnrolRequest request, MakeRequest(options, keys));
  const absl::Time now = clock.Now().wall;
  KEPING_ASSIGN_OR_RETURN(EnrolResponse response, Call(options, request, now));
  KEPING_RETURN_IF_ERROR(CheckAnswer(options, response, now));
  return StoreEnrolment(options.keys_dir,
                        {response.ca_pem(), response.certificate_pem(), keys.tls_key_pem},
                        response.centre_public_key());
}

}  // namespace keping::edge
