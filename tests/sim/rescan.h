// Two persons of an office scan its stock, after its node went on under a new incarnation: nothing
// is printed before. What truly lies there is found, and the rest is missing.
//
//   Rescan rescan(&world, &matter, &office);
//   if (!rescan.done() && rescan.Begin()) …   // once for each incarnation: take over what is new
//   rescan.Look();
//
// Law: *an untouched tray prints nothing*.
#ifndef KEPING_TESTS_SIM_RESCAN_H_
#define KEPING_TESTS_SIM_RESCAN_H_

#include "common/base/prng.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"
#include "tests/sim/matter.h"
#include "tests/sim/office.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class Rescan {
 public:
  Rescan(World* world, Matter* matter, Office* office);

  // Also while the node is down.
  bool done() const;
  // True when people hear of this incarnation for the first time. The node runs.
  bool Begin();
  // Scans, once nothing lies in a printer.
  void Look();

 private:
  // A hasty colleague takes the first blank.
  void TryToPrint();
  void Scan();
  void NoteFound(const domain::SerialSet& scanned);

  World& world_;
  Matter& matter_;
  Office& office_;
  base::Prng prng_;
  domain::IncarnationId begun_;
  domain::IncarnationId ended_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_RESCAN_H_
