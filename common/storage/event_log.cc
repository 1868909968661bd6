#include "common/storage/event_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::storage {
namespace {

// Bounds the memory that a move to quarantine takes.
constexpr size_t kQuarantineBatchBytes = size_t{1} << 20;

// After a key, this gives the smallest key that is greater.
constexpr absl::string_view kSmallestSuffix("\0", 1);

absl::StatusOr<uint64_t> NextCutNumber(const KvStore& store) {
  KEPING_ASSIGN_OR_RETURN(const std::optional<KeyAndValue> last,
                          store.Last(kQuarantinePrefix, PrefixEnd(kQuarantinePrefix)));
  if (!last) return 1;
  KEPING_ASSIGN_OR_RETURN(const uint64_t cut, ReadBigEndian64(last->first, 1));
  return cut + 1;
}

}  // namespace

absl::StatusOr<EventLog> EventLog::Open(KvStore* store,
                                        absl::FunctionRef<void(const domain::Entry&)> visit) {
  EventLog log(store);
  KEPING_RETURN_IF_ERROR(log.VerifyChain(visit));
  if (log.open_report_.cut) KEPING_RETURN_IF_ERROR(log.Quarantine());
  log.open_report_.entries = log.committed_.head.seq;
  log.Abandon();
  return log;
}

LoggedEntry EventLog::Stage(EntryDraft draft, WriteBatch* batch) {
  if (staged_.head.seq == 0) {
    node_ = draft.node;
    incarnation_ = draft.incarnation;
  }
  KEPING_CHECK(draft.node == node_ && draft.incarnation == incarnation_,
               "a log holds the entries of one stream");
  LoggedEntry logged;
  domain::EntryHeader& header = logged.entry.header;
  header.node = std::move(draft.node);
  header.incarnation = std::move(draft.incarnation);
  header.seq = staged_.head.seq + 1;
  header.previous = staged_.head.hash;
  header.hybrid_time = draft.hybrid_time.value;
  header.boot_id = std::move(draft.moment.boot_id);
  header.monotonic_micros = absl::ToInt64Microseconds(draft.moment.monotonic);
  header.wall_micros = absl::ToUnixMicros(draft.moment.wall);
  header.type = draft.type;
  logged.entry.payload = std::move(draft.payload);
  const std::string bytes = domain::EncodeEntry(logged.entry);
  logged.hash = domain::HashEntryBytes(bytes);
  batch->Put(EntryKey(header.seq), bytes);
  staged_ = {{header.seq, logged.hash}, draft.hybrid_time};
  return logged;
}

void EventLog::Committed() { committed_ = staged_; }

void EventLog::Abandon() {
  staged_ = committed_;
  if (committed_.head.seq > 0) return;
  node_ = domain::NodeId();
  incarnation_ = domain::IncarnationId();
}

absl::Status EventLog::Read(
    uint64_t from_seq, uint64_t max_entries, size_t max_bytes,
    absl::FunctionRef<bool(uint64_t seq, absl::string_view bytes)> visit) const {
  if (max_entries == 0) return absl::OkStatus();
  const uint64_t first = std::max<uint64_t>(from_seq, 1);
  uint64_t seq = first;
  size_t bytes = 0;
  return store_->Scan(EntryKey(first), PrefixEnd(kEntryPrefix),
                      [&](absl::string_view, absl::string_view value) {
                        bytes += value.size();
                        if (seq > first && bytes > max_bytes) return false;
                        const bool more = visit(seq, value);
                        ++seq;
                        return more && seq - first < max_entries;
                      });
}

absl::StatusOr<LogHead> EventLog::HeadAt(uint64_t seq) const {
  if (seq == head().seq && seq > 0) return head();
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, store_->Get(EntryKey(seq)));
  if (!bytes) {
    return absl::NotFoundError(absl::StrCat("got seq ", seq, ", want 1 to ", head().seq));
  }
  return LogHead{seq, domain::HashEntryBytes(*bytes)};
}

