// The plan of a district: who prints whose card where and when, and where blanks go. Made anew from
// the whole input each time, in well under a second for 150,000 records (keping-bench plan).
//
//   KEPING_ASSIGN_OR_RETURN(const Plan plan, MakePlan(std::move(input)));
//   PrintPlanOf(plan, node);    // print_plan.h: by day and printer
//   Explain(plan, prr);         // explanation.h: why that day
//   ForecastOf(plan);           // forecast.h: backlog, run-out of blanks, what to ask for
//   LeaseMovesOf(plan);         // lease_moves.h
//   LendingsOf(plan);           // lendings.h
//   ReadinessOf(plan);          // readiness.h: what each office lacks
//   InvitationsOf(plan, code);  // invitations.h
//   ProposeSplit(plan, 2000);   // allotment_split.h
//
// The same input gives the same plan, in whatever order its lists come; nothing is decided by a
// floating-point number.
#ifndef KEPING_CENTRAL_NODE_PLANNER_PLAN_H_
#define KEPING_CENTRAL_NODE_PLANNER_PLAN_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "central_node/planner/allotment_split.h"
#include "central_node/planner/assignment.h"
#include "central_node/planner/basis.h"
#include "central_node/planner/plan_input.h"
#include "central_node/planner/schedule.h"
#include "central_node/planner/supply.h"

namespace keping::planner {

struct Plan {
  Basis basis;
  Assignment assignment;
  Schedule demand;  // as if there were blanks enough: how long the work takes
  SupplyPlan supply;
  Schedule schedule;  // with the blanks that there are
};

// What CheckInput says of the input.
absl::StatusOr<Plan> MakePlan(PlanInput input);

// How `blanks` that came unexpectedly should be divided, beyond what the plan sends already.
AllotmentSplit ProposeSplit(const Plan& plan, uint64_t blanks);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_PLAN_H_
