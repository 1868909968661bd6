// The district ends nodes: it revokes one whose key it does not trust any more, declares one lost,
// also while its link is cut and it has things to say that nobody proved, and moves some of its
// leases elsewhere by force. What a revoked node says later are claims, which two officers post,
// or nobody does.
//
//   two officers   nobody posts claims alone
//
//   NodeEnds ends(&world, &chronicle, &centre, &district, offices);
//   ends.Start();
#ifndef KEPING_TESTS_SIM_NODE_ENDS_H_
#define KEPING_TESTS_SIM_NODE_ENDS_H_

#include <utility>
#include <vector>

#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/district.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class NodeEnds {
 public:
  NodeEnds(World* world, Chronicle* chronicle, Centre* centre, District* district,
           std::vector<Office*> offices)
      : world_(*world),
        chronicle_(*chronicle),
        centre_(*centre),
        district_(*district),
        offices_(std::move(offices)),
        prng_(world->Fork()) {}

  void Start();

 private:
  static constexpr Micros kRound = 10 * kMinute;

  void Round();
  void MaybeEnd(Office& office);
  void Decide(Office& office, domain::NodeEnd end);
  // Also again, where the centre was set back to before it.
  void Close(const Office& office, domain::NodeEnd end);
  void MoveLeasesAway(const Office& office);
  void PostClaims(const Office& office);

  World& world_;
  Chronicle& chronicle_;
  Centre& centre_;
  District& district_;
  const std::vector<Office*> offices_;
  base::Prng prng_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_NODE_ENDS_H_
