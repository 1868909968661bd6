// Capped exponential back-off with full jitter: how long to wait before the next attempt, so that a
// region whose link returns does not knock at one door at once.
//
//   Backoff backoff(absl::Milliseconds(250), absl::Seconds(5), seed);
//   Retry(backoff.Next());   // up to 250 ms, up to 500 ms, … up to 5 s
//   backoff.Reset();         // after a success
#ifndef KEPING_COMMON_RUNTIME_BACKOFF_H_
#define KEPING_COMMON_RUNTIME_BACKOFF_H_

#include <cstdint>

#include "absl/time/time.h"
#include "common/base/prng.h"

namespace keping::runtime {

// Not thread-safe.
class Backoff {
 public:
  Backoff(absl::Duration first, absl::Duration cap, uint64_t seed);

  absl::Duration Next();
  void Reset() { ceiling_ = first_; }

 private:
  absl::Duration first_;
  absl::Duration cap_;
  absl::Duration ceiling_;
  base::Prng prng_;
};

}  // namespace keping::runtime

#endif  // KEPING_COMMON_RUNTIME_BACKOFF_H_
