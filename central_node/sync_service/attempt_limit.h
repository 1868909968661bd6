// Slows down guessing: so many failures in a window of time, then a pause until the window is over.
//
//   AttemptLimit limit(10, absl::Minutes(10));
//   if (!limit.MayTry(now)) return TooMany();
//   if (wrong) limit.OnFailure(now);
#ifndef KEPING_CENTRAL_NODE_SYNC_SERVICE_ATTEMPT_LIMIT_H_
#define KEPING_CENTRAL_NODE_SYNC_SERVICE_ATTEMPT_LIMIT_H_

#include "absl/time/time.h"

namespace keping::central {

// Times are monotonic readings. Not thread-safe.
class AttemptLimit {
 public:
  AttemptLimit(int failures, absl::Duration window) : failures_(failures), window_(window) {}

  bool MayTry(absl::Duration now) const {
    return failed_ < failures_ || now - window_start_ >= window_;
  }
  void OnFailure(absl::Duration now) {
    if (now - window_start_ >= window_) {
      window_start_ = now;
      failed_ = 0;
    }
    ++failed_;
  }

 private:
  const int failures_;
  const absl::Duration window_;
  absl::Duration window_start_ = -absl::InfiniteDuration();
  int failed_ = 0;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_SYNC_SERVICE_ATTEMPT_LIMIT_H_
