#include "tests/sim/rescan.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/sim/people.h"

namespace keping::sim {

using domain::BlankSerial;
using domain::SerialSet;

Rescan::Rescan(World* world, Matter* matter, Office* office)
    : world_(*world), matter_(*matter), office_(*office), prng_(world->Fork()) {}

bool Rescan::done() const { return !office_.succeeds() || ended_ == office_.keys().incarnation; }

bool Rescan::Begin() {
  if (begun_ == office_.keys().incarnation) return false;
  begun_ = office_.keys().incarnation;
  return true;
}

void Rescan::Look() {
  const auto& printers = office_.printers();
  const bool all_in_tray = std::none_of(
      printers.begin(), printers.end(),
      [](const PrinterUnit& unit) { return unit.in_hopper.has_value() || !unit.batch.empty(); });
  if (!all_in_tray) return;
  if (prng_.Chance(1, 2)) TryToPrint();
  if (office_.node() != nullptr) Scan();
}

void Rescan::TryToPrint() {
  const auto& tray = matter_.tray(office_.index());
  if (tray.empty()) return;
  const BlankSerial serial = matter_.blank(tray.front()).serial;
  // Received after the recovery: nothing is wrong with it.
  if (office_.node()->core().tray().Available(serial)) return;
  const auto decision = office_.Do(edge::Print{.act = office_.NewAct(),
                                               .operator_id = CertifiedOperator(office_.index()),
                                               .printer = office_.printers().front().id,
                                               .blank = serial,
                                               .prr = {}});
  if (!decision || decision->refusal != domain::PrintRefusal::kNone) return;
  if (!decision->status.ok()) return;
  world_.Break("an untouched tray prints nothing",
               absl::StrCat(office_.id().value(), " prints on ", serial.text(),
                            ", which nobody scanned under its new incarnation"));
}

void Rescan::Scan() {
  const edge::BlankTray& tray = office_.node()->core().tray();
  SerialSet scanned;
  for (const int blank : matter_.tray(office_.index())) {
    const BlankSerial& serial = matter_.blank(blank).serial;
    // The node names these, and they are put aside.
    if (tray.UseOf(serial) == nullptr) scanned.Insert(serial);
  }
  if (scanned.empty() && tray.unconfirmed().empty()) {
    ended_ = begun_;
    return;
  }
  const auto decision =
      office_.Do(edge::RescanStock{.act = office_.NewAct(),
                                   .scanned = scanned,
                                   .operator_id = CertifiedOperator(office_.index()),
                                   .second = TraineeOperator(office_.index())});
  if (!decision) return;
  // Nothing waits for it: all that lies here came since.
  if (!decision->status.ok() && !absl::StartsWith(decision->status.message(), "K-264")) {
    return world_.Break(
        "an untouched tray prints nothing",
        absl::StrCat(office_.id().value(), " cannot be scanned: ", decision->status.message()));
  }
  ended_ = begun_;
  if (!decision->status.ok()) return;
  world_.Count("rescan");
  NoteFound(scanned);
}

void Rescan::NoteFound(const SerialSet& scanned) {
  for (size_t i = 0; i < matter_.blanks().size(); ++i) {
    Blank& blank = matter_.blank(static_cast<int>(i));
    if (blank.office != office_.index()) continue;
    if (scanned.Contains(blank.serial)) {
      blank.strayed = blank.looked_for = false;
    } else if (blank.strayed && blank.at != BlankAt::kTray) {
      world_.Count("blank_not_found");
      blank.looked_for = true;
    }
  }
}

// ---- With the rest of the office.

// The node goes on under a new incarnation: what its books do not know of is taken over again, and
// then everything is scanned.
void People::ScanAgain() {
  if (rescan_.done()) return;
  if (rescan_.Begin()) {
    for (Box& box : std::exchange(received_, {})) {
      if (office_.node()->core().Received(box.transfer)) {
        received_.push_back(std::move(box));
        continue;
      }
      std::erase_if(box.blanks, [this](int blank) {
        return matter_.blank(blank).at != BlankAt::kTray ||
               matter_.blank(blank).office != office_.index();
      });
      world_.Count("box_received_again");
      box.again = true;
      boxes_.push_back(std::move(box));
    }
    stock_.TakeOverAgain();
  }
  const bool taken_over =
      std::none_of(boxes_.begin(), boxes_.end(), [](const Box& box) { return box.again; });
  // Two persons of the roster, which may be younger than the disk.
  if (taken_over && stock_.done() && Rostered()) rescan_.Look();
}

}  // namespace keping::sim
