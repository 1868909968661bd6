#include "central_node/sync_service/signed_frames.h"

#include "common/base/status_macros.h"

namespace keping::central {

sync::Receipt SignedReceipt(const CentralNode& centre, const crypto::Signer& signer, absl::Time now,
                            const domain::NodeId& node, const domain::IncarnationId& incarnation,
                            const sync::Head& head) {
  sync::Receipt receipt{.node = node,
                        .incarnation = incarnation,
                        .head = head,
                        .generation = centre.resident().centre.generation,
                        .centre_time = now,
                        .signature = {}};
  receipt.signature = signer.Sign(sync::ReceiptStatement(receipt));
  return receipt;
}

absl::StatusOr<sync::FeedBatch> SignedBatch(const CentralNode& centre, const crypto::Signer& signer,
                                            const domain::NodeId& node, uint64_t from,
                                            const FeedLimits& limits) {
  KEPING_ASSIGN_OR_RETURN(sync::FeedBatch batch, centre.ReadFeed(node, from, limits));
  batch.signature = signer.Sign(sync::BatchStatement(node, batch));
  return batch;
}

}  // namespace keping::central
