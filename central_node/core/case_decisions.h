// What a step decides on the cases of all that it touched.
//
//   for (const CaseDecision& decision : DecideCases({touched, verdicts, tails, findings, rows, …}))
//   …
#ifndef KEPING_CENTRAL_NODE_CORE_CASE_DECISIONS_H_
#define KEPING_CENTRAL_NODE_CORE_CASE_DECISIONS_H_

#include <set>
#include <vector>

#include "central_node/core/case_policy.h"
#include "central_node/core/findings.h"
#include "central_node/core/fold.h"
#include "central_node/core/posting.h"
#include "central_node/core/rows.h"

namespace keping::central {

struct CaseGrounds {
  const Touched& touched;
  const Verdicts& verdicts;
  const std::set<domain::NodeId>& tails;  // lost nodes, where something is settled or not any more
  const std::vector<Finding>& findings;
  const Rows& rows;
  const Resident& resident;
};

// In a fixed order, one at most for each case: none depends on another's.
std::vector<CaseDecision> DecideCases(const CaseGrounds& grounds);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_CASE_DECISIONS_H_
