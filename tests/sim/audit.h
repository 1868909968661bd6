// The laws about the whole district: each simulated hour while it runs, and once more, with the
// world in hand, when it has settled.
//
//   custody closes     the accounts of the ledger add up to what was allotted
//   held is written    the end of every log at the centre was written by that office; in the end
//                      every entry there was, and each log hangs together
//   settled            proven logs, no doubt, no open box, order or report, equal feeds
//   the books are true every blank and card that nobody misreported is where the books say
//   cases have causes  no case without a cause
//   shown by a case    what the logs show to be wrong (discrepancies.h) is a case
//   acknowledged       what the centre countersigned it holds, and the whole of every log that a
//   new
//                      incarnation goes on from
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
#include "tests/sim/kept_logs.h"
#include "tests/sim/matter.h"
#include "tests/sim/national.h"
#include "tests/sim/world.h"

namespace keping::sim {

// Not thread-safe. Everything that it points to outlives it.
class Audit {
 public:
  Audit(World* world, Matter* matter, Chronicle* chronicle, Laws* laws, const Causes* causes,
        Centre* centre, const National* national, const District* district,
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
  void CheckBlanks();
  void CheckBlank(const Blank& blank);
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
  const std::vector<Post> posts_;
  Discrepancies at_the_desk_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_AUDIT_H_
