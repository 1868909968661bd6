#include "tests/sim/mistakes.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/sim/discrepancies.h"
#include "tests/sim/people.h"

namespace keping::sim {

using domain::CaseKind;

void Mistakes::Start() {
  const FaultPlan& plan = world_.plan();
  if (!plan.unslipped_lending.on() && !plan.theft.on() && !plan.unasked_print.on()) return;
  world_.queue().After(kHour, [this] { Round(); });
}

void Mistakes::Round() {
  if (world_.plan().unslipped_lending.Strikes(prng_, kHour)) LendWithoutSlip();
  if (world_.plan().theft.Strikes(prng_, kHour)) Steal();
  if (world_.plan().unasked_print.Strikes(prng_, kHour)) PrintUnasked();
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

// Whose disk is what it was, with nothing under way.
bool Mistakes::MayBeMisused(Office& office) {
  const bool runs = office.node() != nullptr && !office.frozen() && !office.node()->core().locked();
  if (!runs || chronicle_.node(office.log()).copy >= 0 || office.succeeds()) return false;
  if (!office.node()->core().journal().OpenJobs().empty()) return false;
  return std::none_of(
      office.printers().begin(), office.printers().end(),
      [](const PrinterUnit& unit) { return unit.in_hopper.has_value() || !unit.batch.empty(); });
}

// Somebody starts an old program on the office's machine: it asks neither the lease nor anybody.
void Mistakes::PrintUnasked() {
  Office& office = *offices_[prng_.Below(offices_.size())];
  const std::deque<int>& tray = matter_.tray(office.index());
  if (!MayBeMisused(office) || tray.empty() || matter_.blank(tray.front()).doubtful()) return;
  const auto& released = chronicle_.node(office.log()).books.released;
  if (released.empty()) return;
  const auto& [prr, epoch] =
      *std::next(released.begin(), static_cast<ptrdiff_t>(prng_.Below(released.size())));
  const int blank = tray.front();
  const edge::EdgeCore& core = office.node()->core();
  const domain::OperatorId person = CertifiedOperator(office.index());
  const domain::PrintIntended intent{
      .act = office.NewAct(),
      .prr = prr,
      .prr_version = chronicle_.versions.at(prr),
      .blank = matter_.blank(blank).serial,
      .printer = office.printers().front().id,
      .operator_id = person,
      .lease_epoch = epoch,
      .control_position = core.catalogue().position(),
      .control_state = core.catalogue().state(),
      .proven_seq = core.contact().proven_seq,
      .application_version = domain::ApplicationVersion::Of(kApplicationVersion)};
  const Job job{.act = intent.act,
                .prr = prr,
                .office = office.index(),
                .printer = intent.printer,
                .blank = blank,
                .unasked = true};
  matter_.StartJob(job);
  matter_.EndJob(job.act, {.fed = true, .good = true});
  chronicle_.unasked.insert(job.act);
  causes_.Note(CaseKind::kLeaseBreach, prr.value());
  world_.Count("unasked_print");
  const bool written = office.WriteUnasked(
      {intent, domain::PrintSent{.act = job.act}, domain::PrintCompleted{.act = job.act},
       domain::PrintVerified{.act = job.act, .blank = intent.blank, .operator_id = person}},
      kMinute);
  if (written) return;
  // A card that no log names.
  matter_.FindJob(job.act)->misreported = true;
  matter_.blank(blank).misreported = true;
}

}  // namespace keping::sim
