// What would have become of the district's cases under another policy: each is judged again from
// what the store holds under the tried one, and whatever differs from what its row says is told.
// Nothing is written.
//
//   KEPING_ASSIGN_OR_RETURN(PolicyPage page, TryPolicy(*centre, policy, "", 1000));
//   while (!page.next.empty()) …TryPolicy(*centre, policy, page.next, 1000)…
//
// A page reads the rows of so many cases and no more. Days are counted by the calendar of each
// policy, from the date of the fact that began the wait to the date on which the case was closed.
#ifndef KEPING_CENTRAL_NODE_STORE_TRY_POLICY_H_
#define KEPING_CENTRAL_NODE_STORE_TRY_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "central_node/core/policy_trial.h"
#include "central_node/store/central_node.h"
#include "common/domain/policy.h"

namespace keping::central {

// A case that the tried policy treats otherwise. Without personal data.
struct PolicyDifference {
  domain::CaseId id;
  domain::CaseKind kind = {};
  std::string entity;
  CaseTreatment now;
  CaseTreatment would_be;
  Remark reason;
};

struct PolicyPage {
  std::vector<PolicyDifference> differences;
  uint32_t looked_at = 0;
  // Of these: the days that decide are not kept any more.
  uint32_t cannot_tell = 0;
  std::string next;  // empty: there are no more
};

// Goes on from `after`, the `next` of the page before; empty: from the first. InvalidArgument when
// it is none.
absl::StatusOr<PolicyPage> TryPolicy(const CentralNode& centre, const domain::Policy& tried,
                                     absl::string_view after, size_t limit);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_TRY_POLICY_H_
