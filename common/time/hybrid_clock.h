// Hybrid logical time (Kulkarni et al., 2014): close to wall time, never goes back, orders cause
// before effect between nodes. Evidence for people; order in Keping is (stream, seq).
//
//   HybridClock hybrid(restored);
//   HybridTime t = hybrid.Tick(now.wall);
//   hybrid.Observe(remote, now.wall);   // ignored beyond kMaxAhead: an office set to 2099 infects
//   nobody
#ifndef KEPING_COMMON_TIME_HYBRID_CLOCK_H_
#define KEPING_COMMON_TIME_HYBRID_CLOCK_H_

#include <compare>
#include <cstdint>

#include "absl/time/time.h"

namespace keping::time {

// Milliseconds since the Unix epoch in the upper 48 bits, a counter in the lower 16.
struct HybridTime {
  uint64_t value = 0;
  friend bool operator==(const HybridTime&, const HybridTime&) = default;
  friend auto operator<=>(const HybridTime&, const HybridTime&) = default;
};

// Not thread-safe: owned by the single writer of a log.
class HybridClock {
 public:
  static constexpr absl::Duration kMaxAhead = absl::Hours(1);

  explicit HybridClock(HybridTime last = {}) : last_(last) {}

  // Later than every time ticked or observed before.
  HybridTime Tick(absl::Time wall);
  // Takes over a remote time unless it runs more than kMaxAhead ahead of the local wall clock.
  // Returns whether it was taken over.
  bool Observe(HybridTime remote, absl::Time wall);
  HybridTime last() const { return last_; }

 private:
  HybridTime last_;
};

}  // namespace keping::time

#endif  // KEPING_COMMON_TIME_HYBRID_CLOCK_H_
