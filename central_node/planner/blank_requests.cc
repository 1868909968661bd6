#include "central_node/planner/blank_requests.h"

#include <algorithm>

namespace keping::planner {
namespace {

// Days on which blanks are needed, and by when they must come for that.
class Calendar {
 public:
  explicit Calendar(const Plan& plan) : basis_(plan.basis) {
    uint64_t printed = 0;
    for (int day = 0; day < plan.demand.days; ++day) {
      for (const auto& office : plan.demand.offices) printed += office[day].printed;
      printed_.push_back(printed);
    }
    for (uint32_t office = 0; office < basis_.input.offices.size(); ++office) {
      const auto& days = plan.demand.offices[office];
      const bool prints = std::any_of(days.begin(), days.end(),
                                      [](const OfficeDay& day) { return day.printed > 0; });
      if (prints) lead_days_ = std::max(lead_days_, basis_.input.offices[office].lead_days);
    }
  }

  // The first day on which more cards would have been printed than `blanks`.
  std::optional<int> NeedsMoreThan(uint64_t blanks) const {
    const auto day = std::upper_bound(printed_.begin(), printed_.end(), blanks);
    if (day == printed_.end()) return std::nullopt;
    return static_cast<int>(day - printed_.begin());
  }
  // Of blanks that are needed on `day`: at the district in time for the office farthest away.
  absl::CivilDay ArriveBy(int day) const {
    const int safe =
        basis_.district_calendar.GoBack(day, static_cast<int>(basis_.input.policy.safety_days));
    return basis_.Date(safe) - lead_days_;
  }
  uint32_t lead_days() const { return lead_days_; }

 private:
  const Basis& basis_;
  std::vector<uint64_t> printed_;  // until the evening of each day, if there are blanks enough
  uint32_t lead_days_ = 0;
};

bool IsExpected(const Basis& basis, const Allotment& allotment) {
  return allotment.arrives_on >= basis.input.first_day;
}

uint64_t BlanksToUse(const Plan& plan) {
  const uint64_t blanks = BlanksNow(plan);
  return blanks - std::min(blanks, plan.basis.input.policy.reserve_blanks);
}

}  // namespace

uint64_t BlanksNow(const Plan& plan) {
  const PlanInput& input = plan.basis.input;
  uint64_t blanks = input.district_blanks;
  for (const Office& office : input.offices) blanks += office.blanks;
  for (const Parcel& parcel : input.parcels) blanks += parcel.blanks;
  return blanks;
}

std::optional<BlankRequest> RequestOf(const Plan& plan) {
  const Basis& basis = plan.basis;
  uint64_t blanks = BlanksToUse(plan);
  for (const Allotment& allotment : basis.input.allotments) {
    if (IsExpected(basis, allotment)) blanks += allotment.blanks;
  }
  const Calendar calendar(plan);
  const std::optional<int> needed_on = calendar.NeedsMoreThan(blanks);
  if (!needed_on) return std::nullopt;
  BlankRequest request;
  request.blanks = basis.input.records.size() - blanks;
  request.needed_on = basis.Date(*needed_on);
  request.arrive_by = calendar.ArriveBy(*needed_on);
  request.request_by = request.arrive_by - basis.input.policy.request_lead_days;
  request.late = request.request_by < basis.input.first_day;
  request.request_by = std::max(request.request_by, basis.input.first_day);
  return request;
}

std::vector<LateAllotment> LateAllotmentsOf(const Plan& plan) {
  const Calendar calendar(plan);
  std::vector<LateAllotment> late;
  uint64_t blanks = BlanksToUse(plan);
  for (const Allotment& allotment : plan.basis.input.allotments) {
    if (!IsExpected(plan.basis, allotment)) continue;
    const std::optional<int> needed_on = calendar.NeedsMoreThan(blanks);
    blanks += allotment.blanks;
    if (!needed_on) continue;
    const absl::CivilDay date = plan.basis.Date(*needed_on);
    if (allotment.arrives_on + calendar.lead_days() <= date) continue;
    late.push_back(
        {allotment.allotment, allotment.arrives_on, date, calendar.ArriveBy(*needed_on)});
  }
  return late;
}

}  // namespace keping::planner
