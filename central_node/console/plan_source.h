// What a plan is made of, as the district's rows have it.
//
//   KEPING_ASSIGN_OR_RETURN(planner::PlanInput input, ReadPlanInput(centre, today));
//   KEPING_ASSIGN_OR_RETURN(const planner::Plan plan, planner::MakePlan(std::move(input)));
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PLAN_SOURCE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PLAN_SOURCE_H_

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "central_node/planner/plan_input.h"
#include "central_node/store/central_node.h"
#include "common/crypto/hash.h"

namespace keping::central {

// Offices of the configuration with what is proven of their logs. An office of which no printer was
// ever stated has one with the district's default duty. Whether an office runs the required
// application the centre does not know: the office itself refuses to print with an older one.
absl::StatusOr<planner::PlanInput> ReadPlanInput(const CentralNode& centre, absl::CivilDay today);

// Of everything that a plan depends on: the same hash is the same plan.
crypto::Hash PlanKey(const CentralNode& centre, absl::CivilDay today);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PLAN_SOURCE_H_
