// How the person at the desk prints a tray in one go.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/sim/people.h"

namespace keping::sim {
namespace {

using domain::CaseKind;
using domain::PrintRefusal;

constexpr size_t kMostInHopper = 6;

}  // namespace

void People::PrintBatch(PrinterUnit& unit) {
  edge::OpenBatch open{.act = office_.NewAct(),
                       .job = office_.NewAct(),
                       .operator_id = CertifiedOperator(office_.index()),
                       .printer = unit.id,
                       .blanks = {}};
  const std::vector<int> hopper = FillHopper(unit, open);
  unit.batch = open.act;
  const auto decision = office_.Do(open);
  // Nobody knows whether the books have it: what came out is looked at when the node is up again.
  if (!decision) return;
  if (decision->status.ok() && decision->refusal == PrintRefusal::kNone) {
    world_.Count("batch");
    ++cards_started_;
    WatchBatch(unit);
    return;
  }
  EndBatch(unit);
  OnBatchFailed(hopper, *decision);
}

// The first blanks of the tray, in the order in which they were scanned; now and then two lie the
// other way round, or the first lies behind all others.
std::vector<int> People::FillHopper(PrinterUnit& unit, edge::OpenBatch& open) {
  const std::deque<int>& tray = matter_.tray(office_.index());
  const size_t count = 2 + prng_.Below(std::min(tray.size(), kMostInHopper) - 1);
  std::vector<int> hopper(tray.begin(), tray.begin() + static_cast<ptrdiff_t>(count));
  for (const int blank : hopper) {
    open.blanks.push_back(Serial(blank));
    matter_.Move(blank, BlankAt::kHopper, office_.index());
  }
  if (world_.plan().swapped_blank.Strikes(prng_)) {
    world_.Count("swapped_blank");
    const size_t first = prng_.Below(count - 1);
    std::swap(hopper[first], hopper[first + 1]);
    causes_.Note(CaseKind::kWrongBlankBound, Serial(hopper[first]).text());
    causes_.Note(CaseKind::kWrongBlankBound, Serial(hopper[first + 1]).text());
  }
  if (world_.plan().shifted_tray.Strikes(prng_)) {
    world_.Count("shifted_tray");
    std::rotate(hopper.begin(), hopper.begin() + 1, hopper.end());
    for (const int blank : hopper) {
      causes_.Note(CaseKind::kWrongBlankBound, Serial(blank).text());
    }
  }
  unit.hopper.assign(hopper.begin(), hopper.end());
  return hopper;
}

void People::OnBatchFailed(const std::vector<int>& hopper, const edge::Decision& decision) {
  if (decision.refusal != PrintRefusal::kNone) return OnRefused(decision.refusal, -1);
  const edge::PrintJournal& journal = office_.node()->core().journal();
  const bool excused = std::any_of(hopper.begin(), hopper.end(), [&](int blank) {
    return matter_.blank(blank).doubtful() || journal.OpenJobWith(Serial(blank)) != nullptr;
  });
  if (excused) return;
  world_.Break("the tray is true", std::string(decision.status.message()));
}

void People::WatchBatch(PrinterUnit& unit) {
  const Micros moment = prng_.Between(5 * kSecond, 40 * kSecond);
  world_.queue().After(moment, [this, &unit, batch = unit.batch] {
    if (office_.node() == nullptr || office_.frozen() || unit.batch != batch) return;
    if (StruckOff()) return;
    ServeBatch(unit);
    if (unit.batch == batch) WatchBatch(unit);
  });
}

// Scans what came out, while it feeds or afterwards.
void People::ServeBatch(PrinterUnit& unit) {
  const auto feeds = [&] {
    const edge::Batch* batch = office_.node()->core().batches().Find(unit.batch);
    return batch != nullptr && batch->open();
  };
  if (feeds()) ChangeMind(unit);
  if (office_.node() == nullptr) return;
  std::vector<domain::ActId> acts;
  for (const edge::Job* job : office_.node()->core().journal().OpenJobsAt(unit.id)) {
    acts.push_back(job->intent.act);
  }
  for (const domain::ActId& act : acts) {
    if (office_.node() == nullptr) return;
    const edge::Job* open = office_.node()->core().journal().FindOpen(act);
    if (open == nullptr || (feeds() && prng_.Chance(1, 2))) continue;
    Settle(*open);
  }
  if (office_.node() == nullptr || feeds()) return;
  if (office_.node()->core().journal().OpenJobAt(unit.id) != nullptr) return;
  if (unit.in_hopper && !matter_.FindJob(*unit.in_hopper)->ended) return;
  EndBatch(unit);
}

// Stops it, or calls the card under way off; after the last day, whatever feeds is stopped.
void People::ChangeMind(PrinterUnit& unit) {
  const domain::OperatorId person = CertifiedOperator(office_.index());
  if (world_.healed() || world_.plan().change_of_mind.Strikes(prng_)) {
    world_.Count("batch_stopped");
    office_.Do(edge::CloseBatch{.batch = unit.batch, .operator_id = person});
  } else if (unit.in_hopper && world_.plan().change_of_mind.Strikes(prng_)) {
    world_.Count("cancel");
    office_.Do(edge::CancelJob{.act = *unit.in_hopper, .operator_id = person});
  }
}

// What was not fed lies in the tray again.
void People::EndBatch(PrinterUnit& unit) {
  for (const int blank : unit.hopper) matter_.Move(blank, BlankAt::kTray, office_.index());
  unit.hopper.clear();
  unit.batch = {};
  Clear(unit);
}

}  // namespace keping::sim
