// Issues one-time codes for new nodes, lets the node in that brings its code, and says which nodes
// may have a new certificate.
//
//   EnrolmentDesk desk({.store = store.get(), .node = centre.get(), …});
//   KEPING_ASSIGN_OR_RETURN(std::string code, desk.CreateCode(NodeId::Of("susut")));
//   absl::Status verdict = desk.Admit(claim);
//
// A code is valid for a day and lets one incarnation of one node in; only its keyed hash is stored.
// It is used up before the node is enrolled: after a crash in between, the same claim again is
// still let in, and another one is not.
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_ENROLMENT_DESK_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_ENROLMENT_DESK_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/enrolment_service.h"
#include "common/crypto/signer.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"

namespace keping::central {

// Not thread-safe: on the thread that writes the store.
class EnrolmentDesk {
 public:
  static constexpr absl::Duration kCodeValidity = absl::Hours(24);

  // All outlive the desk.
  struct Ports {
    storage::KvStore* store = nullptr;
    CentralNode* node = nullptr;
    const time::Clock* clock = nullptr;
    const crypto::Verifier* verifier = nullptr;  // of the nodes' log keys
    std::string code_key;                        // DistrictKeys::code_key
    std::function<std::string(size_t)> random;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit EnrolmentDesk(Ports ports) : ports_(std::move(ports)) {}

  // As shown to people. Codes issued before stay valid.
  absl::StatusOr<std::string> CreateCode(const domain::NodeId& node,
                                         const domain::OperatorId& by = {});

  // See AdmitNode in enrolment_service.h.
  absl::Status Admit(const EnrolmentClaim& claim);
  // See AdmitRenewal there.
  absl::Status AdmitRenewal(const RenewalClaim& claim) const;

 private:
  // Passes the status on; a failure of the store is told first.
  absl::Status Stored(absl::Status status);
  // Returns who had the code made, or nobody.
  absl::StatusOr<domain::OperatorId> UseUp(const EnrolmentClaim& claim);

  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_ENROLMENT_DESK_H_
