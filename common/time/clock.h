// The clock, as a port. Pure code never reads a clock: its shell reads this one and hands the
// values in.
#ifndef KEPING_COMMON_TIME_CLOCK_H_
#define KEPING_COMMON_TIME_CLOCK_H_

#include <string>

#include "absl/time/time.h"

namespace keping::time {

// One reading of all clocks of a machine.
struct Moment {
  absl::Time wall;           // evidence, never order: people set it by hand
  absl::Duration monotonic;  // running time since boot; never goes back within one boot
  std::string boot_id;       // changes with every boot; 1 to 36 characters

  friend bool operator==(const Moment&, const Moment&) = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Moment Now() const = 0;
};

}  // namespace keping::time

#endif  // KEPING_COMMON_TIME_CLOCK_H_
