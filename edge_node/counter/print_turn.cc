#include "edge_node/counter/print_turn.h"

#include "common/base/status_macros.h"

namespace keping::edge {

absl::Status TakeTurn(EdgeNode& node, const Reservations::Holder& holder, Print& print) {
  const Reservations& taken = node.reservations();
  const absl::Duration now = node.Now().monotonic;
  KEPING_RETURN_IF_ERROR(taken.Check(print.blank, holder, now));
  if (!print.prr.empty()) return taken.Check(print.prr, holder, now);
  for (const auto& [enrolled_at, prr] : node.core().printable()) {
    if (!taken.Check(prr, holder, now).ok()) continue;
    print.prr = prr;
    break;
  }
  return absl::OkStatus();
}

void EndTurn(EdgeNode& node, const Print& print, const Decision& decision) {
  if (decision.refusal != domain::PrintRefusal::kNone) return;
  node.reservations().Free(print.blank);
  node.reservations().Free(decision.prr);
}

}  // namespace keping::edge
