// What is wrong with the entities that are no blank, record, transfer or log: jobs by themselves,
// persons, printers' days, trays, reports, silent offices.
//
//   for (const Finding& finding : FindOthers(settings, touched, rows, resident)) …
#ifndef KEPING_CENTRAL_NODE_CORE_FINDINGS_H_
#define KEPING_CENTRAL_NODE_CORE_FINDINGS_H_

#include <set>
#include <vector>

#include "central_node/core/anomaly.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/fold.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"

namespace keping::central {

// Of one entity that a step touched. A kind without an anomaly is not found (any more).
struct Finding {
  CaseEntity entity;
  std::vector<Anomaly> anomalies;
  std::set<domain::CaseKind> kinds;  // that it may have a case of already
};

// In a fixed order.
std::vector<Finding> FindOthers(const Settings& settings, const Touched& touched, const Rows& rows,
                                const Resident& resident);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_FINDINGS_H_
