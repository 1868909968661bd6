// When blanks come to the offices: what lies there, what is on its way, and what the district
// should send of its stock today and of each allotment on the day it arrives.
//
//   const SupplyPlan supply = PlanSupply(basis, demand);   // demand: the schedule without limits
//   supply.dispatches[0].split.shares;                     // what to send today
#ifndef KEPING_CENTRAL_NODE_PLANNER_SUPPLY_H_
#define KEPING_CENTRAL_NODE_PLANNER_SUPPLY_H_

#include <cstdint>
#include <vector>

#include "central_node/planner/allotment_split.h"
#include "central_node/planner/basis.h"
#include "central_node/planner/schedule.h"
#include "common/domain/ids.h"

namespace keping::planner {

// What the district sends on one day.
struct Dispatch {
  int day = 0;
  domain::AllotmentId allotment = {};  // that made it possible; empty for the stock of today
  AllotmentSplit split = {};
};

struct SupplyPlan {
  std::vector<Dispatch> dispatches;  // by day
  Supply supply;
};

// The need of each office by `demand`, its own blanks and parcels on their way.
std::vector<OfficeNeed> OfficeNeeds(const Basis& basis, const Schedule& demand);

// Splits day by day, each time what the district then has beyond its reserve.
SupplyPlan PlanSupply(const Basis& basis, const Schedule& demand);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_SUPPLY_H_
