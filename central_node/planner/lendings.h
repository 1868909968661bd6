// Blanks that lie idle at one office while another has none: who could lend to whom.
//
//   for (const LendingProposal& lending : LendingsOf(plan)) Propose(lending);
#ifndef KEPING_CENTRAL_NODE_PLANNER_LENDINGS_H_
#define KEPING_CENTRAL_NODE_PLANNER_LENDINGS_H_

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/plan.h"
#include "common/domain/ids.h"

namespace keping::planner {

struct LendingProposal {
  domain::NodeId from;
  domain::NodeId to;
  uint64_t blanks = 0;
  absl::CivilDay needed_on;  // `to` has none left for a card of that day
  absl::CivilDay
      send_by;  // by the days that a parcel takes to it; the plan's first at the earliest
};

// For every office that runs dry, what it could print until more come, from those with the most
// blanks that they never use before the plan ends. Whoever runs dry first gets first. The plan does
// not count on any of it.
std::vector<LendingProposal> LendingsOf(const Plan& plan);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_LENDINGS_H_
