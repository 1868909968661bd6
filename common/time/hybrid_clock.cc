#include "common/time/hybrid_clock.h"

#include <algorithm>

namespace keping::time {
namespace {

constexpr int kCounterBits = 16;

HybridTime FromWall(absl::Time wall) {
  const int64_t millis = std::max<int64_t>(absl::ToUnixMillis(wall), 0);
  return {static_cast<uint64_t>(millis) << kCounterBits};
}

}  // namespace

HybridTime HybridClock::Tick(absl::Time wall) {
  last_.value = std::max(FromWall(wall).value, last_.value + 1);
  return last_;
}

bool HybridClock::Observe(HybridTime remote, absl::Time wall) {
  if (remote > FromWall(wall + kMaxAhead)) return false;
  last_ = std::max(last_, remote);
  return true;
}

}  // namespace keping::time