absl::Status EventLog::VerifyChain(absl::FunctionRef<void(const domain::Entry&)> visit) {
  Position before;     // of the entry before the head
  domain::Entry last;  // at the head; its successor may still show it to be damaged
  const auto cut = [this](std::string reason) {
    open_report_.cut = Cut{head().seq + 1, 0, std::move(reason)};
    return false;
  };
  KEPING_RETURN_IF_ERROR(store_->Scan(
      kEntryPrefix, PrefixEnd(kEntryPrefix), [&](absl::string_view key, absl::string_view value) {
        absl::StatusOr<domain::Entry> entry = ParseNext(key, value);
        if (!entry.ok()) return cut(std::string(entry.status().message()));
        const domain::EntryHeader& header = entry->header;
        if (header.previous != head().hash) {
          if (head().seq > 0 && !IsRefutedBySuccessor(value)) committed_ = before;
          return cut(absl::StrCat("entry ", header.seq, " names ", header.previous.ShortHex(),
                                  " as the hash before it, which no entry has"));
        }
        // After the link, because a broken one may put the blame on the entry before.
        const absl::Status stream = CheckStream(header);
        if (!stream.ok()) return cut(std::string(stream.message()));
        if (head().seq == 0) {
          node_ = header.node;
          incarnation_ = header.incarnation;
        } else {
          visit(last);
        }
        before = committed_;
        committed_ = {{header.seq, domain::HashEntryBytes(value)}, {header.hybrid_time}};
        last = *std::move(entry);
        return true;
      }));
  // When it was cut off, the one before was visited as its successor came.
  if (head().seq == last.header.seq && head().seq > 0) visit(last);
  return absl::OkStatus();
}

// The entry after the head, as far as it shows by itself.
absl::StatusOr<domain::Entry> EventLog::ParseNext(absl::string_view key,
                                                  absl::string_view value) const {
  const uint64_t want = head().seq + 1;
  if (key != EntryKey(want))
    return absl::DataLossError(absl::StrCat("entry ", want, " is missing"));
  KEPING_ASSIGN_OR_RETURN(domain::Entry entry, domain::ParseEntry(value));
  if (entry.header.seq != want) {
    return absl::DataLossError(
        absl::StrCat("entry ", want, " says it is entry ", entry.header.seq));
  }
  return entry;
}

absl::Status EventLog::CheckStream(const domain::EntryHeader& header) const {
  if (head().seq == 0 || (header.node == node_ && header.incarnation == incarnation_)) {
    return absl::OkStatus();
  }
  return absl::DataLossError(absl::StrCat("entry ", header.seq, " is of the stream ",
                                          header.node.value(), " ", header.incarnation.value(),
                                          ", want ", node_.value(), " ", incarnation_.value()));
}

// Whether the entry after the one with bytes `value`, which is the next after the head, names
// another hash than that of `value`.
bool EventLog::IsRefutedBySuccessor(absl::string_view value) const {
  const auto successor = store_->Get(EntryKey(head().seq + 2));
  if (!successor.ok() || !successor->has_value()) return false;
  const auto entry = domain::ParseEntry(**successor);
  return entry.ok() && entry->header.previous != domain::HashEntryBytes(value);
}

// In several batches: one that ends half-way leaves a gap, and the next Open moves the rest.
absl::Status EventLog::Quarantine() {
  KEPING_ASSIGN_OR_RETURN(const uint64_t cut, NextCutNumber(*store_));
  const std::string begin = head().seq == 0 ? std::string(kEntryPrefix)
                                            : absl::StrCat(EntryKey(head().seq), kSmallestSuffix);
  WriteBatch batch;
  absl::Status written;
  KEPING_RETURN_IF_ERROR(store_->Scan(begin, PrefixEnd(kEntryPrefix),
                                      [&](absl::string_view key, absl::string_view value) {
                                        batch.Put(QuarantineKey(cut, key), value);
                                        batch.Delete(key);
                                        ++open_report_.cut->moved;
                                        if (batch.byte_size() < kQuarantineBatchBytes) return true;
                                        written = store_->Write(batch, Durability::kSynced);
                                        batch.Clear();
                                        return written.ok();
                                      }));
  KEPING_RETURN_IF_ERROR(written);
  return store_->Write(batch, Durability::kSynced);
}

}  // namespace keping::storage
