#include "edge_node/core/running_time.h"

#include <algorithm>

namespace keping::edge {

void RunningTime::ApplyStamp(const std::string& boot_id, absl::Duration monotonic) {
  total_ += Since(boot_id, monotonic);
  boot_id_ = boot_id;
  last_monotonic_ = monotonic;
}

absl::Duration RunningTime::At(const time::Moment& now) const {
  return total_ + Since(now.boot_id, now.monotonic);
}

absl::Duration RunningTime::Since(const std::string& boot_id, absl::Duration monotonic) const {
  // Another boot began after the entry before.
  const absl::Duration since = boot_id == boot_id_ ? monotonic - last_monotonic_ : monotonic;
  return std::max(since, absl::ZeroDuration());
}

}  // namespace keping::edge
