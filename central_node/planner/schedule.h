// Day by day, who prints what: the heart of a plan.
//
// On each day every open office gets its blanks that arrive and its operators (staffing.h), prints
// of its own line (waiting_line.h) what printers and blanks allow, and then, if the policy says so,
// of the line that would be finished last: so a line whose office has no printer, nobody to print
// or no blanks is helped first.
//
//   const Schedule schedule = MakeSchedule(basis, assignment, supply);
//   schedule.placements[record].day;
#ifndef KEPING_CENTRAL_NODE_PLANNER_SCHEDULE_H_
#define KEPING_CENTRAL_NODE_PLANNER_SCHEDULE_H_

#include <cstdint>
#include <vector>

#include "central_node/planner/assignment.h"
#include "central_node/planner/basis.h"

namespace keping::planner {

// What arrives on each day at an office; on day 0 what it has.
struct Supply {
  bool unlimited = false;                            // as if blanks were no matter
  std::vector<std::vector<uint64_t>> arrivals = {};  // by office and day
};

// One operator's work at one printer on one day.
struct PrinterRun {
  uint32_t printer = 0;
  uint32_t operator_number = 0;
  uint32_t cards_at_most = 0;
  std::vector<uint32_t> records = {};  // in the order of printing
};

struct OfficeDay {
  DayState state = DayState::kClosed;
  uint64_t blanks = 0;         // in the morning
  uint64_t cards_at_most = 0;  // what its printers may feed with people at them; blanks apart
  uint64_t printed = 0;
  uint64_t waiting = 0;  // in its line, in the evening
  // Everybody of its line before this record had his turn today (WaitingLine::EndDay).
  uint32_t turn = 0;
  // More cards would have been printed here if there had been blanks.
  bool dry = false;
  std::vector<PrinterRun> runs = {};
};

struct Placement {
  static constexpr int kUnplanned = -1;
  int day = kUnplanned;
  uint32_t office = kNone;
  uint32_t printer = kNone;

  bool planned() const { return day != kUnplanned; }
};

struct Schedule {
  int days = 0;                                 // that were planned: until nobody waits any more
  std::vector<std::vector<OfficeDay>> offices;  // by office and day
  std::vector<Placement> placements;            // by record
};

Schedule MakeSchedule(const Basis& basis, const Assignment& assignment, const Supply& supply);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_SCHEDULE_H_
