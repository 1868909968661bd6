#include "edge_node/core/box_stock.h"

namespace keping::edge {

void BoxStock::Apply(const domain::BlanksReceived& event) {
  for (const domain::Box& box : event.boxes) items_[box.box].paper = box;
}

void BoxStock::Apply(const domain::BoxOpened& event) {
  HeldBox& box = items_[event.box];
  box.paper.box = event.box;
  box.born = box.born.Union(event.serials);
  box.emptied = box.emptied || event.emptied;
}

const HeldBox* BoxStock::Find(const domain::BoxId& box) const {
  const auto found = items_.find(box);
  return found == items_.end() ? nullptr : &found->second;
}

uint64_t BoxStock::left() const {
  uint64_t blanks = 0;
  for (const auto& [id, box] : items_) blanks += box.left();
  return blanks;
}

}  // namespace keping::edge
