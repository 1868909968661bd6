// A KvStore that passes everything on to another one: the base of stores that watch or change what
// is written.
//
//   class CountingStore : public PassingStore {
//     absl::Status Write(const storage::WriteBatch& batch, storage::Durability durability)
//     override;
//   };
#ifndef KEPING_TESTS_SUPPORT_PASSING_STORE_H_
#define KEPING_TESTS_SUPPORT_PASSING_STORE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/storage/kv_store.h"

namespace keping::testing {

class PassingStore : public storage::KvStore {
 public:
  explicit PassingStore(std::unique_ptr<storage::KvStore> store) : store_(std::move(store)) {}

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    return store_->Get(key);
  }
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit)
      const override {
    return store_->Scan(begin, end, visit);
  }
  absl::StatusOr<std::optional<storage::KeyAndValue>> Last(absl::string_view begin,
                                                           absl::string_view end) const override {
    return store_->Last(begin, end);
  }
  [[nodiscard]] absl::Status Write(const storage::WriteBatch& batch,
                                   storage::Durability durability) override {
    return store_->Write(batch, durability);
  }
  [[nodiscard]] absl::Status Purge(absl::string_view begin, absl::string_view end) override {
    return store_->Purge(begin, end);
  }

 private:
  const std::unique_ptr<storage::KvStore> store_;
};

}  // namespace keping::testing

#endif  // KEPING_TESTS_SUPPORT_PASSING_STORE_H_
