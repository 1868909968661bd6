// A part of a node's log that a person carried to the centre: taken exactly as from the wire, but
// that it is no contact with the node. An old part is known already and changes nothing.
//
//   CarriedLog log(ports, node);
//   for (segment : …) KEPING_RETURN_IF_ERROR(log.Take(segment));
//   log.outcome().held
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_CARRIED_LOG_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_CARRIED_LOG_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "central_node/store/central_node.h"
#include "common/crypto/signer.h"
#include "common/domain/ids.h"
#include "common/sync/frames.h"
#include "common/time/clock.h"

namespace keping::central {

struct CarriedLogOutcome {
  uint64_t entries_new = 0;
  uint64_t entries_known = 0;
  uint64_t entries_claimed = 0;    // of a node that has ended: kept apart, not believed
  sync::Head held;                 // of the incarnation, after the last segment
  std::vector<std::string> notes;  // of segments that became a branch; for people
};

// Lives as long as one import, on the centre's thread.
class CarriedLog {
 public:
  // All outlive it.
  struct Ports {
    CentralNode* node = nullptr;
    const crypto::Verifier* verifier = nullptr;
    const time::Clock* clock = nullptr;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  CarriedLog(Ports ports, domain::NodeId node) : ports_(std::move(ports)), node_(std::move(node)) {}

  // FailedPrecondition with K-249: entries before these are missing; with K-251: they contradict
  // what is held, and cannot be kept beside it. InvalidArgument with K-245: no chain of entries, or
  // not signed by the node. Unavailable: the store failed.
  absl::Status Take(const sync::Segment& segment);

  const CarriedLogOutcome& outcome() const { return outcome_; }

 private:
  absl::Status Refusal(const SegmentResult& result) const;

  const Ports ports_;
  const domain::NodeId node_;
  CarriedLogOutcome outcome_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_CARRIED_LOG_H_
