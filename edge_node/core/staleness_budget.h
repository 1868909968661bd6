// What a supervisor allowed to print although the node had no contact for too long, by class of
// record. A grant lapses with the next receipt: the budget is one per outage.
//
//   StalenessBudget budget;
//   budget.Apply(OverrideGranted{.act = act, .kind = kStaleness, .prints = 5, …}, seq);
//   budget.Next(proven_seq, RecordClass::kFirstCard);      // the act that the next print names
//   budget.Granted(proven_seq, RecordClass::kFirstCard);   // 5, of what the policy allows
#ifndef KEPING_EDGE_NODE_CORE_STALENESS_BUDGET_H_
#define KEPING_EDGE_NODE_CORE_STALENESS_BUDGET_H_

#include <cstdint>
#include <vector>

#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/record_class.h"

namespace keping::edge {

// Not thread-safe; changed only by Apply.
class StalenessBudget {
 public:
  void Apply(const domain::OverrideGranted& event, uint64_t seq) {
    if (event.kind != domain::OverrideKind::kStaleness) return;
    grants_.push_back({event.act, seq, event.record_class, event.prints, event.prints});
  }
  void Apply(const domain::PrintIntended& event) {
    for (Grant& grant : grants_) {
      if (grant.act == event.stale_override && grant.left > 0) --grant.left;
    }
  }

  // Empty when nothing is left of grants that came after the proven entries.
  domain::ActId Next(uint64_t proven_seq, domain::RecordClass record_class) const {
    for (const Grant& grant : grants_) {
      if (grant.IsOf(proven_seq, record_class) && grant.left > 0) return grant.act;
    }
    return {};
  }
  // Prints that grants of this outage still allow.
  uint32_t Left(uint64_t proven_seq, domain::RecordClass record_class) const {
    uint32_t left = 0;
    for (const Grant& grant : grants_)
      left += grant.IsOf(proven_seq, record_class) ? grant.left : 0;
    return left;
  }
  // All that they allowed.
  uint32_t Granted(uint64_t proven_seq, domain::RecordClass record_class) const {
    uint32_t granted = 0;
    for (const Grant& grant : grants_) {
      granted += grant.IsOf(proven_seq, record_class) ? grant.prints : 0;
    }
    return granted;
  }

 private:
  struct Grant {
    domain::ActId act;
    uint64_t seq = 0;
    domain::RecordClass record_class = domain::RecordClass::kFirstCard;
    uint32_t prints = 0;
    uint32_t left = 0;

    bool IsOf(uint64_t proven_seq, domain::RecordClass of) const {
      return seq > proven_seq && record_class == of;
    }
  };

  std::vector<Grant> grants_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_STALENESS_BUDGET_H_
