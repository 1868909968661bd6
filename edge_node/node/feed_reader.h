// Reads batches of the feed: what they say that the node does not know yet.
//
//   FeedReader reader(&core.catalogue());
//   reader.Start(welcome.feed_from);                       // of each session
//   KEPING_ASSIGN_OR_RETURN(FeedChanges changes, reader.Read(batch));
//
// A newer version of a key replaces an older one. A feed that is read from its start is the whole
// truth of the centre: it may say less than the node knows, when the centre's database was set back
// to an older copy. Then the centre's word counts, with two exceptions on the safe side: a
// withdrawal is remembered, and under a lease that the centre does not know nothing is printed.
#ifndef KEPING_EDGE_NODE_NODE_FEED_READER_H_
#define KEPING_EDGE_NODE_NODE_FEED_READER_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/domain/feed.h"
#include "common/sync/frames.h"
#include "edge_node/core/catalogue.h"

namespace keping::edge {

struct FeedChanges {
  std::vector<std::string> forgotten;   // keys, to be forgotten first
  std::vector<domain::FeedItem> items;  // to be taken over
};

// Not thread-safe. The catalogue outlives it, and has taken over what Read gave before.
class FeedReader {
 public:
  explicit FeedReader(const Catalogue* catalogue) : catalogue_(*catalogue) {}

  // A session begins, with a feed that goes on after position `from`.
  void Start(uint64_t from);
  absl::StatusOr<FeedChanges> Read(const sync::FeedBatch& batch);

 private:
  void ReadItem(domain::FeedItem item, std::map<std::string, uint64_t>& versions,
                FeedChanges& changes) const;
  // Keeps what an older item, or one without a record, must not take away.
  void KeepSafe(domain::FeedItem& item, bool older) const;
  void ForgetUnnamed(const sync::FeedBatch& batch, FeedChanges& changes) const;

  const Catalogue& catalogue_;
  bool from_start_ = false;
  std::map<std::string, uint64_t> named_;  // by a feed read from its start
  domain::FeedState named_state_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_NODE_FEED_READER_H_
