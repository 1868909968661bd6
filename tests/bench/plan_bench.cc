// How long the district's whole plan takes: the size that the bar names, everything made anew.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/planner/explanation.h"
#include "central_node/planner/forecast.h"
#include "central_node/planner/plan.h"
#include "common/base/prng.h"
#include "common/base/status_macros.h"
#include "tests/bench/bench.h"
#include "tests/bench/measure.h"
#include "tests/support/sample_plan.h"

namespace keping::bench {
namespace {

constexpr double kBarMilliseconds = 1000;

struct Size {
  uint32_t records = 150'000;
  uint32_t offices = 50;  // the last is the district's own printer
  uint32_t villages = 300;
};

std::string VillageCode(const Size& size, uint64_t village) {
  // As many kecamatan as there are offices beside the district's.
  return absl::StrFormat("51.%02d.01.%d", village % (size.offices - 1), 2001 + village);
}

// Villages that are ready twice a month, offices with a broken printer, and without their operator
// for two weeks; blanks for two thirds of the records, and an allotment that comes later.
planner::PlanInput LargeDistrict(const Size& size) {
  base::Prng prng(1);
  planner::PlanInput input = tests::SamplePlan();
  for (uint32_t i = 0; i < size.offices; ++i) {
    const bool district = i + 1 == size.offices;
    tests::AddOffice(input, {.name = absl::StrCat("office-", i),
                             .kecamatan = district ? "" : absl::StrFormat("51.%02d.01", i),
                             .blanks = size.records / size.offices / 3,
                             .cards_per_day = district ? 300u : 50u,
                             .lead_days = i % 3});
    if (i % 9 == 4) input.printers.back().broken = {{input.first_day, std::nullopt}};
    if (i % 7 == 3) input.operators.back().away = {{input.first_day, input.first_day + 13}};
  }
  input.district_blanks = size.records / 3;
  input.allotments = {{domain::AllotmentId::Of("second"), input.first_day + 60, size.records / 3}};
  for (uint32_t i = 0; i < size.villages; i += 2) {
    planner::Village village{.village = domain::VillageCode::Of(VillageCode(size, i))};
    for (int day = 1 + static_cast<int>(i % 14); day < 366; day += 14) {
      village.ready.push_back({input.first_day + day, 40});
    }
    input.villages.push_back(std::move(village));
  }
  for (uint32_t i = 0; i < size.records; ++i) {
    const uint64_t village = prng.Below(size.villages);
    planner::Record record{
        .prr = domain::PrrId::Of(
            absl::StrFormat("PRR-5100-%07d", prng.Below(1000) * size.records + i)),
        .village = domain::VillageCode::Of(VillageCode(size, village)),
        .enrolled_at = absl::FromUnixSeconds(prng.Between(1'450'000'000, 1'490'000'000)),
        .priority_class = static_cast<planner::PriorityClass>(1 + prng.Below(4))};
    if (prng.Chance(3, 4)) {
      record.holder = input.offices[village % (size.offices - 1)].node;
    }
    input.records.push_back(std::move(record));
  }
  return input;
}

// A step of planning, by the CPU's time of this thread: it computes and waits for nothing, so on an
// idle core that is the wall's time too.
class Step {
 public:
  explicit Step(std::string name) : name_(std::move(name)) {}

  template <typename Do>
  auto Time(Do act) {
    const Stopwatch watch;
    const double cpu_before = OwnCpuSeconds();
    auto result = act();
    cpu_ms_.Add((OwnCpuSeconds() - cpu_before) * 1000);
    wall_ms_.Add(watch.Milliseconds());
    return result;
  }

  Figure ToFigure(const std::string& conditions) const {
    return {.name = name_,
            .value = cpu_ms_.Quantile(0.5),
            .unit = "ms",
            .ceiling = kBarMilliseconds,
            .ceiling_name = "the bar",
            .conditions = absl::StrFormat("CPU of one core, %.1f ms by the wall; %s",
                                          wall_ms_.Quantile(0.5), conditions),
            .bar = AtMost(kBarMilliseconds)};
  }

 private:
  const std::string name_;
  Samples cpu_ms_;
  Samples wall_ms_;
};

// So many of the records, evenly picked; returns the reasons that they were given.
size_t ExplainSome(const planner::Plan& plan, const planner::PlanInput& input, size_t count) {
  size_t reasons = 0;
  for (size_t i = 0; i < count; ++i) {
    const domain::PrrId& prr = input.records[i * input.records.size() / count].prr;
    reasons += planner::Explain(plan, prr)->waits.size();
  }
  return reasons;
}

absl::StatusOr<std::vector<Figure>> RunPlan(const BenchOptions& options) {
  Size size;
  if (options.quick) size = {.records = 1500, .offices = 5, .villages = 30};
  const planner::PlanInput input = LargeDistrict(size);
  Step whole("plan p50"), forecasting("plan, forecast p50"), explaining("plan, explain 1000 p50");
  std::string outcome;
  for (int round = 0; round < (options.quick ? 1 : 9); ++round) {
    planner::PlanInput copy = input;
    KEPING_ASSIGN_OR_RETURN(const planner::Plan plan,
                            whole.Time([&] { return planner::MakePlan(std::move(copy)); }));
    const planner::Forecast forecast = forecasting.Time([&] { return planner::ForecastOf(plan); });
    const size_t reasons = explaining.Time([&] { return ExplainSome(plan, input, 1000); });
    outcome =
        absl::StrFormat("%d days planned, %d records without a blank, %d reasons of 1000",
                        plan.schedule.days, forecast.district.backlog.waiting.back(), reasons);
  }
  const std::string conditions =
      absl::StrFormat("%d records, %d offices, %d villages; %s; %s", size.records, size.offices,
                      size.villages, outcome, MachineConditions(options.folder));
  return std::vector<Figure>{whole.ToFigure(conditions), forecasting.ToFigure(conditions),
                             explaining.ToFigure(conditions)};
}

KEPING_BENCH("plan", "who prints what where and when, for a district of 150,000 records", &RunPlan);

}  // namespace
}  // namespace keping::bench
