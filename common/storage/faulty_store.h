// A KvStore in memory that loses what was not synced and fails when told to: for the simulator and
// for tests of recovery.
//
//   FaultyStore store;
//   store.Write(batch, Durability::kBuffered);
//   store.Crash(prng);                                  // a power cut: the write may be gone
//   store.FailNextWrite(FaultyStore::Failure::kUnknownButWritten);
//   store.Write(batch, Durability::kSynced);            // Unavailable; later ones
//   FailedPrecondition store.Reopen();                                     // writes again, and the
//   batch is there
#ifndef KEPING_COMMON_STORAGE_FAULTY_STORE_H_
#define KEPING_COMMON_STORAGE_FAULTY_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "common/base/prng.h"
#include "common/storage/kv_store.h"
#include "common/storage/ordered_map.h"

namespace keping::storage {

// Not thread-safe, unlike other stores: the simulator has one thread.
class FaultyStore : public KvStore {
 public:
  enum class Failure {
    kNotWritten,         // the batch never reached the disk
    kUnknownButWritten,  // it did, although the write failed; visible after Reopen
  };

  // The next write fails in this way; every later one is refused until Reopen or Crash.
  void FailNextWrite(Failure failure) { next_failure_ = failure; }

  // The process ends and opens the store again: what it wrote is there, and durable, as after the
  // recovery of a real store. Heals a failed store and forgets a failure that did not happen yet.
  void Reopen();

  // A power cut, then Reopen: of the batches written since the last synced one, a random number of
  // the last ones is gone, each as a whole. Returns how many were lost.
  size_t Crash(base::Prng& prng);

  bool failed() const { return failed_; }
  // Batches that a crash could lose.
  size_t unsynced_batches() const { return unsynced_.size(); }
  // The value of `key` that no crash could take away, or nullopt.
  std::optional<std::string> DurableGet(absl::string_view key) const;

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override;
  absl::Status Scan(
      absl::string_view begin, absl::string_view end,
      absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) const override;
  absl::StatusOr<std::optional<KeyAndValue>> Last(absl::string_view begin,
                                                  absl::string_view end) const override;
  [[nodiscard]] absl::Status Write(const WriteBatch& batch, Durability durability) override;
  [[nodiscard]] absl::Status Purge(absl::string_view, absl::string_view) override {
    return absl::OkStatus();
  }

 private:
  // What undoes one batch: the values before it, in the order of its changes.
  struct Undo {
    std::vector<std::pair<std::string, std::optional<std::string>>> before;
  };

  Undo Apply(const WriteBatch& batch);
  void Revert(Undo undo);
  absl::Status Fail(const WriteBatch& batch);

  OrderedMap map_;
  std::vector<Undo> unsynced_;  // oldest first
  std::optional<Failure> next_failure_;
  std::optional<WriteBatch> in_doubt_;  // reached the disk, but its write failed
  bool failed_ = false;
};

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_FAULTY_STORE_H_
