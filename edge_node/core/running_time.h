// How long the machine ran, as far as the log proves it: within one boot, from entry to entry, plus
// the present boot. Clocks set by hand and reboots never add to it; what passed between the last
// entry and a power cut is not counted.
//
//   RunningTime running;
//   running.ApplyStamp(stamp.boot_id, stamp.monotonic);   // every entry
//   running.At(now) - then                                // a wait that no clock can shorten
#ifndef KEPING_EDGE_NODE_CORE_RUNNING_TIME_H_
#define KEPING_EDGE_NODE_CORE_RUNNING_TIME_H_

#include <string>

#include "absl/time/time.h"
#include "common/time/clock.h"

namespace keping::edge {

// Not thread-safe.
class RunningTime {
 public:
  void ApplyStamp(const std::string& boot_id, absl::Duration monotonic);
  // From the first entry of the log to the last one.
  absl::Duration total() const { return total_; }
  absl::Duration At(const time::Moment& now) const;

 private:
  absl::Duration Since(const std::string& boot_id, absl::Duration monotonic) const;

  absl::Duration total_ = absl::ZeroDuration();
  std::string boot_id_;
  absl::Duration last_monotonic_ = absl::ZeroDuration();
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_RUNNING_TIME_H_
