#include "tests/support/sample_plan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace keping::tests {

std::vector<absl::CivilDay> ClosedDays(absl::CivilDay first_day,
                                       const std::vector<absl::CivilDay>& holidays) {
  std::vector<absl::CivilDay> closed = holidays;
  for (absl::CivilDay day = first_day; day < first_day + 731; ++day) {
    const absl::Weekday weekday = absl::GetWeekday(day);
    if (weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday) {
      closed.push_back(day);
    }
  }
  return closed;
}

planner::PlanInput SamplePlan() { return {.first_day = kPlanMonday}; }

void AddOffice(planner::PlanInput& input, const SampleOffice& office) {
  const domain::NodeId node = domain::NodeId::Of(office.name);
  const absl::CivilDay long_ago = input.first_day - 100;
  input.offices.push_back({.node = node,
                           .kecamatan_code = office.kecamatan,
                           .lead_days = office.lead_days,
                           .blanks = office.blanks,
                           .closed = ClosedDays(input.first_day, office.holidays),
                           .application_from = long_ago});
  input.printers.push_back({.printer = domain::PrinterId::Of(absl::StrCat("printer-", office.name)),
                            .node = node,
                            .cards_per_day = office.cards_per_day});
  input.operators.push_back(
      {.operator_id = domain::OperatorId::Of(absl::StrCat("operator-", office.name)),
       .nodes = {node},
       .certified_from = long_ago});
}

void AddRecords(planner::PlanInput& input, const SampleRecords& records) {
  const absl::Time first = absl::FromCivil(records.enrolled_on, absl::UTCTimeZone());
  for (uint32_t i = 0; i < records.count; ++i) {
    input.records.push_back(
        {.prr = domain::PrrId::Of(absl::StrFormat("%s-%05d", records.prefix, i + 1)),
         .village = domain::VillageCode::Of(records.village),
         .enrolled_at = first + absl::Hours(i),
         .priority_class = records.priority_class,
         .holder = records.holder.empty() ? domain::NodeId() : domain::NodeId::Of(records.holder)});
  }
}

}  // namespace keping::tests
