// What an office prints on each day, at which printer, by whom.
//
//   for (const PlannedDay& day : PrintPlanOf(plan, node)) Show(day);
#ifndef KEPING_CENTRAL_NODE_PLANNER_PRINT_PLAN_H_
#define KEPING_CENTRAL_NODE_PLANNER_PRINT_PLAN_H_

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/plan.h"
#include "common/domain/ids.h"

namespace keping::planner {

struct PlannedRun {
  domain::PrinterId printer;
  domain::OperatorId operator_id;
  uint32_t cards_at_most = 0;
  std::vector<domain::PrrId> records;  // in the order of printing
};

struct PlannedDay {
  absl::CivilDay day;
  DayState state = DayState::kClosed;
  uint64_t blanks = 0;  // in the morning
  uint64_t printed = 0;
  uint64_t waiting = 0;  // in the evening
  std::vector<PlannedRun> runs;
};

// Every day until the whole district has nobody waiting; empty for a node that is no office.
std::vector<PlannedDay> PrintPlanOf(const Plan& plan, const domain::NodeId& node);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_PRINT_PLAN_H_
