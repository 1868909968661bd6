#include "edge_node/core/machine_room.h"

#include <algorithm>

namespace keping::edge {

using domain::ConsumableStep;

void MachineRoom::Apply(const domain::PrinterAdopted& event) {
  Machine& machine = machines_[event.printer];
  machine.in_service = true;
  machine.was_in_service = true;
  machine.wear = std::max(machine.wear, event.wear);
  if (event.basis == domain::AdoptionBasis::kSlip) slips_.insert(event.slip);
}

void MachineRoom::Apply(const domain::PrinterReleased& event) {
  machines_[event.printer].in_service = false;
}

void MachineRoom::Apply(const domain::TestCardPrinted& event) {
  CountFed(event.printer);
  ++machines_[event.printer].test_cards;
}

void MachineRoom::Apply(const domain::PrinterMaintained& event) {
  if (event.kind != domain::MaintenanceKind::kRepaired) {
    machines_[event.printer].since_cleaning = 0;
  }
}

void MachineRoom::Apply(const domain::ConsumableMoved& event) {
  switch (event.step) {
    case ConsumableStep::kReceived:
      return;
    case ConsumableStep::kInstalled:
      machines_[event.printer].installed[event.kind] = {event.consumable, event.panels, 0};
      consumables_[event.consumable] = {event.kind, ConsumableState::kInstalled, event.panels, 0,
                                        event.panels};
      return;
    case ConsumableStep::kRemoved: {
      UsedConsumable& used = consumables_[event.consumable];
      used.state = ConsumableState::kRemoved;
      used.panels_left = event.panels;
      machines_[event.printer].installed.erase(event.kind);
      return;
    }
    case ConsumableStep::kDestroyed:
      consumables_[event.consumable].state = ConsumableState::kDestroyed;
      return;
    case ConsumableStep::kSpoiled:
    case ConsumableStep::kCounted:
      // Of what lies in stock: no printer has it.
      return;
  }
}

void MachineRoom::Apply(const domain::PrintIntended& event) {
  // Logs from before printers were adopted: what printed was in service.
  Machine& machine = machines_[event.printer];
  if (!machine.was_in_service) machine.in_service = true;
  machine.was_in_service = true;
  CountFed(event.printer);
}

void MachineRoom::CountFed(const domain::PrinterId& printer) {
  Machine& machine = machines_[printer];
  ++machine.wear;
  ++machine.since_cleaning;
  for (auto& [kind, installed] : machine.installed) {
    ++installed.fed;
    ++consumables_[installed.id].gave;
  }
}

void MachineRoom::CountUnused(const domain::PrinterId& printer) {
  Machine& machine = machines_[printer];
  if (machine.wear > 0) --machine.wear;
  if (machine.since_cleaning > 0) --machine.since_cleaning;
  for (auto& [kind, installed] : machine.installed) {
    if (installed.fed == 0) continue;
    --installed.fed;
    --consumables_[installed.id].gave;
  }
}

bool MachineRoom::InService(const domain::PrinterId& printer) const {
  const Machine* machine = Find(printer);
  return machine != nullptr && machine->in_service;
}

const Machine* MachineRoom::Find(const domain::PrinterId& printer) const {
  auto it = machines_.find(printer);
  return it == machines_.end() ? nullptr : &it->second;
}

const UsedConsumable* MachineRoom::FindConsumable(const domain::ConsumableId& id) const {
  auto it = consumables_.find(id);
  return it == consumables_.end() ? nullptr : &it->second;
}

}  // namespace keping::edge
