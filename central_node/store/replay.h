// Rebuilds the tables from the logs, to show that they are nothing but projections of them.
//
//   KEPING_ASSIGN_OR_RETURN(crypto::Hash live, TablesDigest(*store));
//   KEPING_ASSIGN_OR_RETURN(crypto::Hash again, ReplayDigest(*store, options));
//   // equal, whatever the order in which the entries had arrived
#ifndef KEPING_CENTRAL_NODE_STORE_REPLAY_H_
#define KEPING_CENTRAL_NODE_STORE_REPLAY_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "central_node/store/central_node.h"
#include "common/crypto/hash.h"
#include "common/storage/kv_store.h"

namespace keping::central {

// An entry as it is stored, with its event where this version can read it.
absl::StatusOr<ArrivedEntry> ReadArrivedEntry(absl::string_view bytes);

// Over every entity row, balance and tally; without bookkeeping that depends on the order of
// arrival: feeds, outbox, custody journal, contacts.
absl::StatusOr<crypto::Hash> TablesDigest(const storage::KvStore& store);

// Folds the centre's own log and the nodes' logs of `from`, as far as they are judged, into the
// empty node `into`.
absl::Status ReplayLogs(const storage::KvStore& from, CentralNode& into);

// The digest of tables rebuilt in memory from the logs of `from`. `options` as for the live node;
// nothing is sealed or drawn.
absl::StatusOr<crypto::Hash> ReplayDigest(const storage::KvStore& from,
                                          const CentralOptions& options);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_REPLAY_H_
