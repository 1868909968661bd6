// How deliveries by quantity and boxes become facts about boxes and about the blanks that are
// scanned out of them.

#include "central_node/core/fold.h"
#include "central_node/core/joined_names.h"
#include "common/base/check.h"

namespace keping::central {

using domain::BlankSerial;
using domain::BoxId;

namespace {

void Put(const BlankSerial& serial, bool inside, domain::SerialSet& set) {
  if (inside) {
    set.Insert(serial);
  } else {
    set.Remove(serial);
  }
}

}  // namespace

BoxRow& Folder::TouchBox(const BoxId& box, const crypto::Hash& cause) {
  const auto row = rows_.boxes.find(box);
  KEPING_CHECK(row != rows_.boxes.end(), "a step's boxes are prefetched (needs.cc)");
  touched_.boxes[box] = cause;
  return row->second;
}

void Folder::DeclareBoxes(const FactRef& ref, const domain::AllotmentReceived& event) {
  for (const domain::Box& box : event.boxes) {
    AddFact(TouchBox(box.box, ref.id).facts.declarations,
            {.fact = ref, .allotment = event.allotment, .lot = event.lot, .box = box});
  }
}

void Folder::DispatchBoxes(const FactRef& ref, const domain::BlanksDispatched& event) {
  for (const domain::Box& box : event.boxes) {
    AddFact(TouchBox(box.box, ref.id).facts.dispatches,
            {.fact = ref, .transfer = event.transfer, .node = event.node});
  }
}

void Folder::ScanBox(const FactRef& ref, const domain::TransferId& transfer, const BoxId& box,
                     ScanKind kind) {
  AddFact(TouchBox(box, ref.id).facts.scans, {.fact = ref, .transfer = transfer, .kind = kind});
}

void Folder::On(const FactRef& ref, const domain::BoxOpened& event) {
  AddFact(TouchBox(event.box, ref.id).facts.openings, {.fact = ref, .emptied = event.emptied});
  event.serials.ForEach([&](const BlankSerial& serial) {
    BlankRow& row = TouchBlank(serial, ref.id);
    AddFact(row.facts.scans, {.fact = ref, .transfer = {}, .kind = ScanKind::kReceived});
    AddFact(row.facts.births, {.fact = ref, .box = event.box});
  });
}

void Folder::AttributeBirths() {
  for (const auto& [serial, cause] : touched_.blanks) {
    const std::vector<BirthFact>& births = rows_.blanks.at(serial).facts.births;
    if (births.empty()) continue;
    const BoxedName name = BoxOfName(serial, rows_.blanks);
    for (const BirthFact& birth : births) {
      const BoxFacts& known = rows_.boxes.at(birth.box).facts;
      const bool stray = birth.box != name.box;
      const bool born = !stray && name.counted;
      if (known.born.Contains(serial) == born && known.strays.Contains(serial) == stray) continue;
      BoxFacts& box = TouchBox(birth.box, cause).facts;
      Put(serial, born, box.born);
      Put(serial, stray, box.strays);
    }
  }
}

}  // namespace keping::central
