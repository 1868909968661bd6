#include "central_node/planner/readiness.h"

#include <algorithm>

namespace keping::planner {
namespace {

using Gate = VillageWindows::Gate;

class Checklist {
 public:
  explicit Checklist(const Plan& plan)
      : plan_(plan),
        basis_(plan.basis),
        records_(basis_.input.offices.size(), 0),
        records_from_(basis_.input.offices.size(), basis_.days()) {
    for (uint32_t record = 0; record < basis_.input.records.size(); ++record) {
      const uint32_t line = plan.assignment.line_of[record];
      ++records_[line];
      // Most find somebody of their line who is ready today.
      if (records_from_[line] > 0) {
        records_from_[line] = std::min(records_from_[line], RecordFrom(record, line));
      }
    }
  }

  Readiness Of(uint32_t office) const {
    Readiness readiness{.node = basis_.input.offices[office].node};
    readiness.items = {Blanks(office),   Operators(office), Application(office),
                       Printers(office), Records(office),   Link(office)};
    readiness.starts_on = DateOf(FirstDay([&](int day) { return Day(office, day).printed > 0; }));
    const int first_open = basis_.calendars[office].NextOpen(0);
    for (const ReadinessItem& item : readiness.items) {
      if (!item.from || *item.from > basis_.Date(first_open)) {
        readiness.blocked_by.push_back(item.need);
      }
    }
    return readiness;
  }

 private:
  const OfficeDay& Day(uint32_t office, int day) const {
    return plan_.schedule.offices[office][day];
  }
  template <typename Holds>
  int FirstDay(Holds holds) const {
    int day = 0;
    while (day < plan_.schedule.days && !holds(day)) ++day;
    return day < plan_.schedule.days ? day : basis_.days();
  }
  std::optional<absl::CivilDay> DateOf(int day) const {
    if (day >= basis_.days()) return std::nullopt;
    return basis_.Date(day);
  }

  // On which the record may be printed at the office in whose line it is.
  int RecordFrom(uint32_t record, uint32_t line) const {
    const uint32_t village = basis_.village_of[record];
    const bool lease_moves =
        !basis_.input.records[record].holder.empty() && basis_.holder_of[record] != line;
    int day = lease_moves ? static_cast<int>(basis_.input.policy.lease_move_days) : 0;
    while (day < basis_.days() && basis_.windows.At(village, day).gate == Gate::kNotReady) ++day;
    return day;
  }

  ReadinessItem Blanks(uint32_t office) const {
    const std::vector<uint64_t>& arrivals = plan_.supply.supply.arrivals[office];
    const auto first =
        std::find_if(arrivals.begin(), arrivals.end(), [](uint64_t blanks) { return blanks > 0; });
    return {Need::kBlanks, basis_.input.offices[office].blanks,
            DateOf(static_cast<int>(first - arrivals.begin()))};
  }

  ReadinessItem Operators(uint32_t office) const {
    ReadinessItem item{.need = Need::kOperator};
    int from = basis_.days();
    for (const uint32_t person : basis_.availability.OperatorsOf(office)) {
      int day = 0;
      while (day < from && !basis_.availability.OperatorPrints(person, day)) ++day;
      from = std::min(from, day);
      if (basis_.availability.OperatorPrints(person, 0)) ++item.count;
    }
    // Somebody exists then, but may be needed elsewhere.
    while (from < plan_.schedule.days && Day(office, from).state == DayState::kNoOperator) ++from;
    const bool never = from == plan_.schedule.days && from > 0 &&
                       Day(office, from - 1).state == DayState::kNoOperator;
    item.from = never ? std::nullopt : DateOf(from);
    return item;
  }

  ReadinessItem Application(uint32_t office) const {
    ReadinessItem item{.need = Need::kApplication};
    const auto& from = basis_.input.offices[office].application_from;
    if (!from) return item;
    item.count = *from <= basis_.input.first_day ? 1 : 0;
    item.from = std::max(*from, basis_.input.first_day);
    return item;
  }

  ReadinessItem Printers(uint32_t office) const {
    ReadinessItem item{.need = Need::kPrinter};
    int from = basis_.days();
    for (const uint32_t printer : basis_.availability.PrintersOf(office)) {
      int day = 0;
      while (day < from && !basis_.availability.PrinterWorks(printer, day)) ++day;
      from = std::min(from, day);
      if (basis_.availability.PrinterWorks(printer, 0)) ++item.count;
    }
    item.from = DateOf(from);
    return item;
  }

  // Of its own line, or of others that it helps.
  ReadinessItem Records(uint32_t office) const {
    const int helps_from = FirstDay([&](int day) { return Day(office, day).printed > 0; });
    return {Need::kRecords, records_[office], DateOf(std::min(records_from_[office], helps_from))};
  }

  ReadinessItem Link(uint32_t office) const {
    ReadinessItem item{.need = Need::kLink, .count = 0, .from = basis_.input.first_day};
    const auto& until = basis_.input.offices[office].contact_until;
    if (!until) return item;
    if (*until < basis_.input.first_day) return {.need = Need::kLink};
    item.count = static_cast<uint64_t>(*until - basis_.input.first_day) + 1;
    return item;
  }

  const Plan& plan_;
  const Basis& basis_;
  std::vector<uint64_t> records_;  // by office: in its line
  std::vector<int> records_from_;  // by office: the first day on which one may be printed
};

}  // namespace

std::vector<Readiness> ReadinessOf(const Plan& plan) {
  const Checklist checklist(plan);
  std::vector<Readiness> offices;
  for (uint32_t office = 0; office < plan.basis.input.offices.size(); ++office) {
    offices.push_back(checklist.Of(office));
  }
  return offices;
}

}  // namespace keping::planner
