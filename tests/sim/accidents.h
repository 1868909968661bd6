// What happens to a district: cuts, crashes, failing disks, clocks set by hand, printers unplugged,
// databases set back. Drawn from the plan of the seed, round by round.
//
//   Accidents accidents(&world, &laws, &chronicle, &centre, &national, &district, scenes);
//   accidents.Start();
#ifndef KEPING_TESTS_SIM_ACCIDENTS_H_
#define KEPING_TESTS_SIM_ACCIDENTS_H_

#include <vector>

#include "tests/sim/centre.h"
#include "tests/sim/centre_restores.h"
#include "tests/sim/courier.h"
#include "tests/sim/district.h"
#include "tests/sim/impostor.h"
#include "tests/sim/link.h"
#include "tests/sim/national.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

struct Scene {
  Office* office = nullptr;
  Link* link = nullptr;
  bool shuts_down_at_night = false;
};

// Not thread-safe. Everything that it points to outlives it.
class Accidents {
 public:
  Accidents(World* world, Laws* laws, Chronicle* chronicle, Centre* centre, National* national,
            District* district, std::vector<Scene> scenes);

  void Start();
  // Undoes what lasts: clocks, cables.
  void Heal();

 private:
  static constexpr Micros kRound = 10 * kMinute;

  void Round();
  void AtLink(const Scene& scene);
  void AtMachine(Office& office);
  void AtDatabase(const Scene& scene);
  void AtClock(Office& office);
  void AtPrinters(Office& office);
  void AtNight(const Scene& scene);
  void AtCentre();
  storage::FaultyStore::Failure DrawFailure();

  World& world_;
  const Chronicle& chronicle_;
  Centre& centre_;
  National& national_;
  const std::vector<Scene> scenes_;
  Impostor impostor_;
  CentreRestores centre_restores_;
  Courier courier_;
  base::Prng prng_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_ACCIDENTS_H_
