#include "central_node/planner/village_windows.h"

#include <algorithm>
#include <map>

namespace keping::planner {
namespace {

std::vector<VillageWindows::Ready> DaysAhead(const std::vector<ReadyDay>& ready,
                                             absl::CivilDay first_day, int days) {
  std::map<int, uint32_t> persons_on;
  for (const ReadyDay& one : ready) {
    const absl::civil_diff_t day = one.day - first_day;
    if (day <= 0 || day >= days) continue;
    const auto [known, is_new] = persons_on.emplace(static_cast<int>(day), one.persons);
    const bool unlimited = known->second == 0 || one.persons == 0;
    if (!is_new) known->second = unlimited ? 0 : std::max(known->second, one.persons);
  }
  std::vector<VillageWindows::Ready> ahead;
  ahead.reserve(persons_on.size());
  for (const auto& [day, persons] : persons_on) ahead.push_back({day, persons});
  return ahead;
}

}  // namespace

uint32_t VillageWindows::Add(const std::vector<ReadyDay>& ready, const OfficeCalendar& calendar,
                             absl::CivilDay first_day, const Policy& policy) {
  const uint32_t number = size();
  Village& village = villages_.emplace_back();
  village.ready = DaysAhead(ready, first_day, calendar.days());
  // Who may not wait at all is not batched.
  if (village.ready.empty() || policy.max_batching_days == 0) return number;
  village.windows.resize(calendar.days());
  int day = 0;
  for (uint16_t next = 0; next < village.ready.size(); ++next) {
    const int ready_day = village.ready[next].day;
    for (; day < ready_day; ++day) {
      const bool near =
          calendar.OpenDays(day, ready_day) <= static_cast<int>(policy.print_ahead_days);
      village.windows[day] = {near ? Gate::kOpen : Gate::kNotReady, next};
    }
  }
  return number;
}

VillageGate::VillageGate(const VillageWindows& windows) : windows_(windows) {
  taken_.reserve(windows.size());
  for (uint32_t village = 0; village < windows.size(); ++village) {
    taken_.emplace_back(windows.ReadyDays(village).size(), 0);
  }
}

bool VillageGate::LetsPass(uint32_t village, int day) const {
  const VillageWindows::Window window = windows_.At(village, day);
  if (window.gate != VillageWindows::Gate::kOpen) {
    return window.gate == VillageWindows::Gate::kFree;
  }
  const uint32_t persons = windows_.ReadyDays(village)[window.ready].persons;
  return persons == 0 || taken_[village][window.ready] < persons;
}

void VillageGate::Count(uint32_t village, int day) {
  const VillageWindows::Window window = windows_.At(village, day);
  if (window.gate == VillageWindows::Gate::kOpen) ++taken_[village][window.ready];
}

}  // namespace keping::planner
