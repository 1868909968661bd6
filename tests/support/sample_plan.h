// Inputs of the planner for tests and benches: offices with one printer and one operator each, and
// records of one village after the other.
//
//   planner::PlanInput input = SamplePlan();
//   AddOffice(input, {.name = "susut", .kecamatan = "51.06.01", .blanks = 100});
//   AddRecords(input, {.prefix = "a", .village = "51.06.01.2001", .count = 30});
//   const Plan plan = *planner::MakePlan(input);
#ifndef KEPING_TESTS_SUPPORT_SAMPLE_PLAN_H_
#define KEPING_TESTS_SUPPORT_SAMPLE_PLAN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/plan_input.h"

namespace keping::tests {

// A Monday without a holiday in its week or the next three.
inline constexpr absl::CivilDay kPlanMonday(2017, 10, 2);

// Saturdays, Sundays and `holidays`, for two years from `first_day`.
std::vector<absl::CivilDay> ClosedDays(absl::CivilDay first_day,
                                       const std::vector<absl::CivilDay>& holidays);

// No office; from kPlanMonday on.
planner::PlanInput SamplePlan();

struct SampleOffice {
  std::string name;            // its node; printer "printer-NAME", operator "operator-NAME"
  std::string kecamatan = {};  // empty: the district's own printer
  uint64_t blanks = 0;
  uint32_t cards_per_day = 10;
  uint32_t lead_days = 0;
  std::vector<absl::CivilDay> holidays = {};
};

void AddOffice(planner::PlanInput& input, const SampleOffice& office);

struct SampleRecords {
  std::string prefix;  // of their ids: "PREFIX-00001", "PREFIX-00002" …
  std::string village = "51.06.01.2001";
  uint32_t count = 0;
  // Of the first; each is enrolled an hour after the one before.
  absl::CivilDay enrolled_on = absl::CivilDay(2017, 1, 2);
  planner::PriorityClass priority_class = planner::PriorityClass::kFirstCard;
  std::string holder = {};
};

void AddRecords(planner::PlanInput& input, const SampleRecords& records);

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_SAMPLE_PLAN_H_
