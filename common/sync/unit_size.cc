#include "common/sync/unit_size.h"

#include <algorithm>

namespace keping::sync {

void UnitSize::OnAnswered(absl::Duration now) {
  if (sent_.empty()) return;
  const absl::Duration sent = sent_.front();
  sent_.pop_front();
  took_ = now - sent;
  if (sent < changed_) return;
  const size_t before = bytes_;
  if (took_ <= kSoon) bytes_ = std::min(bytes_ * 2, most_);
  if (took_ > kLate) bytes_ = std::max(bytes_ / 2, first_ / 2);
  if (bytes_ != before) changed_ = now;
}

void UnitSize::Reset() {
  bytes_ = first_;
  took_ = absl::ZeroDuration();
  changed_ = -absl::InfiniteDuration();
  sent_.clear();
}

}  // namespace keping::sync
