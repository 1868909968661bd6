#include "common/storage/erasure.h"

#include <optional>

#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/storage/key_space.h"

namespace keping::storage {

absl::Status Erasure::Open() {
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> owed, store_->Get(kErasureOwedKey));
  if (!owed.has_value()) return absl::OkStatus();
  KEPING_ASSIGN_OR_RETURN(owed_, ReadBigEndian64(*owed));
  last_ = owed_;
  return absl::OkStatus();
}

void Erasure::Owe(WriteBatch& batch) {
  owed_ = ++last_;
  std::string number;
  AppendBigEndian64(&number, owed_);
  batch.Put(kErasureOwedKey, number);
}

absl::Status Erasure::Purge() const {
  for (const std::string& prefix : prefixes_) {
    KEPING_RETURN_IF_ERROR(store_->Purge(prefix, PrefixEnd(prefix)));
  }
  return absl::OkStatus();
}

absl::Status Erasure::Settle(uint64_t owed) {
  if (owed_ == 0 || owed != owed_) return absl::OkStatus();
  WriteBatch batch;
  batch.Delete(kErasureOwedKey);
  KEPING_RETURN_IF_ERROR(store_->Write(batch, Durability::kSynced));
  owed_ = 0;
  return absl::OkStatus();
}

void Eraser::Look() {
  const uint64_t owed = ports_.erasure->owed();
  if (purging_ || owed == 0) return;
  purging_ = true;
  ports_.work([this, owed] {
    ports_.answer([this, owed, status = ports_.erasure->Purge()] { OnPurged(owed, status); });
  });
}

void Eraser::OnPurged(uint64_t owed, const absl::Status& status) {
  purging_ = false;
  if (status.ok()) return ports_.settle(owed);
  // The disk is asked again at the next look.
  observability::LogWarning("destroyed_rows_left_in_files", {{"reason", status.message()}});
}

}  // namespace keping::storage
