#include "tests/sim/mistakes.h"

#include <deque>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/sim/discrepancies.h"
#include "tests/sim/people.h"

namespace keping::sim {

using domain::CaseKind;

void Mistakes::Start() {
  if (!world_.plan().unslipped_lending.on() && !world_.plan().theft.on()) return;
  world_.queue().After(kHour, [this] { Round(); });
}

void Mistakes::Round() {
  if (world_.plan().unslipped_lending.Strikes(prng_, kHour)) LendWithoutSlip();
  if (world_.plan().theft.Strikes(prng_, kHour)) Steal();
  Start();
}

std::optional<int> Mistakes::SomeBlank() {
  const std::deque<int>& tray = matter_.tray(offices_[prng_.Below(offices_.size())]->index());
  if (tray.size() < 4) return std::nullopt;
  const Blank& blank = matter_.blank(tray.back());
  const bool old = absl::StartsWith(blank.serial.text(), kOldSerials);
  return old || blank.doubtful() ? std::nullopt : std::optional<int>(tray.back());
}

// Whoever gets it writes a number of its own on the paper; the lender's books still have it.
void Mistakes::LendWithoutSlip() {
  const std::optional<int> blank = SomeBlank();
  Office& to = *offices_[prng_.Below(offices_.size())];
  if (!blank || matter_.blank(*blank).office == to.index()) return;
  if (to.node() == nullptr || to.frozen()) return;
  const domain::BlankSerial serial = matter_.blank(*blank).serial;
  const std::string note = absl::StrCat(kNotePrefix, ++notes_);
  const auto decision = to.Do(edge::ReceiveTransfer{.act = to.NewAct(),
                                                    .transfer = domain::TransferId::Of(note),
                                                    .scanned = {serial},
                                                    .operator_id = TraineeOperator(to.index()),
                                                    .before_dispatch = true});
  // Nobody there may receive it: it is carried back.
  if (decision && !decision->status.ok()) return;
  world_.Count("lent_without_slip");
  causes_.Note(CaseKind::kDoubleDispatch, serial.text());
  causes_.Note(CaseKind::kTransferDifference, note);
  matter_.blank(*blank).misreported = true;
  matter_.Move(*blank, BlankAt::kTray, to.index());
}

void Mistakes::Steal() {
  const std::optional<int> blank = SomeBlank();
  if (!blank) return;
  world_.Count("theft");
  matter_.blank(*blank).misreported = true;
  matter_.Move(*blank, BlankAt::kLost, matter_.blank(*blank).office);
}

}  // namespace keping::sim
