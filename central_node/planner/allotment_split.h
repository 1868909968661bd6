// How a delivery of blanks is divided over the offices: so that all of them run out on the same
// day, those that a parcel takes longer to reach so much later.
//
//   // 2,400 blanks; susut prints 50 cards on each of 40 days and has 100 blanks, bangli none.
//   AllotmentSplit split = SplitAllotment(2400, {{.node = susut, .blanks = 100, .cards = {50, …}},
//                                                {.node = bangli, .cards = {50, …}}});
//   split.shares[0].blanks;   // 1,150
//   split.covered_days;       // 25: until then both can print all that they would
//
// What is left after the last day that can be covered for everybody goes to that next day in
// proportion to what each office still wants for it, by largest remainder: the shares are whole
// blanks, and shares and reserve are exactly the delivery.
#ifndef KEPING_CENTRAL_NODE_PLANNER_ALLOTMENT_SPLIT_H_
#define KEPING_CENTRAL_NODE_PLANNER_ALLOTMENT_SPLIT_H_

#include <cstdint>
#include <vector>

#include "common/domain/ids.h"

namespace keping::planner {

struct OfficeNeed {
  domain::NodeId node;
  uint32_t lead_days = 0;
  // In its stock and on their way to it.
  uint64_t blanks = 0;
  // What it would print on each day of the plan if it had blanks: its backlog and its capacity.
  std::vector<uint64_t> cards = {};
};

struct OfficeShare {
  domain::NodeId node;
  uint64_t blanks = 0;

  friend bool operator==(const OfficeShare&, const OfficeShare&) = default;
};

struct AllotmentSplit {
  std::vector<OfficeShare> shares;  // of every office, in the order of `needs`
  uint64_t reserve = 0;             // nobody needs these: they stay at the district
  int covered_days = 0;  // from the plan's first day; all of them when there is a reserve
};

// At most kMaxBlanks blanks, 10,000 offices and kMaxHorizonDays days (plan_input.h).
AllotmentSplit SplitAllotment(uint64_t blanks, const std::vector<OfficeNeed>& needs);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_ALLOTMENT_SPLIT_H_
