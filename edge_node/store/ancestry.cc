#include "edge_node/store/ancestry.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/edge.pb.h"

namespace keping::edge {
namespace {

namespace row = ::keping::store::v1;

std::string KeyOf(absl::string_view prefix, uint64_t ancestor, uint64_t seq) {
  std::string key(prefix);
  storage::AppendBigEndian64(&key, ancestor);
  storage::AppendBigEndian64(&key, seq);
  return key;
}

absl::StatusOr<uint64_t> CountOf(const storage::KvStore& kv) {
  const absl::string_view prefix = storage::kAncestorEntryPrefix;
  KEPING_ASSIGN_OR_RETURN(const auto last, kv.Last(prefix, storage::PrefixEnd(prefix)));
  if (!last.has_value()) return uint64_t{0};
  return storage::ReadBigEndian64(last->first, prefix.size());
}

absl::Status Broken(uint64_t ancestor, uint64_t seq) {
  return absl::DataLossError(absl::StrCat("the database is damaged: entry ", seq,
                                          " of the earlier log ", ancestor,
                                          " is not the one that was written. Keep the database as "
                                          "it is and call the district office."));
}

// Moves everything under `from` to the same place after `to`.
absl::Status Move(const storage::KvStore& kv, absl::string_view from, absl::string_view to,
                  uint64_t ancestor, storage::WriteBatch* batch) {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(
      kv.Scan(from, storage::PrefixEnd(from), [&](absl::string_view key, absl::string_view value) {
        const auto seq = storage::ReadBigEndian64(key, from.size());
        status = seq.status();
        if (!status.ok()) return false;
        batch->Put(KeyOf(to, ancestor, *seq), value);
        batch->Delete(key);
        return true;
      }));
  return status;
}

}  // namespace

absl::StatusOr<Ancestry> Ancestry::Open(const storage::KvStore& kv,
                                        absl::FunctionRef<void(const domain::Entry&)> visit) {
  Ancestry ancestry;
  uint64_t at = 0;
  absl::Status status;
  const absl::string_view prefix = storage::kAncestorEntryPrefix;
  KEPING_RETURN_IF_ERROR(kv.Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view bytes) {
        const auto ancestor = storage::ReadBigEndian64(key, prefix.size());
        const auto entry = domain::ParseEntry(bytes);
        if (!ancestor.ok() || !entry.ok()) {
          status = Broken(at, 0);
          return false;
        }
        const sync::Head before =
            *ancestor == at && ancestry.parent_ ? ancestry.parent_->head : sync::Head();
        at = *ancestor;
        const domain::EntryHeader& header = entry->header;
        if (header.seq != before.seq + 1 || header.previous != before.hash) {
          status = Broken(at, header.seq);
          return false;
        }
        ancestry.parent_ = {header.incarnation, {header.seq, domain::HashEntryBytes(bytes)}};
        ancestry.last_hybrid_time_ = {header.hybrid_time};
        visit(*entry);
        return true;
      }));
  KEPING_RETURN_IF_ERROR(status);
  KEPING_ASSIGN_OR_RETURN(const auto bytes, kv.Get(storage::kSuccessionKey));
  if (!bytes.has_value()) return ancestry;
  row::Succession succession;
  if (!succession.ParseFromString(*bytes)) return Broken(at, 0);
  KEPING_ASSIGN_OR_RETURN(ancestry.successor_,
                          domain::IncarnationId::Parse(succession.incarnation()));
  ancestry.reason_ = static_cast<domain::IncarnationReason>(succession.reason());
  ancestry.reached_seq_ = succession.reached_seq();
  return ancestry;
}

absl::Status StageSuccession(const storage::KvStore& kv, const LogTail& tail,
                             const domain::IncarnationId& successor,
                             domain::IncarnationReason reason, uint64_t reached_seq,
                             storage::WriteBatch* batch) {
  KEPING_ASSIGN_OR_RETURN(const uint64_t count, CountOf(kv));
  const uint64_t ancestor = count + 1;
  KEPING_RETURN_IF_ERROR(
      Move(kv, storage::kEntryPrefix, storage::kAncestorEntryPrefix, ancestor, batch));
  KEPING_RETURN_IF_ERROR(
      Move(kv, storage::kSealedHeadPrefix, storage::kAncestorHeadPrefix, ancestor, batch));
  KEPING_RETURN_IF_ERROR(tail.Visit([&](const sync::Segment& segment) {
    uint64_t seq = segment.first_seq;
    for (const std::string& entry : segment.entries) {
      batch->Put(KeyOf(storage::kAncestorEntryPrefix, ancestor, seq++), entry);
    }
    batch->Put(KeyOf(storage::kAncestorHeadPrefix, ancestor, seq - 1), segment.signature);
    std::string fetched(storage::kLogTailPrefix);
    storage::AppendBigEndian64(&fetched, segment.first_seq);
    batch->Delete(fetched);
  }));
  row::Succession succession;
  succession.set_incarnation(successor.value());
  succession.set_reason(static_cast<log::v1::IncarnationReason>(reason));
  if (reached_seq > tail.end().seq) succession.set_reached_seq(reached_seq);
  batch->Put(storage::kSuccessionKey, succession.SerializeAsString());
  batch->Delete(storage::kFrozenKey);
  batch->Delete(storage::kLockKey);
  batch->Delete(storage::kFeedCursorKey);
  return absl::OkStatus();
}

}  // namespace keping::edge
