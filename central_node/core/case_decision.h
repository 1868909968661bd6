// What a decision on a case leads to: whether it may be made, and what is ordered by it. The step
// that records it and whoever only tries it ask the same.
//
//   const DecisionOutcome decision = DecisionOn(input, row, rows, resident);
//   if (decision.why.outcome == CommandOutcome::kDone) …decision.orders…
#ifndef KEPING_CENTRAL_NODE_CORE_CASE_DECISION_H_
#define KEPING_CENTRAL_NODE_CORE_CASE_DECISION_H_

#include <vector>

#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "common/domain/event.h"

namespace keping::central {

struct DecisionOutcome {
  CommandResult why;  // kDone: it may be made
  // The cards that are to come back, and where the blank is to be looked for.
  std::vector<domain::ActionOrdered> orders = {};
  // The case waits for offices afterwards.
  bool acting = false;
};

// `rows` holds what the command needs (needs.h). Of a trial neither the second person nor a
// document is asked for: they come with the decision.
DecisionOutcome DecisionOn(const ResolveCase& input, const CaseRow& row, const Rows& rows,
                           const Resident& resident, bool trial = false);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_CASE_DECISION_H_
