// Which records are printed elsewhere than where they belong, and why: the leases that should move.
//
//   for (const LeaseMove& move : LeaseMovesOf(plan)) Propose(move);
#ifndef KEPING_CENTRAL_NODE_PLANNER_LEASE_MOVES_H_
#define KEPING_CENTRAL_NODE_PLANNER_LEASE_MOVES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/plan.h"
#include "common/domain/ids.h"

namespace keping::planner {

enum class MoveReason {
  kOverflow = 1,    // the office has more work than it can do
  kOldApplication,  // the office cannot print: its application,
  kNoContact,       // its link,
  kNoPrinter,       // its printer,
  kNoOperator,      // its people,
  kNoBlanks,        // its blanks
  kHolderGone,      // it is no office any more
};

// A record that is not printed by the office it belongs to: the holder of its lease or, while
// nobody holds that, the office of its kecamatan.
struct Diversion {
  domain::NodeId from;
  domain::NodeId to;
  MoveReason reason = MoveReason::kOverflow;
};

// Nullopt: it is printed where it belongs, or never within the plan.
std::optional<Diversion> DiversionOf(const Plan& plan, uint32_t record);

struct LeaseMove {
  domain::NodeId from;
  domain::NodeId to;
  MoveReason reason = MoveReason::kOverflow;
  absl::CivilDay needed_by;            // the first of them is printed
  std::vector<domain::PrrId> records;  // in the order of printing
};

// Every lease that another office holds than the one that is to print; by from, to and reason.
std::vector<LeaseMove> LeaseMovesOf(const Plan& plan);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_LEASE_MOVES_H_
