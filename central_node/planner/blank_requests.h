// What to ask the capital for: the part of the forecast that compares the cards which the district
// could print with the blanks that are there and expected.
//
//   forecast.request = RequestOf(plan);
#ifndef KEPING_CENTRAL_NODE_PLANNER_BLANK_REQUESTS_H_
#define KEPING_CENTRAL_NODE_PLANNER_BLANK_REQUESTS_H_

#include <optional>
#include <vector>

#include "central_node/planner/forecast.h"
#include "central_node/planner/plan.h"

namespace keping::planner {

// In the offices, between them and at the district; expected allotments and the reserve apart.
uint64_t BlanksNow(const Plan& plan);

std::optional<BlankRequest> RequestOf(const Plan& plan);
std::vector<LateAllotment> LateAllotmentsOf(const Plan& plan);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_BLANK_REQUESTS_H_
