// Looks for entries in the logs themselves: by their ids for facts that no row says the place of,
// such as the entry before which a clock was set back, or the centre's word that a log forked; and
// for what no row holds all of. The newest entries of each log are looked at first.
//
//   KEPING_ASSIGN_OR_RETURN(std::vector<FactRef> found, SearchLogs(centre, node, wanted));
#ifndef KEPING_CENTRAL_NODE_STORE_FACT_SEARCH_H_
#define KEPING_CENTRAL_NODE_STORE_FACT_SEARCH_H_

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "central_node/core/facts.h"
#include "central_node/store/central_node.h"
#include "common/crypto/hash.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::central {

// About a second on the core thread.
inline constexpr uint64_t kMostEntriesSearched = 1'000'000;

// Those of `wanted` that lie in the logs of `node`, which may be empty, in the centre's own log, or
// else in another office's. At most `most` entries are looked at in each of the three, and the logs
// of one share them, so that no log's length hides another log.
absl::StatusOr<std::vector<FactRef>> SearchLogs(const CentralNode& centre,
                                                const domain::NodeId& node,
                                                std::set<crypto::Hash> wanted,
                                                uint64_t most = kMostEntriesSearched);

// All that the centre's own log says of the delivery under this number; nullopt when it was not
// found.
absl::StatusOr<std::optional<domain::AllotmentReceived>> SearchDelivery(
    const CentralNode& centre, const domain::AllotmentId& allotment);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_FACT_SEARCH_H_
