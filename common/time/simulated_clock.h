// A clock that stands still until it is told to move. Wall and running time move apart when a test
// sets the wall clock by hand, as people do.
//
//   SimulatedClock clock(absl::FromCivil(absl::CivilDay(2017, 4, 27), absl::UTCTimeZone()));
//   clock.Advance(absl::Hours(1));
//   clock.SetWall(clock.Now().wall - absl::Hours(24));
#ifndef KEPING_COMMON_TIME_SIMULATED_CLOCK_H_
#define KEPING_COMMON_TIME_SIMULATED_CLOCK_H_

#include "common/time/clock.h"

namespace keping::time {

// Not thread-safe.
class SimulatedClock : public Clock {
 public:
  explicit SimulatedClock(absl::Time wall);

  Moment Now() const override { return now_; }
  void Advance(absl::Duration step);
  void SetWall(absl::Time wall) { now_.wall = wall; }
  // A new boot: running time starts at zero, the boot id changes.
  void Reboot();

 private:
  Moment now_;
  int boots_ = 1;
};

}  // namespace keping::time

#endif  // KEPING_COMMON_TIME_SIMULATED_CLOCK_H_
