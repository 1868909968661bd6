// How a node was when it made the newest bundle that came from it: a Hello that lies in the store,
// so that an answer can be made for a node without a link. One row a node, outside the projections.
//
//   KEPING_RETURN_IF_ERROR(PutCarriedHello(*store, hello, made_at));
//   KEPING_ASSIGN_OR_RETURN(std::optional<sync::Hello> hello, ReadCarriedHello(*store, node));
#ifndef KEPING_CENTRAL_NODE_STORE_CARRIED_HELLO_H_
#define KEPING_CENTRAL_NODE_STORE_CARRIED_HELLO_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/sync/frames.h"

namespace keping::central {

// Keeps it unless a newer one of the same incarnation is known: a longer log, or as long a one at a
// later `made_at` of the node's clock. Not synced: losing it costs a longer answer.
absl::Status PutCarriedHello(storage::KvStore& store, const sync::Hello& hello, absl::Time made_at);

// Nullopt: none ever came.
absl::StatusOr<std::optional<sync::Hello>> ReadCarriedHello(const storage::KvStore& store,
                                                            const domain::NodeId& node);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_CARRIED_HELLO_H_
