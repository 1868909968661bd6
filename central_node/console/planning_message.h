// Parts of a plan as the API shows them. The numbers of its enums are those of the planner.
//
//   FillForecast(plan, response);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PLANNING_MESSAGE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PLANNING_MESSAGE_H_

#include <cstdint>

#include "absl/time/civil_time.h"
#include "central_node/planner/explanation.h"
#include "central_node/planner/lease_moves.h"
#include "central_node/planner/plan.h"
#include "central_node/planner/print_plan.h"
#include "central_node/planner/readiness.h"
#include "keping/central/v1/planning.pb.h"

namespace keping::central {

void FillDay(const domain::NodeId& node, const planner::PlannedDay& day, v1::PlannedDay& out);
void FillForecast(const planner::Plan& plan, v1::GetForecastResponse& out);
void FillReadiness(const planner::Readiness& readiness, v1::OfficeReadiness& out);
void FillExplanation(const planner::Explanation& why, v1::ExplainRecordResponse& out);
void FillSplit(const planner::Plan& plan, const planner::AllotmentSplit& split,
               v1::ProposeSplitResponse& out);
// Without its records.
void FillMove(const planner::LeaseMove& move, v1::LeaseMove& out);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PLANNING_MESSAGE_H_
