// The centre's machine is set back: somebody copies its database now and then, and one day the copy
// is put back, hours or days old. The people of the district know that they did it, and tell the
// centre again what they had told it since.
//
//   CentreRestores restores(&world, &centre, &district);
//   restores.Round(kRound);
#ifndef KEPING_TESTS_SIM_CENTRE_RESTORES_H_
#define KEPING_TESTS_SIM_CENTRE_RESTORES_H_

#include "tests/sim/centre.h"
#include "tests/sim/district.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class CentreRestores {
 public:
  CentreRestores(World* world, Centre* centre, District* district)
      : world_(*world), centre_(*centre), district_(*district), prng_(world->Fork()) {}

  // What happens within the next `span`.
  void Round(Micros span);

 private:
  World& world_;
  Centre& centre_;
  District& district_;
  base::Prng prng_;
  Micros backup_at_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_CENTRE_RESTORES_H_
