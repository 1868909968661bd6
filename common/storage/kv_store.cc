#include "common/storage/kv_store.h"

namespace keping::storage {

void WriteBatch::Put(absl::string_view key, absl::string_view value) {
  ops_.push_back({false, std::string(key), std::string(value)});
  byte_size_ += key.size() + value.size();
}

void WriteBatch::Delete(absl::string_view key) {
  ops_.push_back({true, std::string(key), std::string()});
  byte_size_ += key.size();
}

void WriteBatch::Append(const WriteBatch& other) {
  // Indexed, because `other` may be this batch and push_back moves the elements.
  const size_t count = other.ops_.size();
  const size_t added_bytes = other.byte_size_;
  ops_.reserve(ops_.size() + count);
  for (size_t i = 0; i < count; ++i) ops_.push_back(other.ops_[i]);
  byte_size_ += added_bytes;
}

void WriteBatch::Clear() {
  ops_.clear();
  byte_size_ = 0;
}

absl::Status ReopenNeeded() {
  return absl::FailedPreconditionError(
      "the store takes no writes after a failed one: close it and open it again");
}

}  // namespace keping::storage
