// Ribbons, films and boxes of cleaning cards of this node, a projection of the log.
//
//   received -> in stock -> installed at a printer -> removed -> destroyed
//                        -> spoiled
//
//   ConsumableStock stock;
//   stock.Apply(ConsumableMoved{.step = ConsumableStep::kReceived, …});
//   stock.InStock(ConsumableKind::kRibbon);      // pieces
#ifndef KEPING_EDGE_NODE_CORE_CONSUMABLE_STOCK_H_
#define KEPING_EDGE_NODE_CORE_CONSUMABLE_STOCK_H_

#include <cstdint>
#include <map>

#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

struct Consumable {
  domain::ConsumableKind kind = domain::ConsumableKind::kRibbon;
  domain::ConsumableStep step = domain::ConsumableStep::kReceived;  // the last
  uint32_t quantity = 0;      // pieces left; 1 for a ribbon or a film
  uint32_t panels = 0;        // as said last: capacity, then what was left
  domain::PrinterId printer;  // of an installed one
};

// Not thread-safe; changed only by Apply.
class ConsumableStock {
 public:
  void Apply(const domain::ConsumableMoved& event);

  // nullptr when it never came.
  const Consumable* Find(const domain::ConsumableId& id) const;
  const std::map<domain::ConsumableId, Consumable>& items() const { return items_; }
  // Pieces that lie ready.
  uint64_t InStock(domain::ConsumableKind kind) const;

 private:
  std::map<domain::ConsumableId, Consumable> items_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_CONSUMABLE_STOCK_H_
