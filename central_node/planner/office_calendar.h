// The days of a plan as numbers, 0 being its first day, and which of them an office works on.
//
//   const OfficeCalendar calendar(first_day, 366, office.closed);
//   calendar.NextOpen(day + office.lead_days);   // the parcel is on the shelf
#ifndef KEPING_CENTRAL_NODE_PLANNER_OFFICE_CALENDAR_H_
#define KEPING_CENTRAL_NODE_PLANNER_OFFICE_CALENDAR_H_

#include <vector>

#include "absl/time/civil_time.h"

namespace keping::planner {

// Immutable after construction.
class OfficeCalendar {
 public:
  OfficeCalendar(absl::CivilDay first_day, int days, const std::vector<absl::CivilDay>& closed);
  // The days on which at least one of the offices works; all of the same plan.
  explicit OfficeCalendar(const std::vector<OfficeCalendar>& offices);

  int days() const { return static_cast<int>(open_before_.size()) - 1; }
  // `day` is in [0, days()).
  bool IsOpen(int day) const { return open_before_[day + 1] > open_before_[day]; }
  // The first open day at or after `day`; days() if there is none.
  int NextOpen(int day) const;
  // The open day that is `count` open days before `day`; 0 if there are not so many.
  int GoBack(int day, int count) const;
  // Open days in [first, end).
  int OpenDays(int first, int end) const { return open_before_[end] - open_before_[first]; }

 private:
  void Count(const std::vector<bool>& open);

  std::vector<int> open_before_;  // open days in [0, i)
};

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_OFFICE_CALENDAR_H_
