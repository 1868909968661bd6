#include "common/runtime/backoff.h"

#include <algorithm>

namespace keping::runtime {

Backoff::Backoff(absl::Duration first, absl::Duration cap, uint64_t seed)
    : first_(first), cap_(cap), ceiling_(first), prng_(seed) {}

absl::Duration Backoff::Next() {
  const absl::Duration wait =
      absl::Milliseconds(prng_.Between(0, absl::ToInt64Milliseconds(ceiling_)));
  ceiling_ = std::min(ceiling_ * 2, cap_);
  return wait;
}

}  // namespace keping::runtime
