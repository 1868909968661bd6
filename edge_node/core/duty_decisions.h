// Decides on the office day and on what a supervisor allows beyond the rules.
//
//   Decision decision = Decide(core, scene, GrantOverride{.printer = printer, .prints = 5, …});
#ifndef KEPING_EDGE_NODE_CORE_DUTY_DECISIONS_H_
#define KEPING_EDGE_NODE_CORE_DUTY_DECISIONS_H_

#include "edge_node/core/edge_core.h"
#include "edge_node/core/input.h"

namespace keping::edge {

// More than this is no exception any more.
inline constexpr uint32_t kMaxOverride = 200;

Decision Decide(const EdgeCore& core, const Scene& scene, const GrantOverride& grant);
Decision Decide(const EdgeCore& core, const Scene& scene, const CorrectOfficeDay& correct);

// The office day that opens with the act of this step, if one is due.
std::optional<domain::OfficeDayOpened> DayDue(const EdgeCore& core, const Scene& scene);

// Adds what opens it. With a node's first day the printers of the config are commissioned, but for
// `except`, which is adopted by itself. `act` is the step's own, new and random.
void OpenDayIfDue(const EdgeCore& core, const Scene& scene, const domain::ActId& act,
                  const domain::OperatorId& operator_id, const domain::PrinterId& except,
                  Decision& decision);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_DUTY_DECISIONS_H_
