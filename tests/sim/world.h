// What every part of a simulated district shares: time, the seed, the plan of faults, counters, and
// the first law that was broken.
//
//   World world(seed, {.days = 10, .nodes = 5, .cards = 50});
//   world.queue().After(kMinute, …);
//   if (!durable) world.Break("acknowledged before durable", detail);
#ifndef KEPING_TESTS_SIM_WORLD_H_
#define KEPING_TESTS_SIM_WORLD_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "common/base/prng.h"
#include "common/time/clock.h"
#include "tests/sim/event_queue.h"
#include "tests/sim/fault_plan.h"

namespace keping::sim {

// WITA.
inline constexpr int kUtcOffsetMinutes = 8 * 60;

struct Options {
  int days = 10;
  int nodes = 5;
  int cards = 50;  // per node and day, and the printers' daily limit
};

// The last of several offices is the district's own printer, which has no kecamatan of its own.
inline bool HasDistrictPrinter(const Options& options) { return options.nodes > 2; }

struct Broken {
  uint64_t step = 0;
  std::string law;
  std::string detail;
};

// Not thread-safe.
class World {
 public:
  World(uint64_t seed, const Options& options);

  const Options& options() const { return options_; }
  uint64_t seed() const { return seed_; }
  EventQueue& queue() { return queue_; }
  Micros now() const { return queue_.now(); }
  absl::TimeZone time_zone() const { return time_zone_; }
  // The true time; a machine's clock may say otherwise.
  absl::Time TrueTime() const { return start_ + absl::Microseconds(now()); }
  Micros TimeOfDay() const { return now() % kDay; }
  // Days since the start.
  int Day() const { return static_cast<int>(now() / kDay); }

  // A generator of its own for one part, so that the parts do not disturb each other.
  base::Prng Fork() { return base::Prng(prng_.Next()); }
  const FaultPlan& plan() const { return plan_; }
  // Act 2: nothing fails any more.
  bool healed() const { return healed_; }
  void Heal() {
    healed_ = true;
    plan_ = FaultPlan{};
  }

  void Count(const char* fault) { ++faults_[fault]; }
  const std::map<std::string, uint64_t>& faults() const { return faults_; }

  // The first one counts.
  void Break(const std::string& law, const std::string& detail);
  const std::optional<Broken>& broken() const { return broken_; }

 private:
  const uint64_t seed_;
  const Options options_;
  base::Prng prng_;
  FaultPlan plan_;
  EventQueue queue_;
  absl::TimeZone time_zone_;
  absl::Time start_;
  bool healed_ = false;
  std::map<std::string, uint64_t> faults_;
  std::optional<Broken> broken_;
};

// The clocks of one machine: running time since its boot, and a wall clock that people set.
class MachineClock : public time::Clock {
 public:
  // `machine`: no two have the same boot ids.
  MachineClock(const World* world, int machine);

  time::Moment Now() const override;
  void Reboot();
  // Moves the wall clock by hand.
  void Shift(absl::Duration by) { offset_ += by; }
  void SetRight() { offset_ = absl::ZeroDuration(); }

 private:
  const World* world_;
  const int machine_;
  absl::Duration offset_ = absl::ZeroDuration();
  Micros booted_at_ = 0;
  int boots_ = 0;
  std::string boot_id_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_WORLD_H_
