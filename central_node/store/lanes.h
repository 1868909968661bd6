// The feeds in the store: per node a compacted lane of keyed items, each at a position that only
// grows, and the hash of the lane's state.
//
//   lanes.Stage(effects.feed, batch);
//   …the batch is written…
//   KEPING_ASSIGN_OR_RETURN(sync::FeedBatch batch, lanes.Read(node, head, from, 1024, 256 * 1024));
#ifndef KEPING_CENTRAL_NODE_STORE_LANES_H_
#define KEPING_CENTRAL_NODE_STORE_LANES_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/core/step.h"
#include "common/domain/feed.h"
#include "common/storage/kv_store.h"
#include "common/storage/sealed_rows.h"
#include "common/sync/frames.h"

namespace keping::central {

// What one batch may hold.
struct FeedLimits {
  size_t items = 0;
  size_t bytes = 0;
  bool with_records = true;  // false: they are named, and asked for one by one
};

// Not thread-safe. Store and sealed rows must outlive it.
class Lanes {
 public:
  // `grant_key`: see CentralOptions.
  Lanes(const storage::KvStore* store, const storage::SealedRows* sealed, std::string grant_key)
      : store_(store), sealed_(sealed), grant_key_(std::move(grant_key)) {}

  // Reads the lanes' states.
  absl::Status Open();

  // Puts the items, drops the ones that they replace, and moves the states. A key's version is the
  // position of its item.
  absl::Status Stage(const std::vector<FeedChange>& changes, storage::WriteBatch& batch);

  const crypto::Hash& state(const domain::NodeId& node) const;

  // Items after `from` within the limits, but one at least; records are opened and put in, or
  // named. `head` is the lane's newest position. Not signed. An item whose record does not open
  // goes out without it, so that it holds up nothing.
  absl::StatusOr<sync::FeedBatch> Read(const domain::NodeId& node, uint64_t head, uint64_t from,
                                       const FeedLimits& limits) const;

  // The record that the lane names to this node. NotFound when it names none with this hash.
  absl::StatusOr<std::string> ReadRecord(const domain::NodeId& node, const domain::PrrId& prr,
                                         const crypto::Hash& digest) const;

 private:
  absl::StatusOr<std::vector<domain::FeedItem>> ReadItems(const domain::NodeId& node, uint64_t from,
                                                          size_t max_items) const;
  // What lies in sealed rows and not in the lane. What does not open is left out.
  absl::Status PutSecretsIn(const domain::NodeId& node, bool with_records,
                            domain::FeedItem& item) const;

  const storage::KvStore* store_;
  const storage::SealedRows* sealed_;
  std::string grant_key_;
  std::map<domain::NodeId, domain::FeedState> states_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_LANES_H_
