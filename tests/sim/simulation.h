// One seed: builds a district, lets it work under faults (act 1), heals everything and waits until
// it has settled (act 2), and checks the laws all the way.
//
//   Outcome outcome = Simulate(seed, {.days = 10, .nodes = 5});
//   if (outcome.broken) …
#ifndef KEPING_TESTS_SIM_SIMULATION_H_
#define KEPING_TESTS_SIM_SIMULATION_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "tests/sim/world.h"

namespace keping::sim {

struct Outcome {
  std::optional<Broken> broken;
  std::map<std::string, uint64_t> faults;
  std::map<std::string, uint64_t> cases;
  uint64_t cards = 0;  // fed
  uint64_t steps = 0;
  Micros simulated = 0;
};

Outcome Simulate(uint64_t seed, const Options& options);

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_SIMULATION_H_
