#include "common/storage/memory_store.h"

#include <utility>

#include "absl/synchronization/mutex.h"
#include "common/storage/ordered_map.h"

namespace keping::storage {
namespace {

class MemoryStore : public KvStore {
 public:
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    absl::MutexLock lock(&mutex_);
    return map_.Get(key);
  }

  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit)
      const override {
    OrderedMap::Snapshot snapshot = Borrow();
    ScanMap(*snapshot, begin, end, visit);
    Return(std::move(snapshot));
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<KeyAndValue>> Last(absl::string_view begin,
                                                  absl::string_view end) const override {
    absl::MutexLock lock(&mutex_);
    return map_.Last(begin, end);
  }

  absl::Status Write(const WriteBatch& batch, Durability) override {
    absl::MutexLock lock(&mutex_);
    map_.Apply(batch);
    return absl::OkStatus();
  }

  absl::Status Purge(absl::string_view, absl::string_view) override { return absl::OkStatus(); }

 private:
  OrderedMap::Snapshot Borrow() const {
    absl::MutexLock lock(&mutex_);
    return map_.snapshot();
  }
  // Given back under the lock, so that a writer who finds the map unborrowed may change it in
  // place.
  void Return(OrderedMap::Snapshot snapshot) const {
    absl::MutexLock lock(&mutex_);
    snapshot.reset();
  }

  mutable absl::Mutex mutex_;
  OrderedMap map_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

std::unique_ptr<KvStore> MakeMemoryStore() { return std::make_unique<MemoryStore>(); }

}  // namespace keping::storage
