#include "tests/sim/watched_store.h"

#include <utility>

#include "common/base/check.h"
#include "common/storage/key_space.h"

namespace keping::sim {
namespace {

bool IsEntryKey(absl::string_view key) {
  return key.substr(0, storage::kEntryPrefix.size()) == storage::kEntryPrefix;
}

uint64_t SeqOf(absl::string_view key) {
  auto seq = storage::ReadBigEndian64(key, storage::kEntryPrefix.size());
  KEPING_CHECK(seq.ok(), "an entry's key ends in its seq");
  return *seq;
}

}  // namespace

absl::Status WatchedStore::Write(const storage::WriteBatch& batch, storage::Durability durability) {
  absl::Status status = store_.Write(batch, durability);
  if (!status.ok()) return status;
  for (const storage::WriteBatch::Op& op : batch.ops()) {
    if (!op.is_delete && IsEntryKey(op.key)) buffered_.emplace_back(SeqOf(op.key), op.value);
  }
  if (durability == storage::Durability::kBuffered) return status;
  for (const auto& [seq, bytes] : std::exchange(buffered_, {})) Hear(seq, bytes);
  return status;
}

void WatchedStore::Reopen() {
  store_.Reopen();
  HearTail();
}

size_t WatchedStore::Crash(base::Prng& prng) {
  const size_t lost = store_.Crash(prng);
  HearTail();
  return lost;
}

void WatchedStore::Restore(const storage::FaultyStore& backup) {
  store_ = backup;
  LookAgain();
}

void WatchedStore::Touch(const storage::WriteBatch& batch) {
  KEPING_CHECK(store_.Write(batch, storage::Durability::kSynced).ok(), "nobody else writes");
  LookAgain();
}

void WatchedStore::LookAgain() {
  store_.Reopen();
  buffered_.clear();
  durable_seq_ = 0;
  auto last = store_.Last(storage::kEntryPrefix, storage::PrefixEnd(storage::kEntryPrefix));
  if (last.ok() && last->has_value()) durable_seq_ = SeqOf((*last)->first);
}

void WatchedStore::Hear(uint64_t seq, const std::string& bytes) {
  durable_seq_ = seq;
  watcher_(seq, bytes);
}

// What lies in the store after it was opened is durable.
void WatchedStore::HearTail() {
  buffered_.clear();
  std::vector<std::pair<uint64_t, std::string>> tail;
  (void)store_.Scan(storage::EntryKey(durable_seq_ + 1), storage::PrefixEnd(storage::kEntryPrefix),
                    [&](absl::string_view key, absl::string_view value) {
                      tail.emplace_back(SeqOf(key), std::string(value));
                      return true;
                    });
  for (const auto& [seq, bytes] : tail) Hear(seq, bytes);
}

}  // namespace keping::sim
