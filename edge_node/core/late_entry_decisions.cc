#include "edge_node/core/late_entry_decisions.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "edge_node/core/handover_decisions.h"
#include "edge_node/core/inventory_decisions.h"
#include "edge_node/core/stock_decisions.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene& scene, const LateEntry& entry) {
  if (entry.stated_at > scene.now.wall) {
    return Decision::Failed(absl::InvalidArgumentError(absl::StrCat(
        "K-199: the time on form ", entry.form.value(),
        " lies in the future by this node's clock. Correct the time, or have the clock set.")));
  }
  return std::visit(
      [&](const auto& what) {
        if (absl::Status status = core.CheckMay(what.operator_id, OfficeAct::kEnterLate);
            !status.ok())
          return Decision::Failed(status);
        Decision decision = Decide(core, scene, what);
        if (!decision.status.ok()) return decision;
        decision.events.push_back(domain::LateEntryMade{.act = what.act,
                                                        .form = entry.form,
                                                        .stated_at = entry.stated_at,
                                                        .operator_id = what.operator_id});
        return decision;
      },
      entry.what);
}

}  // namespace keping::edge
