// A FaultyStore whose durable log somebody watches: every entry of the own log is handed on at the
// moment when it can no longer be lost. What the watcher heard is the truth about the log; what a
// node or the centre says about it is measured against that.
//
//   WatchedStore store([&](uint64_t seq, const std::string& bytes) { … });
//   store.Write(batch, Durability::kBuffered);   // nothing is heard
//   store.Write(more, Durability::kSynced);      // the entries of both batches are heard, in order
#ifndef KEPING_TESTS_SIM_WATCHED_STORE_H_
#define KEPING_TESTS_SIM_WATCHED_STORE_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/storage/faulty_store.h"
#include "common/storage/kv_store.h"

namespace keping::sim {

// Not thread-safe.
class WatchedStore : public storage::KvStore {
 public:
  using Watcher = std::function<void(uint64_t seq, const std::string& bytes)>;

  explicit WatchedStore(Watcher watcher) : watcher_(std::move(watcher)) {}

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    return store_.Get(key);
  }
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit)
      const override {
    return store_.Scan(begin, end, visit);
  }
  absl::StatusOr<std::optional<storage::KeyAndValue>> Last(absl::string_view begin,
                                                           absl::string_view end) const override {
    return store_.Last(begin, end);
  }
  [[nodiscard]] absl::Status Write(const storage::WriteBatch& batch,
                                   storage::Durability durability) override;
  [[nodiscard]] absl::Status Purge(absl::string_view begin, absl::string_view end) override {
    return store_.Purge(begin, end);
  }

  // The process ended, or the power was cut: see FaultyStore. Entries that turn out to be durable
  // are heard. Returns the batches lost.
  void Reopen();
  size_t Crash(base::Prng& prng);
  void FailNextWrite(storage::FaultyStore::Failure failure) { store_.FailNextWrite(failure); }
  bool failed() const { return store_.failed(); }

  // The value that a power cut right now could not take away.
  std::optional<std::string> DurableGet(absl::string_view key) const {
    return store_.DurableGet(key);
  }
  // The last entry that was heard.
  uint64_t durable_seq() const { return durable_seq_; }

  // A backup of everything, and its return: the store forgets what came later, and so does the
  // watcher's count of what was heard.
  storage::FaultyStore Backup() const { return store_; }
  void Restore(const storage::FaultyStore& backup);
  // Writes what nobody hears: a damage, or the work of an administrator. What is written after it,
  // or after the node has put the log in order, is heard again.
  void Touch(const storage::WriteBatch& batch);
  void LookAgain();

 private:
  void Hear(uint64_t seq, const std::string& bytes);
  void HearTail();

  storage::FaultyStore store_;
  Watcher watcher_;
  uint64_t durable_seq_ = 0;
  std::vector<std::pair<uint64_t, std::string>> buffered_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_WATCHED_STORE_H_
