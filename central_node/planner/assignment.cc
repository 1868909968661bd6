#include "central_node/planner/assignment.h"

#include <utility>

namespace keping::planner {
namespace {

// What keeps an office from printing on its next open days, if that is for longer than the policy
// lets people wait.
DayState StrandedBy(const Basis& basis, uint32_t office) {
  const OfficeCalendar& calendar = basis.calendars[office];
  const int first_day_to_print = basis.availability.FirstDayToPrint(office);
  if (calendar.OpenDays(0, first_day_to_print) <=
      static_cast<int>(basis.input.policy.replan_after_days)) {
    return DayState::kPrints;
  }
  return basis.availability.At(office, calendar.NextOpen(0));
}

class Assigner {
 public:
  explicit Assigner(const Basis& basis)
      : basis_(basis), load_(OfficeCount(), 0), cards_per_day_(OfficeCount(), 0) {
    for (uint32_t office = 0; office < OfficeCount(); ++office) {
      result_.stranded_by.push_back(StrandedBy(basis, office));
      for (const uint32_t printer : basis.availability.PrintersOf(office)) {
        cards_per_day_[office] += basis.input.printers[printer].cards_per_day;
      }
    }
  }

  Assignment Assign() {
    const size_t records = basis_.input.records.size();
    result_.line_of.assign(records, kNone);
    // Records that find no office, by village.
    std::vector<std::vector<uint32_t>> homeless(basis_.input.villages.size());
    for (uint32_t record = 0; record < records; ++record) {
      const uint32_t office = OfficeOf(record);
      result_.line_of[record] = office;
      if (office != kNone) ++load_[office];
      if (office == kNone) homeless[basis_.village_of[record]].push_back(record);
    }
    for (uint32_t village = 0; village < homeless.size(); ++village) {
      if (!homeless[village].empty()) Settle(village, homeless[village]);
    }
    return std::move(result_);
  }

 private:
  uint32_t OfficeCount() const { return static_cast<uint32_t>(basis_.input.offices.size()); }
  bool CanPrint(uint32_t office) const {
    return office != kNone && result_.stranded_by[office] == DayState::kPrints;
  }
  uint32_t OfficeOf(uint32_t record) const {
    const uint32_t holder = basis_.holder_of[record];
    if (CanPrint(holder)) return holder;
    const uint32_t home = basis_.home_of[basis_.village_of[record]];
    return CanPrint(home) ? home : kNone;
  }
  // The office with the fewest days of work, of those that can print.
  uint32_t LeastLoaded(bool district_printers_only) const {
    uint32_t best = kNone;
    for (uint32_t office = 0; office < OfficeCount(); ++office) {
      if (!CanPrint(office)) continue;
      if (district_printers_only && !basis_.IsDistrictPrinter(office)) continue;
      // load / cards per day, without fractions.
      if (best == kNone ||
          load_[office] * cards_per_day_[best] < load_[best] * cards_per_day_[office]) {
        best = office;
      }
    }
    return best;
  }
  void Settle(uint32_t village, const std::vector<uint32_t>& records) {
    const uint32_t home = basis_.home_of[village];
    uint32_t office = home == kNone ? LeastLoaded(true) : kNone;
    if (office == kNone) office = LeastLoaded(false);
    for (const uint32_t record : records) {
      const uint32_t stays = basis_.holder_of[record] != kNone ? basis_.holder_of[record] : home;
      uint32_t line = office != kNone ? office : stays;
      if (line == kNone) line = 0;
      result_.line_of[record] = line;
      ++load_[line];
    }
  }

  const Basis& basis_;
  std::vector<uint64_t> load_;           // records, by office
  std::vector<uint64_t> cards_per_day_;  // by office
  Assignment result_;
};

}  // namespace

Assignment AssignRecords(const Basis& basis) { return Assigner(basis).Assign(); }

}  // namespace keping::planner
