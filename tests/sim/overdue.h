// What waits for too long, looked at each hour with the world in hand: cards in doubt that nobody
// solves, and boxes for which nobody writes a receipt. By the policy that holds where the district
// says nothing else.
//
//   Overdue overdue(&world, &chronicle, &centre);
//   overdue.Hourly();                                          // Law: shown by a case
#ifndef KEPING_TESTS_SIM_OVERDUE_H_
#define KEPING_TESTS_SIM_OVERDUE_H_

#include <set>
#include <string>

#include "tests/sim/causes.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Closed working days of the office.
inline constexpr int kDoubtDays = 1;
inline constexpr int kSilentBoxDays = 3;

// Not thread-safe. Everything that it points to outlives it.
class Overdue {
 public:
  Overdue(World* world, const Chronicle* chronicle, Centre* centre)
      : world_(*world), chronicle_(*chronicle), centre_(*centre) {}

  void Hourly();

 private:
  void CheckDoubt(const domain::ActId& act, const HeardDoubt& doubt);
  void CheckBox(const domain::TransferId& transfer, const HeardBox& box);
  void Want(const CaseOf& one, const std::string& what);
  bool Holds(const domain::NodeId& node, const domain::IncarnationId& incarnation, uint64_t seq);

  World& world_;
  const Chronicle& chronicle_;
  Centre& centre_;
  std::set<domain::ActId> answered_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_OVERDUE_H_
