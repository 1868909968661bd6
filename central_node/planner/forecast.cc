#include "central_node/planner/forecast.h"

#include <algorithm>

#include "central_node/planner/blank_requests.h"

namespace keping::planner {
namespace {

// Of an office, a village or the district on one day.
struct DayTally {
  uint64_t printed = 0;
  uint64_t waiting = 0;  // in the evening
  bool dry = false;
};
using Tallies = std::vector<DayTally>;  // by day

Tallies TalliesOf(const std::vector<OfficeDay>& office) {
  Tallies days;
  days.reserve(office.size());
  for (const OfficeDay& day : office) days.push_back({day.printed, day.waiting, day.dry});
  return days;
}

// Dry while some office is, and none prints before blanks come to any of them.
Tallies TalliesOf(const Schedule& schedule, const std::vector<uint64_t>& arrivals) {
  Tallies days(schedule.days);
  for (const std::vector<OfficeDay>& office : schedule.offices) {
    for (int day = 0; day < schedule.days; ++day) {
      days[day].printed += office[day].printed;
      days[day].waiting += office[day].waiting;
      days[day].dry = days[day].dry || office[day].dry;
    }
  }
  bool prints_soon = false;
  for (int day = schedule.days - 1; day >= 0; --day) {
    prints_soon = prints_soon || days[day].printed > 0;
    days[day].dry = days[day].dry && !prints_soon;
    if (arrivals[day] > 0) prints_soon = false;
  }
  return days;
}

class Forecaster {
 public:
  explicit Forecaster(const Plan& plan) : plan_(plan), basis_(plan.basis) {}

  DistrictForecast District() const {
    const uint64_t records = basis_.input.records.size();
    const std::vector<uint64_t> arrivals = DistrictArrivals();
    const Tallies days = TalliesOf(plan_.schedule, arrivals);
    return {.backlog = BacklogOf(records, days),
            .blanks = BlanksNow(plan_),
            .run_out = RunOutOf(days, basis_.district_calendar, arrivals),
            .working_days_needed = WorkingDaysOf(records, TalliesOf(plan_.demand, arrivals),
                                                 basis_.district_calendar)};
  }

  std::vector<OfficeForecast> Offices() const {
    std::vector<uint64_t> records(basis_.input.offices.size(), 0);
    for (const uint32_t office : plan_.assignment.line_of) ++records[office];
    std::vector<OfficeForecast> offices;
    for (uint32_t office = 0; office < records.size(); ++office) {
      const Tallies days = TalliesOf(plan_.schedule.offices[office]);
      const OfficeCalendar& calendar = basis_.calendars[office];
      offices.push_back({.node = basis_.input.offices[office].node,
                         .backlog = BacklogOf(records[office], days),
                         .blanks = basis_.input.offices[office].blanks,
                         .run_out = RunOutOf(days, calendar, plan_.supply.supply.arrivals[office]),
                         .working_days_needed = WorkingDaysOf(
                             records[office], TalliesOf(plan_.demand.offices[office]), calendar),
                         .ribbons_end_on = EndOf(basis_.input.offices[office].ribbon_cards, days),
                         .films_end_on = EndOf(basis_.input.offices[office].film_cards, days)});
    }
    return offices;
  }

  std::vector<VillageForecast> Villages() const {
    const size_t count = basis_.input.villages.size();
    std::vector<uint64_t> records(count, 0);
    std::vector<Tallies> days(count, Tallies(plan_.schedule.days));
    for (uint32_t record = 0; record < basis_.village_of.size(); ++record) {
      const uint32_t village = basis_.village_of[record];
      const Placement& print = plan_.schedule.placements[record];
      ++records[village];
      if (print.planned()) ++days[village][print.day].printed;
    }
    std::vector<VillageForecast> villages;
    for (size_t village = 0; village < count; ++village) {
      if (records[village] == 0) continue;
      uint64_t waiting = records[village];
      for (DayTally& day : days[village]) day.waiting = waiting -= day.printed;
      villages.push_back(
          {basis_.input.villages[village].village, BacklogOf(records[village], days[village])});
    }
    return villages;
  }

 private:
  Backlog BacklogOf(uint64_t records, const Tallies& days) const {
    Backlog backlog{.records = records};
    backlog.waiting.reserve(days.size());
    for (const DayTally& day : days) backlog.waiting.push_back(day.waiting);
    if (const auto last = LastDay(records, days)) backlog.ends_on = basis_.Date(*last);
    return backlog;
  }

  // On whose evening nobody waits any more.
  static std::optional<int> LastDay(uint64_t records, const Tallies& days) {
    if (records == 0) return std::nullopt;
    const auto last = std::find_if(days.begin(), days.end(),
                                   [](const DayTally& day) { return day.waiting == 0; });
    if (last == days.end()) return std::nullopt;
    return static_cast<int>(last - days.begin());
  }

  // Of what makes so many cards.
  std::optional<absl::CivilDay> EndOf(std::optional<uint64_t> cards, const Tallies& days) const {
    if (!cards.has_value()) return std::nullopt;
    for (int day = 0; day < static_cast<int>(days.size()); ++day) {
      if (days[day].printed > *cards) return basis_.Date(day);
      *cards -= days[day].printed;
    }
    return std::nullopt;
  }

  static std::optional<uint32_t> WorkingDaysOf(uint64_t records, const Tallies& days,
                                               const OfficeCalendar& calendar) {
    if (records == 0) return 0;
    const std::optional<int> last = LastDay(records, days);
    if (!last) return std::nullopt;
    return calendar.OpenDays(0, *last + 1);
  }

  std::vector<uint64_t> DistrictArrivals() const {
    std::vector<uint64_t> arrivals(basis_.days(), 0);
    for (const std::vector<uint64_t>& office : plan_.supply.supply.arrivals) {
      for (int day = 0; day < basis_.days(); ++day) arrivals[day] += office[day];
    }
    return arrivals;
  }

  std::optional<RunOut> RunOutOf(const Tallies& days, const OfficeCalendar& calendar,
                                 const std::vector<uint64_t>& arrivals) const {
    const auto dry =
        std::find_if(days.begin(), days.end(), [](const DayTally& day) { return day.dry; });
    if (dry == days.end()) return std::nullopt;
    const int dry_from = static_cast<int>(dry - days.begin());
    RunOut run_out{
        .used_up_on = std::nullopt, .dry_from = basis_.Date(dry_from), .dry_until = std::nullopt};
    for (int day = dry_from; day >= 0; --day) {
      if (days[day].printed == 0) continue;
      run_out.used_up_on = basis_.Date(day);
      run_out.working_days = calendar.OpenDays(0, day + 1);
      break;
    }
    for (int day = dry_from + 1; day < basis_.days(); ++day) {
      if (arrivals[day] == 0) continue;
      run_out.dry_until = basis_.Date(day);
      break;
    }
    return run_out;
  }

  const Plan& plan_;
  const Basis& basis_;
};

}  // namespace

Forecast ForecastOf(const Plan& plan) {
  const Forecaster forecaster(plan);
  return {.district = forecaster.District(),
          .offices = forecaster.Offices(),
          .villages = forecaster.Villages(),
          .request = RequestOf(plan),
          .late_allotments = LateAllotmentsOf(plan)};
}

}  // namespace keping::planner
