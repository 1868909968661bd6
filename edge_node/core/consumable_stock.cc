#include "edge_node/core/consumable_stock.h"

namespace keping::edge {

using domain::ConsumableStep;

void ConsumableStock::Apply(const domain::ConsumableMoved& event) {
  Consumable& item = items_[event.consumable];
  const bool box = event.kind == domain::ConsumableKind::kCleaningCard;
  item.kind = event.kind;
  if (event.panels > 0 || event.step == ConsumableStep::kRemoved) item.panels = event.panels;
  if (event.step == ConsumableStep::kCounted) {
    item.quantity = event.quantity;
    return;
  }
  // A box is used up piece by piece and stays where it is until it is empty.
  if (box && event.step != ConsumableStep::kReceived) {
    item.quantity -= event.quantity < item.quantity ? event.quantity : item.quantity;
    return;
  }
  item.step = event.step;
  item.printer = event.step == ConsumableStep::kInstalled ? event.printer : domain::PrinterId();
  if (event.step == ConsumableStep::kReceived) item.quantity = event.quantity;
}

const Consumable* ConsumableStock::Find(const domain::ConsumableId& id) const {
  const auto found = items_.find(id);
  return found == items_.end() ? nullptr : &found->second;
}

uint64_t ConsumableStock::InStock(domain::ConsumableKind kind) const {
  uint64_t pieces = 0;
  for (const auto& [id, item] : items_) {
    if (item.kind == kind && item.step == ConsumableStep::kReceived) pieces += item.quantity;
  }
  return pieces;
}

}  // namespace keping::edge
