// What each office has and lacks before it can print: the list to go through on the phone.
//
//   for (const Readiness& office : ReadinessOf(plan)) {
//     office.starts_on;    // 2 May
//     office.blocked_by;   // {Need::kOperator}: in training until then
//   }
#ifndef KEPING_CENTRAL_NODE_PLANNER_READINESS_H_
#define KEPING_CENTRAL_NODE_PLANNER_READINESS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/plan.h"
#include "common/domain/ids.h"

namespace keping::planner {

enum class Need { kBlanks = 1, kOperator, kApplication, kPrinter, kRecords, kLink };
inline constexpr int kNeedCount = 6;

struct ReadinessItem {
  Need need = Need::kBlanks;
  // On the plan's first day: blanks in stock, operators who may print, the required application (0
  // or 1), printers that work, records in its line, days that it may still print without a link.
  uint64_t count = 0;
  // Since the plan's first day, or when it will be; nullopt: nobody knows.
  std::optional<absl::CivilDay> from = {};
};

struct Readiness {
  domain::NodeId node;
  std::array<ReadinessItem, kNeedCount> items = {};  // in the order of Need
  // The first card that is planned there; nullopt: none is.
  std::optional<absl::CivilDay> starts_on = {};
  // What is not there on its first working day.
  std::vector<Need> blocked_by = {};
};

// By node. An operator who is needed more at another office is not there; records are there when a
// village of theirs takes cards and the lease can have come; a link is wanted only by an office
// that has been without one for too long.
std::vector<Readiness> ReadinessOf(const Plan& plan);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_READINESS_H_
