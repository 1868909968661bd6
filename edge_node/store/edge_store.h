// Everything an edge node keeps on disk, over the KvStore port: its log, the feed, the last
// receipt.
//
//   KEPING_ASSIGN_OR_RETURN(auto store, EdgeStore::Open(kv, cipher, node, incarnation));
//   KEPING_RETURN_IF_ERROR(store->Load(core));                 // replays log and feed into the
//   core store->Stage(events, stamp); store->StageFeed(items, cursor);
//   KEPING_RETURN_IF_ERROR(store->Commit(core));               // one synced batch, then the core
//
// After a failed Commit nothing more is written: the node starts over from what the disk holds.
#ifndef KEPING_EDGE_NODE_STORE_EDGE_STORE_H_
#define KEPING_EDGE_NODE_STORE_EDGE_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/seal.h"
#include "common/domain/event.h"
#include "common/domain/feed.h"
#include "common/domain/ids.h"
#include "common/storage/event_log.h"
#include "common/storage/kv_store.h"
#include "common/storage/sealed_rows.h"
#include "common/sync/frames.h"
#include "common/time/clock.h"
#include "common/time/hybrid_clock.h"
#include "edge_node/core/edge_core.h"

namespace keping::edge {

// Draws `size` random bytes; seeded in the simulator.
using RandomSource = std::function<std::string(size_t size)>;

struct FeedCursor {
  uint64_t position = 0;
  domain::GenerationId generation;
};

// What to do about a lost data key: the end of K-210.
inline constexpr absl::string_view kLostDataKeyAdvice =
    "stop the node and run keping-edge --config FILE drop-records: it forgets the records, makes a "
    "new key, and fetches them again at the next contact; until then it prints nothing.";

// Not thread-safe: owned by the node's core thread. `kv` must outlive it.
class EdgeStore {
 public:
  static constexpr uint32_t kFormatVersion = 2;

  static absl::StatusOr<std::unique_ptr<EdgeStore>> Open(storage::KvStore* kv,
                                                         crypto::RecordCipher cipher,
                                                         RandomSource random, domain::NodeId node,
                                                         domain::IncarnationId incarnation);

  // The sealed rows alone, to look whether their keys are here.
  static absl::StatusOr<storage::SealedRows> OpenSealedRows(storage::KvStore* kv,
                                                            crypto::RecordCipher cipher,
                                                            RandomSource random);

  // What a lost data key cost: makes a store forget its sealed rows, and the place in the feed that
  // they came up to, so that the next contact brings them again. The log stays as it is. The store
  // is not open as an EdgeStore meanwhile. Returns how many rows it forgot.
  static absl::StatusOr<uint64_t> DropSealedRows(storage::KvStore& kv);

  // Replays log, feed, contact and lock into an empty core.
  absl::Status Load(EdgeCore& core);

  // Adds to the batch of the next Commit.
  void Stage(const std::vector<domain::Event>& events, const time::Moment& now);
  void StageFeed(const std::vector<domain::FeedItem>& items, const FeedCursor& cursor);
  void StageLock(absl::string_view reason);
  // Writes what is staged, synced, and applies it to the core.
  absl::Status Commit(EdgeCore& core);

  // Remembers a verified receipt. Not synced: losing it costs nothing but a repeated proof.
  absl::Status PutContact(const sync::Receipt& receipt, absl::Time received_at, EdgeCore& core);
  // Remembers the signature of a head that was sealed for sending. Not synced.
  absl::Status PutSealedHead(uint64_t last_seq, absl::string_view signature);

  // The record of a PRR as the feed brought it; NotFound when it has not come or was withdrawn.
  absl::StatusOr<std::string> Record(const domain::PrrId& prr) const;

  const storage::EventLog& log() const { return log_; }
  // Rotation of the data key. A failed write is as one of Commit.
  storage::SealedRows& sealed_rows() { return sealed_; }
  const storage::SealedRows& sealed_rows() const { return sealed_; }
  const FeedCursor& feed_cursor() const { return feed_cursor_; }
  // Why printing is locked, or empty.
  const std::string& lock_reason() const { return lock_reason_; }

 private:
  EdgeStore(storage::KvStore* kv, storage::SealedRows sealed, domain::NodeId node,
            domain::IncarnationId incarnation, storage::EventLog log);

  absl::Status LoadLog(EdgeCore& core);
  absl::Status LoadFeed(EdgeCore& core);
  absl::Status LoadContact(EdgeCore& core);
  absl::Status LoadLock(EdgeCore& core);

  storage::KvStore* kv_;
  storage::SealedRows sealed_;
  domain::NodeId node_;
  domain::IncarnationId incarnation_;
  storage::EventLog log_;
  time::HybridClock hybrid_;
  FeedCursor feed_cursor_;
  std::string lock_reason_;
  // The first receipt for the open office day, as stored: it dates the day (duty_guard.h).
  std::string day_receipt_;

  storage::WriteBatch batch_;
  std::vector<std::pair<domain::Event, EntryStamp>> staged_events_;
  std::vector<domain::FeedItem> staged_items_;
  std::optional<FeedCursor> staged_cursor_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_STORE_EDGE_STORE_H_
