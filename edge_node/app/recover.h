// How a node goes on after its machine was restored, cloned or damaged: under a new incarnation,
// with its old logs kept byte for byte beside the new one. The node is stopped meanwhile.
//
//   KEPING_ASSIGN_OR_RETURN(Recovery recovery, Recovery::Look(config));
//   std::cout << recovery.Describe();
//   KEPING_RETURN_IF_ERROR(recovery.Run({.one_time_code = typed, .authority_fingerprint = typed}));
#ifndef KEPING_EDGE_NODE_APP_RECOVER_H_
#define KEPING_EDGE_NODE_APP_RECOVER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/sync/frames.h"
#include "common/time/clock.h"
#include "edge_node/store/edge_store.h"
#include "edge_node/sync_client/enrolment.h"
#include "keping/config/v1/edge.pb.h"

namespace keping::edge {

// Holds the database open.
class Recovery {
 public:
  // FailedPrecondition, with what to do, when there is nothing to recover, or the node runs.
  static absl::StatusOr<Recovery> Look(const config::v1::EdgeConfig& config);

  // What was found and what Run will do, in sentences for the administrator.
  std::string Describe() const;

  // Gets a new identity with the district's one-time code, then makes the log an ancestor. Whatever
  // stops it half-way: run it again, it ends what it began. `enrolment` needs code and fingerprint
  // only. FailedPrecondition while the centre does not hold all of the log: `leave_behind` says
  // that what it does not hold stays here.
  absl::Status Run(EnrolmentOptions enrolment, bool leave_behind, const time::Clock& clock);

 private:
  Recovery(config::v1::EdgeConfig config, std::unique_ptr<storage::KvStore> store)
      : config_(std::move(config)), store_(std::move(store)) {}

  absl::Status Read();
  std::string NextKeys() const;
  absl::Status Succeed(const domain::IncarnationId& successor);
  absl::Status MoveKeys(const domain::IncarnationId& successor) const;

  config::v1::EdgeConfig config_;
  std::unique_ptr<storage::KvStore> store_;
  // Begun by an earlier run, whose keys were not moved yet; else empty.
  domain::IncarnationId begun_;
  domain::IncarnationId incarnation_;
  Frozen frozen_;
  std::string reason_;
  sync::Head head_;
  uint64_t fetched_to_ = 0;
  uint64_t proven_seq_ = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_RECOVER_H_
