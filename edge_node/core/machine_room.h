// The printers of this node as machines: whether they are in service here, what they have fed in
// all, which ribbon and film is in them, when they were cleaned. A projection of the log.
//
//   MachineRoom room;
//   room.Apply(PrinterAdopted{.printer = printer, …});
//   room.InService(printer);                              // may print here
//   room.Find(printer)->installed.at(ConsumableKind::kRibbon).fed;
//
// A printer belongs to one node. It leaves with a release slip and works nowhere until it is
// adopted there. The printers of the config are commissioned when the node's first office day
// opens.
#ifndef KEPING_EDGE_NODE_CORE_MACHINE_ROOM_H_
#define KEPING_EDGE_NODE_CORE_MACHINE_ROOM_H_

#include <cstdint>
#include <map>
#include <set>

#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

// A ribbon or film in a printer. What it gives is counted, since boxes promise too much.
struct InstalledConsumable {
  domain::ConsumableId id;
  uint32_t capacity = 0;  // panels, as the box promises
  uint32_t fed = 0;       // cards since it was installed
};

struct Machine {
  bool in_service = false;
  bool was_in_service = false;  // it was adopted here, or printed
  uint64_t wear = 0;            // cards fed in all, here and before
  uint32_t since_cleaning = 0;
  uint32_t test_cards = 0;
  std::map<domain::ConsumableKind, InstalledConsumable> installed;
};

// Where a ribbon or film is, as far as printers are concerned. A used one holds readable personal
// data: it is kept, and destroyed before a witness.
enum class ConsumableState { kInstalled = 1, kRemoved = 2, kDestroyed = 3 };

struct UsedConsumable {
  domain::ConsumableKind kind = domain::ConsumableKind::kRibbon;
  ConsumableState state = ConsumableState::kInstalled;
  uint32_t capacity = 0;
  uint32_t gave = 0;         // cards fed with it
  uint32_t panels_left = 0;  // as read when it was removed
};

// Not thread-safe; changed only while events are applied.
class MachineRoom {
 public:
  void Apply(const domain::PrinterAdopted& event);
  void Apply(const domain::PrinterReleased& event);
  void Apply(const domain::TestCardPrinted& event);
  void Apply(const domain::PrinterMaintained& event);
  void Apply(const domain::ConsumableMoved& event);
  void Apply(const domain::PrintIntended& event);
  // The job fed no card; or that answer was set aside.
  void CountUnused(const domain::PrinterId& printer);
  void CountFed(const domain::PrinterId& printer);

  bool InService(const domain::PrinterId& printer) const;
  // nullptr for a printer of which the log says nothing.
  const Machine* Find(const domain::PrinterId& printer) const;
  const std::map<domain::PrinterId, Machine>& machines() const { return machines_; }
  // nullptr for one that no printer ever held.
  const UsedConsumable* FindConsumable(const domain::ConsumableId& id) const;
  const std::map<domain::ConsumableId, UsedConsumable>& consumables() const { return consumables_; }
  // Whether a printer came by this slip before.
  bool SlipUsed(const crypto::Hash& slip) const { return slips_.contains(slip); }

 private:
  std::map<domain::PrinterId, Machine> machines_;
  std::map<domain::ConsumableId, UsedConsumable> consumables_;
  std::set<crypto::Hash> slips_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_MACHINE_ROOM_H_
