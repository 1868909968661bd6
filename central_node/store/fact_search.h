// Looks for entries by their ids in the logs themselves: for facts that no row says the place of,
// such as the entry before which a clock was set back, or the centre's word that a log forked.
//
//   KEPING_ASSIGN_OR_RETURN(std::vector<FactRef> found, SearchLogs(centre, node, wanted));
#ifndef KEPING_CENTRAL_NODE_STORE_FACT_SEARCH_H_
#define KEPING_CENTRAL_NODE_STORE_FACT_SEARCH_H_

#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "central_node/core/facts.h"
#include "central_node/store/central_node.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::central {

// Those of `wanted` that lie in the centre's own log, in the logs of `node`, which may be empty, or
// else in another office's. The newest entries of each are looked at first, and no more than a
// million of all: a second on the core thread.
absl::StatusOr<std::vector<FactRef>> SearchLogs(const CentralNode& centre,
                                                const domain::NodeId& node,
                                                std::set<crypto::Hash> wanted);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_FACT_SEARCH_H_
