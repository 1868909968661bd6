#include "common/time/simulated_clock.h"

#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::time {

SimulatedClock::SimulatedClock(absl::Time wall) : now_{wall, absl::ZeroDuration(), "boot-1"} {}

void SimulatedClock::Advance(absl::Duration step) {
  KEPING_CHECK(step >= absl::ZeroDuration(), "running time never goes back");
  now_.wall += step;
  now_.monotonic += step;
}

void SimulatedClock::Reboot() {
  now_.monotonic = absl::ZeroDuration();
  now_.boot_id = absl::StrCat("boot-", ++boots_);
}

}  // namespace keping::time
