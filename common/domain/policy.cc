#include "common/domain/policy.h"

#include <algorithm>

namespace keping::domain {

bool Policy::WorksOn(const NodeId& node, absl::CivilDay day) const {
  if (rest_days.contains(static_cast<int>(absl::GetWeekday(day)))) return false;
  return std::none_of(holidays.begin(), holidays.end(), [&](const Holiday& one) {
    return one.day == day && (one.node.empty() || one.node == node);
  });
}

}  // namespace keping::domain
