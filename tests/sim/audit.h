// The laws about the whole district: each simulated hour while it runs, and once more, with the
// world in hand, when it has settled.
//
//   custody closes     the accounts of the ledger add up to what was allotted
//   held is written    the end of every log at the centre was written by that office; in the end
//                      every entry there was, and each log hangs together
//   settled            proven logs, no doubt, no open box, order or report, equal feeds
//   the books are true every blank and card that nobody misreported is where the books say
//   cases have causes  no case without a cause
//   shown by a case    what the logs show to be wrong (discrepancies.h, in_the_logs.h, overdue.h)
//                      is a case
//   a lie is shown     of a blank that the books have elsewhere than it lies, since somebody was
//   not
//                      honest about it, no log tells that without a case
//   counted again      keping verify counts what the ledger says, of every blank, honest or not
//   acknowledged       what the centre countersigned it holds, and the whole of every log that a
//                      new incarnation goes on from
//   replay             the tables are what a replay of the logs gives, at both kinds of node
#ifndef KEPING_TESTS_SIM_AUDIT_H_
#define KEPING_TESTS_SIM_AUDIT_H_

#include <optional>
#include <string>
#include <vector>

#include "tests/sim/causes.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/discrepancies.h"
#include "tests/sim/district.h"
#include "tests/sim/in_the_logs.h"
#include "tests/sim/kept_logs.h"
#include "tests/sim/matter.h"
#include "tests/sim/national.h"
#include "tests/sim/overdue.h"
#include "tests/sim/pictures.h"
#include "tests/sim/sightings.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class Audit {
 public:
  Audit(World* world, Matter* matter, Chronicle* chronicle, Laws* laws, const Causes* causes,
        Centre* centre, const National* national, const District* district, Pictures* pictures,
        std::vector<Post> posts);

  void Hourly();
  // What still has to happen before the district has settled, or "".
  std::string Unsettled();
  // All of the above; the district has settled.
  void Final();

 private:
  std::string UnsettledAt(const Post& post);
  std::string UnsettledAtEnded(const Post& post);
  void CheckOpenings();
  void CheckBlanks(const KeptLogs& kept);
  void CheckBlank(const Blank& blank);
  void CheckLie(const Blank& blank, const std::vector<Sighting>& sightings);
  ledger::Place Booked(const Blank& blank);
  void CountAgain();
  void CheckCards(const KeptLogs& kept);
  void CheckDiscrepancies(const KeptLogs& kept);
  void CheckForks();
  void CheckCases();
  bool IsCaused(const HeardCase& one);
  std::optional<bool> IsShown(const HeardCase& one) const;
  bool Forgotten(const HeardCase& one) const;
  // Nothing that a revoked node said is left for officers to post.
  bool AllBelieved() const;
  void CheckReports();
  void CheckReplay();
  void CheckReplayAt(Office& office);

  World& world_;
  Matter& matter_;
  Chronicle& chronicle_;
  Laws& laws_;
  const Causes& causes_;
  Centre& centre_;
  const National& national_;
  const District& district_;
  Pictures& pictures_;
  const std::vector<Post> posts_;
  Overdue overdue_;
  Discrepancies at_the_desk_;
  InTheLogs in_the_logs_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_AUDIT_H_
