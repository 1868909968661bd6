// What people of an office do with boxes, and with what the district orders; and where a supervisor
// lets them go on.

#include <algorithm>
#include <utility>

#include "tests/sim/people.h"

namespace keping::sim {

using domain::CaseKind;

// ---- Boxes and orders.

void People::ReceiveBoxes() {
  std::erase_if(boxes_,
                [this](const Box& box) { return world_.now() >= box.arrives && ReceiveBox(box); });
}

// True when the box is done with.
bool People::ReceiveBox(const Box& box) {
  if (office_.node() == nullptr) return false;
  const domain::TransferItem* transfer =
      office_.node()->core().catalogue().FindTransfer(box.transfer);
  // Without its record a box waits, or is taken over by the number on its paper.
  const bool early = transfer == nullptr;
  if (early && !box.again && (world_.healed() || !prng_.Chance(1, 4))) return false;
  domain::SerialSet scanned;
  for (int blank : box.blanks) scanned.Insert(Serial(blank));
  if (!early) ScanUnburnt(box, scanned);
  const auto decision =
      office_.Do(edge::ReceiveTransfer{.act = office_.NewAct(),
                                       .transfer = box.transfer,
                                       .scanned = scanned,
                                       .operator_id = TraineeOperator(office_.index()),
                                       .before_dispatch = early});
  if (!decision) return false;
  if (!decision->status.ok() && !absl::IsAlreadyExists(decision->status)) return false;
  if (early && decision->status.ok()) world_.Count("early_receipt");
  const edge::BlankTray& tray = office_.node()->core().tray();
  for (int blank : box.blanks) {
    // What was not dispatched here is put aside until the district says what to do with it.
    const bool taken_over = tray.Knows(Serial(blank));
    matter_.Move(blank, taken_over ? BlankAt::kTray : BlankAt::kLost, office_.index());
  }
  received_.push_back(box);
  received_.back().again = false;
  return true;
}

// The fire did not take all of them: a card that the books have as destroyed lies among the blanks.
void People::ScanUnburnt(const Box& box, domain::SerialSet& scanned) {
  if (!world_.plan().unburnt.Strikes(prng_)) return;
  for (const Blank& blank : matter_.blanks()) {
    const bool burnt = blank.at == BlankAt::kDestroyed && blank.office == office_.index();
    if (!burnt || blank.doubtful()) continue;
    world_.Count("unburnt");
    causes_.Note(CaseKind::kTransferDifference, box.transfer.value());
    matter_.blank(matter_.Find(blank.serial)).misreported = true;
    scanned.Insert(blank.serial);
    return;
  }
}

// The supervisor lets the office print on, although it has had no contact for too long.
void People::PrintAllTheSame() {
  if (office_.node() == nullptr || !world_.plan().stale_override.Strikes(prng_)) return;
  const auto decision =
      office_.Do(edge::GrantOverride{.act = office_.NewAct(),
                                     .kind = domain::OverrideKind::kStaleness,
                                     .printer = {},
                                     .prints = 10,
                                     .reason = domain::OverrideReason::kDisaster,
                                     .operator_id = TraineeOperator(office_.index())});
  if (decision && decision->status.ok()) world_.Count("stale_override");
}

void People::CarryOutOrders() {
  if (office_.node() == nullptr) return;
  std::vector<domain::ActionItem> orders;
  const edge::EdgeCore& core = office_.node()->core();
  for (const auto& [id, order] : core.catalogue().actions()) {
    if (!core.Acknowledged(id)) orders.push_back(order);
  }
  for (const domain::ActionItem& order : orders) {
    Recall(order);
    office_.Do(edge::AcknowledgeAction{.action = order.action,
                                       .operator_id = TraineeOperator(office_.index())});
  }
}

void People::Recall(const domain::ActionItem& order) {
  for (size_t index : matter_.GoodCards(order.prr)) {
    Job& job = *matter_.FindJob(matter_.jobs()[index].act);
    if (job.office != office_.index() || order.blank != Serial(job.blank)) continue;
    job.recalled = true;
    if (matter_.blank(job.blank).at == BlankAt::kDestroyed) continue;
    matter_.Move(job.blank, BlankAt::kWithdrawn, office_.index());
  }
}

}  // namespace keping::sim
