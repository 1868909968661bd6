#include "common/sync/frames.h"

#include "absl/strings/str_cat.h"

namespace keping::sync {
namespace {

std::string Line(const domain::NodeId& node, const domain::IncarnationId& incarnation,
                 const Head& head) {
  return absl::StrCat(node.value(), "\n", incarnation.value(), "\n", head.seq, "\n",
                      head.hash.AsBytes());
}

}  // namespace

std::string HeadStatement(const domain::NodeId& node, const domain::IncarnationId& incarnation,
                          const Head& head) {
  return absl::StrCat("keping-head-v1", Line(node, incarnation, head));
}

absl::Status CheckReceiptIsFor(const Receipt& receipt, const domain::NodeId& node,
                               const domain::IncarnationId& incarnation) {
  if (receipt.node == node && receipt.incarnation == incarnation) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("got a receipt for node ", receipt.node.value(),
                                                 ", want one for ", node.value(),
                                                 " in its present incarnation"));
}

std::string ReceiptStatement(const Receipt& receipt) {
  return absl::StrCat("keping-receipt-v1", receipt.generation.value(), "\n",
                      absl::ToUnixMicros(receipt.centre_time), "\n",
                      Line(receipt.node, receipt.incarnation, receipt.head));
}

std::string BatchStatement(const domain::NodeId& node, const FeedBatch& batch) {
  crypto::Hash items;
  for (const std::string& item : batch.items) {
    const crypto::Hash hash = crypto::Sha256({item});
    items = crypto::Sha256({items.AsBytes(), hash.AsBytes()});
  }
  return absl::StrCat("keping-batch-v1", node.value(), "\n", batch.from, "\n", batch.to, "\n",
                      batch.at_head ? 1 : 0, "\n", batch.state.AsBytes(), items.AsBytes());
}

}  // namespace keping::sync
