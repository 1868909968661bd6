// Time, as the judges know it: working days that the centre has closed.
//
//   ClosedDaysSince(settings, node_row, dispatch.fact)   // 3: three working days have ended since
#ifndef KEPING_CENTRAL_NODE_CORE_PASSING_DAYS_H_
#define KEPING_CENTRAL_NODE_CORE_PASSING_DAYS_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"

namespace keping::central {

// The longest that a policy may wait, and a little more: older days are forgotten.
inline constexpr size_t kClosedDaysKept = 70;
inline constexpr size_t kOfficeDaysKept = 40;

// The district's date when a fact was written, by the clock of whoever wrote it.
absl::CivilDay DayOf(const Settings& settings, const FactRef& fact);

// Working days of the node's office that ended after that day, or after the day of the fact; the
// kClosedDaysKept latest ones at most.
uint32_t ClosedDaysSince(const NodeRow& node, absl::CivilDay day);
uint32_t ClosedDaysSince(const Settings& settings, const NodeRow& node, const FactRef& fact);

// Of the days that ended last, how many in a row passed without contact.
uint32_t SilentDays(const NodeRow& node);

// The office day under which a node wrote an entry; before its stream opened one, the date by its
// clock. What the log opened that a branch leaves does not count: how much of that log is here
// depends on the line.
absl::CivilDay OfficeDayOf(const Settings& settings, const NodeRow& node, const FactRef& fact);

// A log whose clock was at `wall_micros` goes on with an entry that is clearly earlier. What runs a
// few minutes wrong and is set right is nothing to tell people of.
bool WasSetBack(int64_t wall_micros, const FactRef& next);
// Of one log; further ones tell nothing new.
inline constexpr size_t kMostClockJumps = 50;

std::string PrinterDayKey(const domain::NodeId& node, const domain::PrinterId& printer,
                          absl::CivilDay day);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_PASSING_DAYS_H_
