#include "common/domain/policy.h"

#include <algorithm>

namespace keping::domain {

StalenessRule StalenessOf(const std::vector<StalenessRule>& rules, RecordClass record_class) {
  for (const StalenessRule& rule : rules) {
    if (rule.record_class == record_class) return rule;
  }
  return {.record_class = record_class, .override_prints = kDefaultOverridePrints};
}

bool Policy::WorksOn(const NodeId& node, absl::CivilDay day) const {
  if (rest_days.contains(static_cast<int>(absl::GetWeekday(day)))) return false;
  return std::none_of(holidays.begin(), holidays.end(), [&](const Holiday& one) {
    return one.day == day && (one.node.empty() || one.node == node);
  });
}

}  // namespace keping::domain
