// The district's desk: it closes the days, and its people write down what they are told, which now
// and then is not so.
//
//   Desk desk(&world, &chronicle, &causes, &centre, offices);
//   desk.Start();
#ifndef KEPING_TESTS_SIM_DESK_H_
#define KEPING_TESTS_SIM_DESK_H_

#include <string>

#include "tests/sim/causes.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/pictures.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class Desk {
 public:
  Desk(World* world, Chronicle* chronicle, Causes* causes, Centre* centre)
      : world_(*world),
        chronicle_(*chronicle),
        causes_(*causes),
        centre_(*centre),
        prng_(world->Fork()),
        pictures_(world, chronicle, centre, Administrator(), Reconciler()) {}

  void Start();
  Pictures& pictures() { return pictures_; }

 private:
  static domain::OperatorId Administrator() { return domain::OperatorId::Of("desk-admin"); }
  static domain::OperatorId Reconciler() { return domain::OperatorId::Of("desk-reconciler"); }

  void Round();
  // The district's own roster; again where the centre was set back.
  bool OfficersAreThere();
  void StatePrinters();
  void ReportFigures();
  void WriteNames();
  void AskForBlanks();
  // Of some open case. Law: a decision holds.
  void Decide();
  bool Enter(const central::Enter& entry);
  std::string SomeChip(uint64_t number) const;

  World& world_;
  Chronicle& chronicle_;
  Causes& causes_;
  Centre& centre_;
  base::Prng prng_;
  Pictures pictures_;
  int reports_ = 0;
  int joins_ = 0;
  int requests_ = 0;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_DESK_H_
