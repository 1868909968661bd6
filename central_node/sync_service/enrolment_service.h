// Lets new nodes in and renews certificates: checks what nodes send, has their one-time code or the
// signature of their log's key judged, signs their certificate.
//
//   EnrolmentService service(&keys, config.district_id(), &clock,
//                            {.enrol = [&](EnrolmentClaim claim, auto answer) { core.Post(…); },
//                             .renew = [&](RenewalClaim claim, auto answer) { core.Post(…); }});
//   ServeOneWayTls(config.enrolment_listen(), ServedFiles(keys_dir), {&service});
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_ENROLMENT_SERVICE_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_ENROLMENT_SERVICE_H_

#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "central_node/sync_service/attempt_limit.h"
#include "central_node/sync_service/district_keys.h"
#include "central_node/sync_service/renewal_challenges.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"
#include "common/time/clock.h"
#include "keping/sync/v1/enrolment.grpc.pb.h"

namespace keping::central {

// A well-formed request to be let in.
struct EnrolmentClaim {
  crypto::Hash code_hash;  // crypto::HashOneTimeCode with DistrictKeys::code_key
  domain::NodeId node;
  domain::IncarnationId incarnation;
  std::string log_public_key;  // 32 bytes
};

// A well-formed request for a new certificate, under a challenge of this centre.
struct RenewalClaim {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  std::string statement;  // sync::RenewalStatement
  std::string signature;
};

// Called exactly once, on any thread, when the decision is durable; a server that shuts down waits
// for it.
using EnrolmentAnswer = std::function<void(absl::Status)>;

// Decides whether the code was issued for this node, is fresh and unused, and then uses it up and
// records incarnation and key. Called on gRPC's threads; returns at once and answers later.
// Unauthenticated: no such code for this node; FailedPrecondition: the node is enrolled with
// another key. The same claim again is OK: its first answer may have been lost on the way.
using AdmitNode = std::function<void(EnrolmentClaim, EnrolmentAnswer)>;

// Decides whether the claim is signed by the key of an incarnation that may have a certificate.
// Unauthenticated: no such incarnation, or another key; FailedPrecondition with K-254: it ended.
using AdmitRenewal = std::function<void(RenewalClaim, EnrolmentAnswer)>;

struct Admission {
  AdmitNode enrol;
  AdmitRenewal renew;
};

// Thread-safe. The pointers outlive it.
class EnrolmentService final : public sync::v1::EnrolmentService::CallbackService {
 public:
  EnrolmentService(const DistrictKeys* keys, std::string district_id, const time::Clock* clock,
                   Admission admit);

  grpc::ServerUnaryReactor* Enrol(grpc::CallbackServerContext* context,
                                  const sync::v1::EnrolRequest* request,
                                  sync::v1::EnrolResponse* response) override;
  grpc::ServerUnaryReactor* BeginRenewal(grpc::CallbackServerContext* context,
                                         const sync::v1::BeginRenewalRequest* request,
                                         sync::v1::BeginRenewalResponse* response) override;
  grpc::ServerUnaryReactor* Renew(grpc::CallbackServerContext* context,
                                  const sync::v1::RenewRequest* request,
                                  sync::v1::RenewResponse* response) override;

 private:
  absl::Status CheckAttempts() ABSL_LOCKS_EXCLUDED(mutex_);
  void CountFailure(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<EnrolmentClaim> Read(const sync::v1::EnrolRequest& request) const;
  // Signs before the code is used up, so that a bad request costs no code.
  absl::Status Fill(const sync::v1::EnrolRequest& request, sync::v1::EnrolResponse* response) const;
  absl::StatusOr<RenewalClaim> Read(const sync::v1::RenewRequest& request) const;
  absl::StatusOr<std::string> Certify(const std::string& csr_pem, const std::string& node,
                                      const std::string& incarnation) const;

  const DistrictKeys* const keys_;
  const std::string district_id_;
  const time::Clock* const clock_;
  const Admission admit_;
  const RenewalChallenges challenges_;
  absl::Mutex mutex_;
  AttemptLimit attempts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_ENROLMENT_SERVICE_H_
