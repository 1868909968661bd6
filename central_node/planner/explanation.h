// Why is this person's card printed on that day, at that office?
//
//   const std::optional<Explanation> why = Explain(plan, prr);
//   why->waits;   // kNoBlanks for 4 days until 2 May; kEarlierRecords for 12 days until 14 May,
//                 // 531 of them; kVillageNotReady for 3 days until 17 May
//
// Every day from the plan's first one to the print is in exactly one of the waits.
#ifndef KEPING_CENTRAL_NODE_PLANNER_EXPLANATION_H_
#define KEPING_CENTRAL_NODE_PLANNER_EXPLANATION_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/planner/lease_moves.h"
#include "central_node/planner/plan.h"
#include "common/domain/ids.h"

namespace keping::planner {

// What kept the office in whose line a record waits from printing it on a day.
enum class WaitReason {
  kOfficeClosed = 1,
  kOldApplication,
  kNoContact,
  kNoPrinter,
  kNoOperator,  // nobody who may print was there
  kNoBlanks,
  kLeaseMoves,  // another office holds the lease, and must give it back first
  kVillageNotReady,
  kReadyDayFull,    // the village's next day takes no more persons
  kEarlierRecords,  // the printers were full with those whose turn came first
};

struct Wait {
  WaitReason reason = WaitReason::kOfficeClosed;
  uint32_t days = 0;          // with that reason, closed days among the others' not counted
  absl::CivilDay until = {};  // the day after the last of them
  // Of kEarlierRecords: so many were before it in the line when it first waited for them.
  uint64_t earlier_records = 0;

  friend bool operator==(const Wait&, const Wait&) = default;
};

struct PrintDay {
  absl::CivilDay day;
  domain::NodeId node;
  domain::PrinterId printer;
};

struct Explanation {
  domain::PrrId prr;
  domain::NodeId line;            // the office in whose line it waits
  std::optional<PrintDay> print;  // nullopt: not within the plan
  std::vector<Wait> waits;        // in the order in which they began
  // Its village is not ready that day, but it has waited as long as the policy lets anybody wait.
  bool village_not_awaited = false;
  std::optional<Diversion> diversion;  // it is not printed where it belongs
};

// Nullopt: the plan has no such record.
std::optional<Explanation> Explain(const Plan& plan, const domain::PrrId& prr);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_EXPLANATION_H_
