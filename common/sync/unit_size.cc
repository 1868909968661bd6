#include "common/sync/unit_size.h"

#include <algorithm>

namespace keping::sync {

void UnitSize::OnAnswered(absl::Duration now) {
  if (sent_.empty()) return;
  const absl::Duration took = now - sent_.front();
  sent_.pop_front();
  if (took <= kSoon) bytes_ = std::min(bytes_ * 2, most_);
  if (took > kLate) bytes_ = std::max(bytes_ / 2, first_ / 2);
}

void UnitSize::Reset() {
  bytes_ = first_;
  sent_.clear();
}

}  // namespace keping::sync
