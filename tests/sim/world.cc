#include "tests/sim/world.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace keping::sim {

World::World(uint64_t seed, const Options& options)
    : seed_(seed),
      options_(options),
      prng_(seed),
      plan_(DrawFaultPlan(prng_)),
      time_zone_(absl::FixedTimeZone(kUtcOffsetMinutes * 60)),
      start_(absl::FromCivil(absl::CivilDay(2026, 3, 2), time_zone_)) {}

void World::Break(const std::string& law, const std::string& detail) {
  if (broken_.has_value()) return;
  broken_ = Broken{.step = queue_.steps(), .law = law, .detail = detail};
}

MachineClock::MachineClock(const World* world, int machine) : world_(world), machine_(machine) {
  Reboot();
}

time::Moment MachineClock::Now() const {
  return {.wall = world_->TrueTime() + offset_,
          .monotonic = absl::Microseconds(world_->now() - booted_at_),
          .boot_id = boot_id_};
}

void MachineClock::Reboot() {
  booted_at_ = world_->now();
  boot_id_ = absl::StrCat("boot-", machine_, "-", ++boots_);
}

}  // namespace keping::sim
