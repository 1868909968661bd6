// Everything an edge node keeps on disk, over the KvStore port: its log, the feed, the last
// receipt.
//
//   EdgeCore core(settings);                                   // empty: log and feed are replayed
//   KEPING_ASSIGN_OR_RETURN(auto store, EdgeStore::Open(kv, cipher, random, who, core));
//   store->Stage(events, now); store->StageFeed({}, items, cursor);
//   KEPING_RETURN_IF_ERROR(store->Commit(core));               // one synced batch, then the core
//
// After a failed Commit nothing more is written: the node starts over from what the disk holds.
#ifndef KEPING_EDGE_NODE_STORE_EDGE_STORE_H_
#define KEPING_EDGE_NODE_STORE_EDGE_STORE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/seal.h"
#include "common/domain/event.h"
#include "common/domain/feed.h"
#include "common/domain/ids.h"
#include "common/storage/erasure.h"
#include "common/storage/event_log.h"
#include "common/storage/kv_store.h"
#include "common/storage/sealed_rows.h"
#include "common/sync/frames.h"
#include "common/time/clock.h"
#include "common/time/hybrid_clock.h"
#include "edge_node/core/edge_core.h"
#include "edge_node/store/ancestry.h"
#include "edge_node/store/frozen.h"
#include "edge_node/store/log_tail.h"
#include "edge_node/store/nik_index.h"
#include "edge_node/store/side_records.h"

namespace keping::edge {

// Draws `size` random bytes; seeded in the simulator.
using RandomSource = std::function<std::string(size_t size)>;

struct FeedCursor {
  uint64_t position = 0;
  domain::GenerationId generation;
  uint32_t generation_order = 0;  // 0: not known
};

// A person's own password, as the node keeps it.
struct StoredPassword {
  std::string verifier;   // common/crypto/password.h
  crypto::Hash replaces;  // SHA-256 of the district's verifier that it was set over
  bool must_change = false;
};

// What to do about a lost data key: the end of K-210.
inline constexpr absl::string_view kLostDataKeyAdvice =
    "stop the node and run keping-edge --config FILE drop-records: it forgets the records, makes a "
    "new key, and fetches them again at the next contact; until then it prints nothing.";

// A serialised keping.national.v1.Record without photo and signature; what is none stays as it is.
std::string WithoutPictures(const std::string& record);

// Not thread-safe: owned by the node's core thread. `kv` must outlive it.
class EdgeStore {
 public:
  static constexpr uint32_t kFormatVersion = 3;

  // Verifies the log, and replays it and its ancestors, the feed, the last receipt and the lock
  // into `core`, which is empty. Entries of ancestors count as long before any of the log: their
  // seq is 0 in the core. After an error the core is worthless.
  static absl::StatusOr<std::unique_ptr<EdgeStore>> Open(storage::KvStore* kv,
                                                         crypto::RecordCipher cipher,
                                                         RandomSource random, domain::NodeId node,
                                                         domain::IncarnationId incarnation,
                                                         EdgeCore& core);

  // The sealed rows alone, to look whether their keys are here.
  static absl::StatusOr<storage::SealedRows> OpenSealedRows(storage::KvStore* kv,
                                                            crypto::RecordCipher cipher,
                                                            RandomSource random);

  // What a lost data key cost: makes a store forget its sealed rows, and the place in the feed that
  // they came up to, so that the next contact brings them again. The log stays as it is. The store
  // is not open as an EdgeStore meanwhile. Returns how many rows it forgot.
  static absl::StatusOr<uint64_t> DropSealedRows(storage::KvStore& kv);

  // Adds to the batch of the next Commit.
  void Stage(const std::vector<domain::Event>& events, const time::Moment& now);
  // `forgotten`: keys to be forgotten before the items are taken over; `records`: of those that
  // come with a record, or whose record is here already, what lies in the store then.
  void StageFeed(const std::vector<std::string>& forgotten,
                 const std::vector<domain::FeedItem>& items,
                 const std::map<domain::PrrId, RecordState>& records, const FeedCursor& cursor);
  // The record that an item of the catalogue names came by itself; with a fault and without bytes:
  // it will not.
  void StageRecord(const Catalogue& catalogue, const domain::PrrId& prr, const std::string& record,
                   const std::string& fault);
  // Of the records that came by themselves, so that a restart begins no new day.
  void StageFetched(const FetchedOfDay& fetched);
  const FetchedOfDay& fetched() const { return fetched_; }
  void StageSideRecord(const SideRecord& side);
  // Takes photo and signature out of a record that is here: its card is with the resident.
  absl::Status StagePurge(const domain::PrrId& prr);
  void StageLock(absl::string_view reason);
  // Nothing is staged as an event after the commit: the machine was restored or cloned. Printing is
  // locked with it.
  void StageFreeze(const Frozen& frozen, absl::string_view reason);
  void StageUnlock();
  void StagePassword(const domain::OperatorId& person, const StoredPassword& password);
  // Writes what is staged, synced, and applies it to the core.
  absl::Status Commit(EdgeCore& core);

