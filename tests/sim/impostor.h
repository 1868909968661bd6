// Somebody who speaks for an office and is not it, or a machine gone mad: segments that no honest
// node sends, and a receipt that the centre never signed. Nobody may believe a word of it; if the
// centre holds a forged entry, or a node counts on a forged receipt, a law tells (laws.h).
//
//   Impostor impostor(&world, &chronicle, &centre);
//   impostor.SpeakFor(office);       // to the centre
//   impostor.SpeakTo(office);        // to the office, in the centre's name
#ifndef KEPING_TESTS_SIM_IMPOSTOR_H_
#define KEPING_TESTS_SIM_IMPOSTOR_H_

#include <string>

#include "common/domain/entry.h"
#include "common/sync/frames.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class Impostor {
 public:
  Impostor(World* world, Chronicle* chronicle, Centre* centre);

  // Opens a stream as the office and sends one forged segment.
  void SpeakFor(const Office& office);
  // Hands the office a receipt for everything it has, without the centre's signature.
  void SpeakTo(Office& office);

 private:
  sync::Segment Forge(const Office& office, uint64_t held);
  domain::Entry Changed(const Office& office, uint64_t seq, const crypto::Hash& previous);

  World& world_;
  Chronicle& chronicle_;
  Centre& centre_;
  base::Prng prng_;
  uint64_t streams_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_IMPOSTOR_H_
