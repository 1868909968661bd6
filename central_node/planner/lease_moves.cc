#include "central_node/planner/lease_moves.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace keping::planner {
namespace {

MoveReason ReasonOf(DayState state) {
  switch (state) {
    case DayState::kPrints:
    case DayState::kClosed:
      return MoveReason::kOverflow;
    case DayState::kOldApplication:
      return MoveReason::kOldApplication;
    case DayState::kNoContact:
      return MoveReason::kNoContact;
    case DayState::kNoPrinter:
      return MoveReason::kNoPrinter;
    case DayState::kNoOperator:
      return MoveReason::kNoOperator;
    case DayState::kNoBlanks:
      return MoveReason::kNoBlanks;
  }
  return MoveReason::kOverflow;
}

}  // namespace

std::optional<Diversion> DiversionOf(const Plan& plan, uint32_t record) {
  const Placement& placement = plan.schedule.placements[record];
  if (!placement.planned()) return std::nullopt;
  const domain::NodeId& holder = plan.basis.input.records[record].holder;
  const uint32_t from = holder.empty() ? plan.basis.home_of[plan.basis.village_of[record]]
                                       : plan.basis.holder_of[record];
  if (from == placement.office) return std::nullopt;
  const domain::NodeId& to = plan.basis.input.offices[placement.office].node;
  if (from == kNone) {
    if (holder.empty()) return std::nullopt;
    return Diversion{holder, to, MoveReason::kHolderGone};
  }
  // It waited in another line from the first day on, or was taken from its own one.
  const uint32_t line = plan.assignment.line_of[record];
  const DayState state = line == from ? plan.schedule.offices[line][placement.day].state
                                      : plan.assignment.stranded_by[from];
  return Diversion{plan.basis.input.offices[from].node, to, ReasonOf(state)};
}

std::vector<LeaseMove> LeaseMovesOf(const Plan& plan) {
  // Records of one move, by the days on which they are printed.
  std::map<std::tuple<domain::NodeId, domain::NodeId, MoveReason>,
           std::vector<std::pair<int, uint32_t>>>
      moves;
  for (uint32_t record = 0; record < plan.basis.input.records.size(); ++record) {
    if (plan.basis.input.records[record].holder.empty()) continue;
    const std::optional<Diversion> diversion = DiversionOf(plan, record);
    if (!diversion) continue;
    moves[{diversion->from, diversion->to, diversion->reason}].emplace_back(
        plan.schedule.placements[record].day, record);
  }
  std::vector<LeaseMove> result;
  for (auto& [what, records] : moves) {
    std::sort(records.begin(), records.end());
    const auto& [from, to, reason] = what;
    LeaseMove& move = result.emplace_back();
    move.from = from;
    move.to = to;
    move.reason = reason;
    move.needed_by = plan.basis.Date(records.front().first);
    for (const auto& [day, record] : records) {
      move.records.push_back(plan.basis.input.records[record].prr);
    }
  }
  return result;
}

}  // namespace keping::planner
