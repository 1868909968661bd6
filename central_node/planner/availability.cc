#include "central_node/planner/availability.h"

#include <algorithm>

namespace keping::planner {
namespace {

// The plan's days that no range covers.
std::vector<bool> DaysOutside(const std::vector<DayRange>& ranges, absl::CivilDay first_day,
                              int days) {
  std::vector<bool> outside(days, true);
  for (const DayRange& range : ranges) {
    for (int day = 0; day < days; ++day) {
      const absl::CivilDay date = first_day + day;
      if (date >= range.first && (!range.last || date <= *range.last)) outside[day] = false;
    }
  }
  return outside;
}

uint32_t NumberOf(const std::vector<Office>& offices, const domain::NodeId& node) {
  const auto found = std::lower_bound(
      offices.begin(), offices.end(), node,
      [](const Office& office, const domain::NodeId& wanted) { return office.node < wanted; });
  return static_cast<uint32_t>(found - offices.begin());
}

}  // namespace

Availability::Availability(const PlanInput& input, const std::vector<OfficeCalendar>& calendars)
    : printers_of_(input.offices.size()), operators_of_(input.offices.size()) {
  const int days = calendars.empty() ? 0 : calendars.front().days();
  for (const Printer& printer : input.printers) {
    printers_of_[NumberOf(input.offices, printer.node)].push_back(
        static_cast<uint32_t>(printer_works_.size()));
    printer_works_.push_back(DaysOutside(printer.broken, input.first_day, days));
    if (printer.cards_per_day == 0) printer_works_.back().assign(days, false);
  }
  for (const Operator& person : input.operators) {
    for (const domain::NodeId& node : person.nodes) {
      operators_of_[NumberOf(input.offices, node)].push_back(
          static_cast<uint32_t>(operator_prints_.size()));
    }
    operator_prints_.push_back(DaysOutside(person.away, input.first_day, days));
    for (int day = 0; day < days; ++day) {
      const bool trained = person.certified_from && *person.certified_from <= input.first_day + day;
      if (!trained) operator_prints_.back()[day] = false;
    }
  }
  for (uint32_t office = 0; office < input.offices.size(); ++office) {
    states_.emplace_back();
    for (int day = 0; day < days; ++day) {
      states_.back().push_back(
          StateOf(input.offices[office], office, calendars[office], input.first_day, day));
    }
  }
}

DayState Availability::StateOf(const Office& office, uint32_t number,
                               const OfficeCalendar& calendar, absl::CivilDay first_day,
                               int day) const {
  const absl::CivilDay date = first_day + day;
  const std::vector<uint32_t>& printers = printers_of_[number];
  const std::vector<uint32_t>& people = operators_of_[number];
  if (!calendar.IsOpen(day)) return DayState::kClosed;
  if (!office.application_from || *office.application_from > date) {
    return DayState::kOldApplication;
  }
  if (office.contact_until && *office.contact_until < date) return DayState::kNoContact;
  if (std::none_of(printers.begin(), printers.end(),
                   [&](uint32_t printer) { return PrinterWorks(printer, day); })) {
    return DayState::kNoPrinter;
  }
  if (std::none_of(people.begin(), people.end(),
                   [&](uint32_t person) { return OperatorPrints(person, day); })) {
    return DayState::kNoOperator;
  }
  return DayState::kPrints;
}

int Availability::FirstDayToPrint(uint32_t office) const {
  const std::vector<DayState>& states = states_[office];
  return static_cast<int>(std::find(states.begin(), states.end(), DayState::kPrints) -
                          states.begin());
}

}  // namespace keping::planner
