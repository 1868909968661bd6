// A store that syncs nothing while there is hurry, so that what a bench prepares is quickly made.
//
//   store.SetHurry(true);
//   …
//   store.SetHurry(false);   // all of it is durable now
#ifndef KEPING_TESTS_BENCH_HURRIED_STORE_H_
#define KEPING_TESTS_BENCH_HURRIED_STORE_H_

#include "tests/support/passing_store.h"

namespace keping::bench {

// Not thread-safe.
class HurriedStore : public testing::PassingStore {
 public:
  using testing::PassingStore::PassingStore;

  absl::Status Write(const storage::WriteBatch& batch, storage::Durability durability) override {
    return testing::PassingStore::Write(batch,
                                        hurry_ ? storage::Durability::kBuffered : durability);
  }

  absl::Status SetHurry(bool hurry) {
    hurry_ = hurry;
    return hurry ? absl::OkStatus() : Write({}, storage::Durability::kSynced);
  }

 private:
  bool hurry_ = false;
};

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_HURRIED_STORE_H_
