// Judges the circumstances of one print: was the operator certified, the application new enough,
// the node in contact; and has a job been in doubt for too long?
//
//   for (const Anomaly& anomaly : JudgePrint(settings, resident, rows.jobs.at(act))) …
//
// Pure and order-free. Who was certified is compared by two clocks, the office's and the centre's:
// a day is allowed for their difference, in favour of whoever printed.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_PRINT_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_PRINT_H_

#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"

namespace keping::central {

std::vector<Anomaly> JudgePrint(const Settings& settings, const Resident& resident,
                                const JobFacts& job);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_PRINT_H_
