// What one case would be under another policy than the one that holds.
//
//   CaseGround ground{.kind = row.kind, .row = &row, .wait = Wait{.node = node, .since = day}};
//   if (auto other = TryOn(ground, resident.centre, tried)) …other->would_be, other->reason…
//
// Pure: the ground is what the store holds of the case. What is now is what its row says, whatever
// policy and roster made it so; what would be follows from the ground under the tried policy, where
// who decided has the role of today's roster.
#ifndef KEPING_CENTRAL_NODE_CORE_POLICY_TRIAL_H_
#define KEPING_CENTRAL_NODE_CORE_POLICY_TRIAL_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "absl/time/civil_time.h"
#include "central_node/core/facts.h"
#include "central_node/core/remark.h"
#include "central_node/core/rows.h"
#include "common/domain/policy.h"

namespace keping::central {

// What makes the district wait, in an office.
struct Wait {
  domain::NodeId node;
  absl::CivilDay since;                      // the days after this one count
  std::optional<absl::CivilDay> until = {};  // the days before this one; nullopt: it goes on
  uint32_t before = 0;                       // working days that had passed until `since`
};

struct CaseGround {
  domain::CaseKind kind = {};
  const CaseRow* row = nullptr;        // null: there was no case
  std::optional<Wait> wait = {};       // of the kinds that open after some days
  std::optional<StaleUse> stale = {};  // of a print without contact
  // Of the kinds that close by themselves: the facts settle it.
  bool settled = false;
};

// Working days of the wait by the policy's calendar, at most `most`. `last`: the last closed day.
uint32_t DaysOf(const Wait& wait, const domain::Policy& policy, absl::CivilDay last, uint32_t most);

// After so many closed working days a case of the kind is opened; 0: of the other kinds, at once.
uint32_t DaysUntil(const domain::Policy& policy, domain::CaseKind kind);

// As keping.central.v1.CaseFate.
enum class CaseFate {
  kNoCase = 1,
  kOpen,
  kActing,
  kClosedByDecision,
  kClosedByItself,
  kClosedByOrders
};

struct CaseTreatment {
  CaseFate fate = CaseFate::kNoCase;
  // Of an open one.
  std::set<domain::Role> may_decide = {};
  bool two_persons = false;
  std::string text = {};  // "closed by itself", "open; a reconciler decides", "no case"
};

struct CaseTrial {
  CaseTreatment now;
  CaseTreatment would_be;
  Remark reason;
};

// Nullopt: it would be as it is.
std::optional<CaseTrial> TryOn(const CaseGround& ground, const CentreRow& centre,
                               const domain::Policy& tried);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_POLICY_TRIAL_H_
