// What passes between this district and others, and what becomes of ribbons, films and cleaning
// cards.

#include "central_node/core/fold.h"

namespace keping::central {

using domain::BlankSerial;

void Folder::On(const FactRef& ref, const domain::LoanMoved& event) {
  event.blanks.ForEach([&](const BlankSerial& serial) {
    AddFact(TouchBlank(serial, ref.id).facts.loans, {.fact = ref, .step = event.step});
  });
  AddFact(resident_.centre.loans, {.fact = ref, .paper = event});
  touched_.districts.insert(event.district);
  touched_.centre = true;
}

void Folder::On(const FactRef& ref, const domain::SupplyMoved& event) {
  AddFact(resident_.centre.supplies, {.fact = ref, .moved = event});
  touched_.centre = true;
}

void Folder::On(const FactRef& ref, const domain::ConsumableMoved& event) {
  AddFact(resident_.nodes[ref.node].consumables, {.fact = ref, .moved = event});
  touched_.nodes.insert(ref.node);
}

}  // namespace keping::central
