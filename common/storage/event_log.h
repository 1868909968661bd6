// A node's own log over a KvStore: numbers entries, chains their hashes, verifies the chain at
// open.
//
//   KEPING_ASSIGN_OR_RETURN(EventLog log, EventLog::Open(store.get(), [](Entry entry) { … }));
//   if (log.open_report().cut) …                       // say what was lost; ask the centre for it
//   WriteBatch batch;
//   LoggedEntry logged = log.Stage(draft, &batch);     // more entries, and rows, into one batch
//   KEPING_RETURN_IF_ERROR(store->Write(batch, Durability::kSynced));
//   log.Committed();
//
// After a failed write the log is dropped and opened again with its store.
#ifndef KEPING_COMMON_STORAGE_EVENT_LOG_H_
#define KEPING_COMMON_STORAGE_EVENT_LOG_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/hash.h"
#include "common/domain/entry.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"
#include "common/time/hybrid_clock.h"

namespace keping::storage {

// What the writer knows of an entry before it has a place in the log.
struct EntryDraft {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  time::HybridTime hybrid_time;
  time::Moment moment;
  uint32_t type = 0;
  std::string payload;
};

struct LoggedEntry {
  domain::Entry entry;
  crypto::Hash hash;  // of the entry: the id of its event
};

// The last entry of a log, or of a part of it; seq 0 and a zero hash for an empty one.
struct LogHead {
  uint64_t seq = 0;
  crypto::Hash hash;

  friend bool operator==(const LogHead&, const LogHead&) = default;
};

// Owned by the single writer of its store; not thread-safe. The store must outlive it.
class EventLog {
 public:
  // What was stored but did not fit the chain, and where it went.
  struct Cut {
    uint64_t from_seq = 0;  // the first seq that is no longer in the log
    uint64_t moved = 0;     // stored values moved to quarantine, byte for byte
    std::string reason;     // why the value at `from_seq` was not the next entry
  };
  struct OpenReport {
    uint64_t entries = 0;  // good ones, now in the log
    std::optional<Cut> cut;
  };

  // Verifies the chain from entry 1: every entry parses, names the stream of the first one, its seq
  // and the hash before it. From the first that does not, everything is moved under
  // kQuarantinePrefix, so that the log is its good prefix. Errors are those of the store.
  //
  // An entry that does not have the hash that its successor names is cut off too, unless the entry
  // after that shows the successor to be the damaged one. Damage to the last entry alone shows only
  // against a witness outside the log (a receipt, a sealed head).
  //
  // `visit` gets the entries that are in the log afterwards, in order: to replay a log costs one
  // reading.
  static absl::StatusOr<EventLog> Open(KvStore* store,
                                       absl::FunctionRef<void(const domain::Entry&)> visit);
  static absl::StatusOr<EventLog> Open(KvStore* store) {
    return Open(store, [](const domain::Entry&) {});
  }

  const OpenReport& open_report() const { return open_report_; }
  // The last entry that is stored; staged ones do not count.
  const LogHead& head() const { return committed_.head; }
  // Of the entry at head(), to restore a HybridClock; zero for an empty log.
  time::HybridTime last_hybrid_time() const { return committed_.hybrid_time; }
  // The stream of the entries; empty ids for an empty log.
  const domain::NodeId& node() const { return node_; }
  const domain::IncarnationId& incarnation() const { return incarnation_; }

  // Makes the next entry, after those already staged, and puts it into `batch`. All entries of a
  // log are of one stream. The payload has at most domain::kMaxPayloadSize bytes.
  LoggedEntry Stage(EntryDraft draft, WriteBatch* batch);

  // The batch with everything staged was written: moves the head.
  void Committed();
  // The batch is not going to be written: forgets what was staged.
  void Abandon();

  // Visits stored entries in order from `from_seq` on, until `visit` returns false, `max_entries`
  // were visited or the next one would exceed `max_bytes` in sum. The first is always visited, so
  // that a large entry holds up nobody.
  absl::Status Read(uint64_t from_seq, uint64_t max_entries, size_t max_bytes,
                    absl::FunctionRef<bool(uint64_t seq, absl::string_view bytes)> visit) const;

  // The head as it was at `seq`; NotFound unless 1 <= seq <= head().seq.
  absl::StatusOr<LogHead> HeadAt(uint64_t seq) const;

 private:
  struct Position {
    LogHead head;
    time::HybridTime hybrid_time;
  };

  explicit EventLog(KvStore* store) : store_(store) {}

  absl::Status VerifyChain(absl::FunctionRef<void(const domain::Entry&)> visit);
  absl::StatusOr<domain::Entry> ParseNext(absl::string_view key, absl::string_view value) const;
  absl::Status CheckStream(const domain::EntryHeader& header) const;
  bool IsRefutedBySuccessor(absl::string_view value) const;
  absl::Status Quarantine();

  KvStore* store_;
  OpenReport open_report_;
  domain::NodeId node_;
  domain::IncarnationId incarnation_;
  Position committed_;
  Position staged_;
};

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_EVENT_LOG_H_
