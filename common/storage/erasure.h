// Destruction that reaches the files: a deleted row lies in the store's files until they are
// written anew, and in a backup of those files for ever. What deletes rows for good owes a purge,
// and says so in the same batch, so that a crash forgets neither the deletion nor the debt.
//
//   Erasure erasure(&store, {std::string(kRecordPrefix)});
//   KEPING_RETURN_IF_ERROR(erasure.Open());
//   batch.Delete(record_key);
//   erasure.Owe(batch);                          // …the batch is written…
//   Eraser eraser({.erasure = &erasure, .work = …, .answer = …, .settle = …});
//   eraser.Look();                               // now and then
#ifndef KEPING_COMMON_STORAGE_ERASURE_H_
#define KEPING_COMMON_STORAGE_ERASURE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/storage/kv_store.h"

namespace keping::storage {

// Lives with the single writer of the store, which must outlive it; only Purge may be called on
// another thread.
class Erasure {
 public:
  // `prefixes`: where the rows lie that are deleted for good.
  Erasure(KvStore* store, std::vector<std::string> prefixes)
      : store_(store), prefixes_(std::move(prefixes)) {}

  // Reads what an earlier run left owed. Errors are those of the store.
  absl::Status Open();
  // Notes in `batch`, which deletes rows, that they may still lie in files.
  void Owe(WriteBatch& batch);
  // The number of the last such batch; 0: nothing is owed.
  uint64_t owed() const { return owed_; }

  // Writes the files of the prefixes anew, which takes as long as it takes to read them.
  absl::Status Purge() const;
  // A purge that began when `owed` was the last number is through.
  absl::Status Settle(uint64_t owed);

 private:
  KvStore* store_;
  std::vector<std::string> prefixes_;
  uint64_t owed_ = 0;
  uint64_t last_ = 0;
};

// Pays what is owed, away from the node's thread, one purge at a time. Lives on that thread.
class Eraser {
 public:
  struct Ports {
    const Erasure* erasure = nullptr;
    std::function<void(std::function<void()> task)> work;    // on a thread that may wait for disks
    std::function<void(std::function<void()> task)> answer;  // on the node's thread
    std::function<void(uint64_t owed)> settle;               // Erasure::Settle, by the node
  };

  explicit Eraser(Ports ports) : ports_(std::move(ports)) {}

  // Begins a purge where one is owed and none goes on.
  void Look();

 private:
  void OnPurged(uint64_t owed, const absl::Status& status);

  const Ports ports_;
  bool purging_ = false;
};

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_ERASURE_H_
