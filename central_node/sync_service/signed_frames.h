// What the centre says under its signature, to a node that is connected or to one that a person
// carries it to.
//
//   connection.send(SignedReceipt(centre, signer, now, node, incarnation, held));
//   KEPING_ASSIGN_OR_RETURN(sync::FeedBatch batch, SignedBatch(centre, signer, node, from,
//   limits));
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_SIGNED_FRAMES_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_SIGNED_FRAMES_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "central_node/store/central_node.h"
#include "common/crypto/signer.h"
#include "common/domain/ids.h"
#include "common/sync/frames.h"

namespace keping::central {

// `head` is durable.
sync::Receipt SignedReceipt(const CentralNode& centre, const crypto::Signer& signer, absl::Time now,
                            const domain::NodeId& node, const domain::IncarnationId& incarnation,
                            const sync::Head& head);

// The part of the node's feed after `from` that one unit may hold.
absl::StatusOr<sync::FeedBatch> SignedBatch(const CentralNode& centre, const crypto::Signer& signer,
                                            const domain::NodeId& node, uint64_t from,
                                            const FeedLimits& limits);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_SIGNED_FRAMES_H_
