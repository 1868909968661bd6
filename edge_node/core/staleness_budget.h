// What a supervisor allowed to print although the node had no contact for too long. A grant lapses
// with the next receipt: the budget is one per outage.
//
//   StalenessBudget budget;
//   budget.Apply(OverrideGranted{.act = act, .kind = kStaleness, .prints = 5, …}, seq);
//   budget.Next(proven_seq);     // the act that the next print names
#ifndef KEPING_EDGE_NODE_CORE_STALENESS_BUDGET_H_
#define KEPING_EDGE_NODE_CORE_STALENESS_BUDGET_H_

#include <cstdint>
#include <vector>

#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

// Not thread-safe; changed only by Apply.
class StalenessBudget {
 public:
  void Apply(const domain::OverrideGranted& event, uint64_t seq) {
    if (event.kind != domain::OverrideKind::kStaleness) return;
    grants_.push_back({event.act, seq, event.prints});
  }
  void Apply(const domain::PrintIntended& event) {
    for (Grant& grant : grants_) {
      if (grant.act == event.stale_override && grant.left > 0) --grant.left;
    }
  }

  // Empty when nothing is left of grants that came after the proven entries.
  domain::ActId Next(uint64_t proven_seq) const {
    for (const Grant& grant : grants_) {
      if (grant.seq > proven_seq && grant.left > 0) return grant.act;
    }
    return {};
  }
  uint32_t Left(uint64_t proven_seq) const {
    uint32_t left = 0;
    for (const Grant& grant : grants_) left += grant.seq > proven_seq ? grant.left : 0;
    return left;
  }

 private:
  struct Grant {
    domain::ActId act;
    uint64_t seq = 0;
    uint32_t left = 0;
  };

  std::vector<Grant> grants_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_STALENESS_BUDGET_H_