  // The last receipt of this incarnation that is remembered.
  const std::optional<sync::Receipt>& last_receipt() const { return last_receipt_; }
  // Remembers a verified receipt, of a moment of contact that this machine's clock and running time
  // name (Contact). Not synced: losing it costs nothing but a repeated proof.
  absl::Status PutContact(const sync::Receipt& receipt, absl::Time received_at,
                          absl::Duration running_at, EdgeCore& core);
  // Remembers the slip of a lending. A failed write is as one of Commit.
  absl::Status PutSlip(const LendingSlip& slip, EdgeCore& core);
  // Remembers the signature of a head that was sealed for sending. Not synced.
  absl::Status PutSealedHead(uint64_t last_seq, absl::string_view signature);

  // The own password of a person; nullopt: none was set here.
  absl::StatusOr<std::optional<StoredPassword>> Password(const domain::OperatorId& person) const;

  // The record of a PRR as the feed brought it; NotFound when it has not come or was withdrawn.
  absl::StatusOr<std::string> Record(const domain::PrrId& prr) const;

  // The names that a side record holds; NotFound when it is not here, or its key was destroyed.
  absl::StatusOr<std::vector<std::string>> ReadSideRecord(const crypto::Hash& name) const;
  // Destroys its key, durably. A failed write is as one of Commit.
  absl::Status ForgetSideRecord(const crypto::Hash& name);

  const std::optional<Frozen>& frozen() const { return frozen_; }
  const Ancestry& ancestry() const { return ancestry_; }
  LogTail& tail() { return tail_; }
  const LogTail& tail() const { return tail_; }
  // Visits the ancestors' entries and then the log's, in order.
  absl::Status VisitLog(
      absl::FunctionRef<void(const domain::Entry& entry, bool of_ancestor)> visit) const;

  const NikIndex& nik_index() const { return nik_index_; }

  const storage::EventLog& log() const { return log_; }
  // Rotation of the data key. A failed write is as one of Commit.
  storage::SealedRows& sealed_rows() { return sealed_; }
  const storage::SealedRows& sealed_rows() const { return sealed_; }
  // What was destroyed may still lie in the store's files. A failed write is as one of Commit.
  storage::Erasure& erasure() { return erasure_; }
  const storage::Erasure& erasure() const { return erasure_; }
  const FeedCursor& feed_cursor() const { return feed_cursor_; }
  // Why printing is locked, or empty.
  const std::string& lock_reason() const { return lock_reason_; }

 private:
  EdgeStore(storage::KvStore* kv, storage::SealedRows sealed, domain::NodeId node,
            domain::IncarnationId incarnation, storage::EventLog log, Ancestry ancestry,
            LogTail tail);

  // The key of the look-up by NIK. A new one is written with the first batch.
  absl::Status LoadNikLookUpKey(const RandomSource& draw);
  // Of the record that an item brings, or brought before it was withdrawn; zero: none.
  crypto::Hash NikKeyOf(const domain::PrrItem& item) const;
  // `item` without its record, and what lies in the store of it.
  void PutFeedItem(const domain::FeedItem& bare, const RecordState& state,
                   const crypto::Hash& nik_key);
  absl::Status LoadFeed(EdgeCore& core);
  absl::Status LoadFetched();
  absl::Status LoadFeedItem(absl::string_view key, absl::string_view sealed, EdgeCore& core);
  absl::Status LoadContact(EdgeCore& core);
  absl::Status LoadLock(EdgeCore& core);
  absl::Status LoadSlips(EdgeCore& core);

  storage::KvStore* kv_;
  storage::SealedRows sealed_;
  storage::Erasure erasure_;
  domain::NodeId node_;
  domain::IncarnationId incarnation_;
  storage::EventLog log_;
  Ancestry ancestry_;
  LogTail tail_;
  std::optional<Frozen> frozen_;
  NikIndex nik_index_;
  time::HybridClock hybrid_;
  FeedCursor feed_cursor_;
  FetchedOfDay fetched_;
  std::string lock_reason_;
  // The first receipt for the open office day, as stored: it dates the day (duty_guard.h).
  std::string day_receipt_;
  std::optional<sync::Receipt> last_receipt_;

  storage::WriteBatch batch_;
  std::vector<std::pair<domain::Event, EntryStamp>> staged_events_;
  std::vector<std::string> staged_forgotten_;
  std::vector<std::pair<domain::FeedItem, RecordState>> staged_items_;
  std::vector<std::pair<domain::PrrId, RecordState>> staged_records_;
  std::vector<std::pair<domain::PrrId, crypto::Hash>> staged_nik_keys_;
  std::optional<FeedCursor> staged_cursor_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_STORE_EDGE_STORE_H_
