// What people of the offices do with blanks and do not write down, or only one of two writes down:
// blanks that go to a neighbour without a slip, and blanks that are taken. And what a program does
// that keeps no rule: it prints under a lease that its office gave back.
//
//   Mistakes mistakes(&world, &matter, &chronicle, &causes, offices);
//   mistakes.Start();
#ifndef KEPING_TESTS_SIM_MISTAKES_H_
#define KEPING_TESTS_SIM_MISTAKES_H_

#include <optional>
#include <utility>
#include <vector>

#include "tests/sim/causes.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/matter.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class Mistakes {
 public:
  Mistakes(World* world, Matter* matter, Chronicle* chronicle, Causes* causes,
           std::vector<Office*> offices)
      : world_(*world),
        matter_(*matter),
        chronicle_(*chronicle),
        causes_(*causes),
        offices_(std::move(offices)),
        prng_(world->Fork()) {}

  void Start();

 private:
  void Round();
  void LendWithoutSlip();
  void Steal();
  void PrintUnasked();
  bool MayBeMisused(Office& office);
  // The last blank of some office's tray that the books have where it is.
  std::optional<int> SomeBlank();

  World& world_;
  Matter& matter_;
  Chronicle& chronicle_;
  Causes& causes_;
  const std::vector<Office*> offices_;
  base::Prng prng_;
  int notes_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_MISTAKES_H_
