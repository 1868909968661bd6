#include "central_node/planner/plan.h"

#include <utility>
#include <vector>

#include "common/base/status_macros.h"

namespace keping::planner {

absl::StatusOr<Plan> MakePlan(PlanInput input) {
  KEPING_RETURN_IF_ERROR(CheckInput(input));
  Basis basis = MakeBasis(std::move(input));
  Assignment assignment = AssignRecords(basis);
  Schedule demand = MakeSchedule(basis, assignment, {.unlimited = true});
  SupplyPlan supply = PlanSupply(basis, demand);
  Schedule schedule = MakeSchedule(basis, assignment, supply.supply);
  return Plan{.basis = std::move(basis),
              .assignment = std::move(assignment),
              .demand = std::move(demand),
              .supply = std::move(supply),
              .schedule = std::move(schedule)};
}

AllotmentSplit ProposeSplit(const Plan& plan, uint64_t blanks) {
  std::vector<OfficeNeed> needs = OfficeNeeds(plan.basis, plan.demand);
  for (const Dispatch& dispatch : plan.supply.dispatches) {
    for (size_t i = 0; i < needs.size(); ++i) needs[i].blanks += dispatch.split.shares[i].blanks;
  }
  return SplitAllotment(blanks, needs);
}

}  // namespace keping::planner
