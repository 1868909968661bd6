// A district of the planner's as chance makes it: small, and with everything that can go wrong.
//
//   base::Prng prng(seed);
//   const planner::PlanInput input = RandomPlan(prng, {.shared_operators = true});
#ifndef KEPING_TESTS_PROPERTY_RANDOM_PLAN_H_
#define KEPING_TESTS_PROPERTY_RANDOM_PLAN_H_

#include "central_node/planner/plan_input.h"
#include "common/base/prng.h"

namespace keping::tests {

struct RandomPlanOptions {
  bool shared_operators = false;  // people who serve two offices
};

planner::PlanInput RandomPlan(base::Prng& prng, const RandomPlanOptions& options);

// The same with every list in another order.
planner::PlanInput Shuffled(planner::PlanInput input, base::Prng& prng);

}  // namespace keping::tests

#endif  // KEPING_TESTS_PROPERTY_RANDOM_PLAN_H_
