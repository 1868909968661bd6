// The machine's own clocks: CLOCK_REALTIME, CLOCK_BOOTTIME and the kernel's boot id.
#ifndef KEPING_COMMON_TIME_SYSTEM_CLOCK_H_
#define KEPING_COMMON_TIME_SYSTEM_CLOCK_H_

#include <string>

#include "common/time/clock.h"

namespace keping::time {

// Thread-safe.
class SystemClock : public Clock {
 public:
  SystemClock();
  Moment Now() const override;

 private:
  std::string boot_id_;
};

}  // namespace keping::time

#endif  // KEPING_COMMON_TIME_SYSTEM_CLOCK_H_
