#include "central_node/planner/office_calendar.h"

#include <algorithm>

namespace keping::planner {

OfficeCalendar::OfficeCalendar(absl::CivilDay first_day, int days,
                               const std::vector<absl::CivilDay>& closed) {
  std::vector<bool> open(days, true);
  for (const absl::CivilDay& day : closed) {
    const absl::civil_diff_t number = day - first_day;
    if (number >= 0 && number < days) open[number] = false;
  }
  Count(open);
}

OfficeCalendar::OfficeCalendar(const std::vector<OfficeCalendar>& offices) {
  const int days = offices.empty() ? 0 : offices.front().days();
  std::vector<bool> open(days, false);
  for (int day = 0; day < days; ++day) {
    open[day] = std::any_of(offices.begin(), offices.end(),
                            [day](const OfficeCalendar& office) { return office.IsOpen(day); });
  }
  Count(open);
}

void OfficeCalendar::Count(const std::vector<bool>& open) {
  open_before_ = {0};
  open_before_.reserve(open.size() + 1);
  for (const bool is_open : open) open_before_.push_back(open_before_.back() + (is_open ? 1 : 0));
}

int OfficeCalendar::NextOpen(int day) const {
  while (day < days() && !IsOpen(day)) ++day;
  return std::min(day, days());
}

int OfficeCalendar::GoBack(int day, int count) const {
  while (day > 0 && count > 0) {
    --day;
    if (IsOpen(day)) --count;
  }
  return day;
}

}  // namespace keping::planner
