// Which printers work on a day, who may print, and what keeps an office from printing.
//
//   availability.At(office, day);          // DayState::kNoOperator
//   availability.FirstDayToPrint(office);  // 4
//
// Offices, printers and operators go by their number in the sorted input (basis.h).
#ifndef KEPING_CENTRAL_NODE_PLANNER_AVAILABILITY_H_
#define KEPING_CENTRAL_NODE_PLANNER_AVAILABILITY_H_

#include <cstdint>
#include <vector>

#include "central_node/planner/office_calendar.h"
#include "central_node/planner/plan_input.h"

namespace keping::planner {

// What an office does on a day. But for the first: why it prints nothing, in the order of
// precedence.
enum class DayState {
  kPrints = 1,
  kClosed,
  kOldApplication,
  kNoContact,  // for longer than it may print without
  kNoPrinter,
  kNoOperator,
  kNoBlanks,
};

// Immutable after construction.
class Availability {
 public:
  // `input` is sorted; a calendar for each office.
  Availability(const PlanInput& input, const std::vector<OfficeCalendar>& calendars);

  bool PrinterWorks(uint32_t printer, int day) const { return printer_works_[printer][day]; }
  // Trained, and neither on leave nor in training.
  bool OperatorPrints(uint32_t person, int day) const { return operator_prints_[person][day]; }
  const std::vector<uint32_t>& PrintersOf(uint32_t office) const { return printers_of_[office]; }
  const std::vector<uint32_t>& OperatorsOf(uint32_t office) const { return operators_of_[office]; }

  // Blanks apart, and as if nobody were needed at two offices.
  DayState At(uint32_t office, int day) const { return states_[office][day]; }
  // The first day of kPrints; the number of days if there is none.
  int FirstDayToPrint(uint32_t office) const;

 private:
  DayState StateOf(const Office& office, uint32_t number, const OfficeCalendar& calendar,
                   absl::CivilDay first_day, int day) const;

  std::vector<std::vector<bool>> printer_works_;
  std::vector<std::vector<bool>> operator_prints_;
  std::vector<std::vector<uint32_t>> printers_of_;
  std::vector<std::vector<uint32_t>> operators_of_;
  std::vector<std::vector<DayState>> states_;
};

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_AVAILABILITY_H_
