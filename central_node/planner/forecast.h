// What the plan says of the days ahead: how the backlog goes down, when blanks run out, and what to
// ask the capital for, by when.
//
//   const Forecast forecast = ForecastOf(plan);
//   forecast.district.blanks->used_up_on;      // the 32nd working day
//   forecast.district.working_days_needed;     // 54, if blanks come in time
//   forecast.request->blanks;                  // 5,387
#ifndef KEPING_CENTRAL_NODE_PLANNER_FORECAST_H_
#define KEPING_CENTRAL_NODE_PLANNER_FORECAST_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/plan.h"
#include "common/domain/ids.h"

namespace keping::planner {

struct Backlog {
  uint64_t records = 0;                        // that wait now
  std::vector<uint64_t> waiting = {};          // in the evening of each day, from the plan's first
  std::optional<absl::CivilDay> ends_on = {};  // the last is printed; nullopt: not within the plan
};

// There is somebody to print for, and no blank.
struct RunOut {
  std::optional<absl::CivilDay> used_up_on;  // the last is printed; nullopt: there are none now
  uint32_t working_days = 0;                 // until then, that day included
  absl::CivilDay dry_from;                   // the first card that cannot be printed
  std::optional<absl::CivilDay> dry_until;   // more come; nullopt: none are on their way
};

struct DistrictForecast {
  Backlog backlog;
  uint64_t blanks = 0;  // in the offices, between them and at the district
  // Nullopt: they suffice, or some office still has a few. While it lasts, none prints a card.
  std::optional<RunOut> run_out;
  // Working days until nobody waits, if there are blanks enough; nullopt: some can never be
  // printed.
  std::optional<uint32_t> working_days_needed;
};

// Of an office the backlog is its line; others may print of it, and it of others.
struct OfficeForecast {
  domain::NodeId node;
  Backlog backlog;
  uint64_t blanks = 0;
  std::optional<RunOut> run_out;
  std::optional<uint32_t> working_days_needed;
  // The day of the first planned card for which there is no ribbon, or no film; nullopt: they
  // suffice, or nobody said how many cards they make. The plan goes on as if there were.
  std::optional<absl::CivilDay> ribbons_end_on;
  std::optional<absl::CivilDay> films_end_on;
};

struct VillageForecast {
  domain::VillageCode village;
  Backlog backlog;
};

// Ask the capital for so many more than are there and expected.
struct BlankRequest {
  uint64_t blanks = 0;
  absl::CivilDay needed_on;  // the first card that cannot be printed without them
  absl::CivilDay arrive_by;  // at the district: before that by the safety days and the way
  absl::CivilDay request_by;
  bool late = false;  // that day has passed: request_by is the plan's first day
};

// An expected allotment that comes after its first blank is needed.
struct LateAllotment {
  domain::AllotmentId allotment;
  absl::CivilDay arrives_on;
  absl::CivilDay needed_on;
  absl::CivilDay arrive_by;  // what to ask for
};

struct Forecast {
  DistrictForecast district;
  std::vector<OfficeForecast> offices;         // by node
  std::vector<VillageForecast> villages;       // by code; those that wait for cards
  std::optional<BlankRequest> request;         // nullopt: what is there and expected suffices
  std::vector<LateAllotment> late_allotments;  // by day
};

Forecast ForecastOf(const Plan& plan);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_FORECAST_H_
