// What the logs that the centre holds say about trays, leases, training, clocks, gaps and revoked
// machines: which cases of these kinds must be there, and which may. Written without the judges,
// from the raw entries alone.
//
//   const InTheLogs shown = FindInTheLogs(kept.entries(), chronicle);
//   for (const CaseOf& one : shown.must) …
#ifndef KEPING_TESTS_SIM_IN_THE_LOGS_H_
#define KEPING_TESTS_SIM_IN_THE_LOGS_H_

#include <vector>

#include "tests/sim/chronicle.h"
#include "tests/sim/discrepancies.h"
#include "tests/sim/kept_logs.h"

namespace keping::sim {

struct InTheLogs {
  Discrepancies must;
  // Also what was so until somebody corrected an answer, or what two branches of a log say in two
  // ways. Of the clock, gaps and revoked machines the two are the same.
  Discrepancies may;
};

InTheLogs FindInTheLogs(const std::vector<KeptEntry>& entries, const Chronicle& chronicle);

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_IN_THE_LOGS_H_
