// The boxes of blanks of this node that came by quantity, a projection of the log: a blank of a box
// is none of the tray before it is scanned out of it.
//
//   received, sealed -> scanned out of, serial by serial -> emptied
//
//   const HeldBox* box = core.boxes().Find(id);
//   box->left();      // blanks that nobody scanned yet, by the paper
#ifndef KEPING_EDGE_NODE_CORE_BOX_STOCK_H_
#define KEPING_EDGE_NODE_CORE_BOX_STOCK_H_

#include <cstdint>
#include <map>

#include "common/domain/box.h"
#include "common/domain/event.h"

namespace keping::edge {

struct HeldBox {
  domain::Box paper;  // without a number of blanks: it was opened, and no receipt names it
  domain::SerialSet born;
  bool emptied = false;

  uint64_t left() const {
    return emptied || born.size() >= paper.quantity ? 0 : paper.quantity - born.size();
  }
};

// Not thread-safe; changed only while events are applied.
class BoxStock {
 public:
  void Apply(const domain::BlanksReceived& event);
  void Apply(const domain::BoxOpened& event);

  // nullptr when it never came.
  const HeldBox* Find(const domain::BoxId& box) const;
  const std::map<domain::BoxId, HeldBox>& items() const { return items_; }
  // Blanks in all boxes that nobody scanned yet.
  uint64_t left() const;

 private:
  std::map<domain::BoxId, HeldBox> items_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_BOX_STOCK_H_
