#include "tests/sim/clones.h"

#include <algorithm>
#include <utility>

#include "tests/sim/people.h"
#include "tests/sim/recovery.h"

namespace keping::sim {

CloneDesk::CloneDesk(World* world, Matter* matter, Office* office)
    : world_(*world), matter_(*matter), office_(*office) {}

void CloneDesk::Look() {
  if (office_.node() == nullptr || office_.frozen()) return;
  PrinterUnit& unit = office_.printers().front();
  if (const edge::Job* open = office_.node()->core().journal().OpenJobAt(unit.id)) Settle(*open);
  if (office_.node() == nullptr) return;
  const bool waits = office_.node()->core().journal().OpenJobAt(unit.id) != nullptr ||
                     (unit.in_hopper && !matter_.FindJob(*unit.in_hopper)->ended);
  if (waits) return;
  Clear();
  if (!world_.healed()) Print();
}

void CloneDesk::Clear() {
  PrinterUnit& unit = office_.printers().front();
  unit.printer->ClearJam();
  unit.printer->SetReachable(true);
  if (!unit.in_hopper) return;
  matter_.ClearPrinter(*unit.in_hopper);
  unit.in_hopper.reset();
}

// A job that was open when the disk was copied lies in the other machine's printer.
void CloneDesk::Settle(const edge::Job& open) {
  const domain::ActId act = open.intent.act;
  const domain::OperatorId person = CertifiedOperator(office_.index());
  const Job* job = matter_.FindJob(act);
  if (job != nullptr && !job->ended) return;
  if (job == nullptr || !job->fed) {
    office_.Do(edge::ReleaseJob{.act = act, .operator_id = person});
    return;
  }
  const domain::BlankSerial blank = matter_.blank(job->blank).serial;
  if (!job->good) {
    office_.Do(edge::SpoilCard{.act = act, .operator_id = person});
    return;
  }
  const domain::PrrItem* item = office_.node()->core().catalogue().FindPrr(job->prr);
  const std::string tail = item == nullptr ? "" : item->nik_tail;
  const auto decision = office_.Do(
      edge::VerifyCard{.act = act, .scanned = blank, .nik_tail = tail, .operator_id = person});
  // The books of this machine hold that blank for something else.
  if (decision && !decision->status.ok()) {
    office_.Do(edge::SpoilCard{.act = act, .operator_id = person});
  }
}

void CloneDesk::Print() {
  const std::deque<int>& tray = matter_.tray(office_.index());
  if (tray.empty()) return;
  const int blank = tray.front();
  const edge::Print request{.act = office_.NewAct(),
                            .operator_id = CertifiedOperator(office_.index()),
                            .printer = office_.printers().front().id,
                            .blank = matter_.blank(blank).serial,
                            .prr = {}};
  office_.Load(request.act, blank);
  const auto decision = office_.Do(request);
  if (!decision) return;
  if (decision->refusal == domain::PrintRefusal::kNone) return world_.Count("clone_card");
  // Perhaps it came after the disk was copied: the next one.
  matter_.Move(blank, BlankAt::kTray, office_.index());
}

Clones::Clones(World* world, Matter* matter, Chronicle* chronicle, Laws* laws, Centre* centre,
               const crypto::Signer* centre_signer, std::vector<Original> originals)
    : world_(*world),
      matter_(*matter),
      chronicle_(*chronicle),
      laws_(*laws),
      centre_(*centre),
      centre_signer_(centre_signer),
      originals_(std::move(originals)),
      prng_(world->Fork()) {}

void Clones::Start() {
  world_.queue().After(kRound, [this] { Round(); });
}

void Clones::Heal() {
  for (const auto& copy : copies_) copy->link->Mend();
}

void Clones::CentreDied() {
  for (const auto& copy : copies_) copy->link->CentreDied();
}

bool Clones::done() const {
  return std::none_of(copies_.begin(), copies_.end(), [](const auto& copy) { return copy->runs; });
}

void Clones::Round() {
  for (const Original& original : originals_) {
    const bool copied = world_.plan().clone.Strikes(prng_, kRound);
    if (copied && MayBeCopied(original)) Make(original);
  }
  for (const auto& copy : copies_) LookAt(*copy);
  Start();
}

bool Clones::MayBeCopied(const Original& original) const {
  const NodeChronicle& log = chronicle_.node(original.office->log());
  return original.office->node() != nullptr && !original.office->frozen() && !log.upset;
}

void Clones::Make(const Original& original) {
  world_.Count("clone");
  const int log = chronicle_.AddCopy(original.office->log());
  auto copy = std::make_unique<Copy>();
  copy->office = std::make_unique<Office>(&world_, &matter_, &laws_, original.office->index(), log,
                                          original.office->keys(), /*printers=*/1);
  copy->office->CopyDiskOf(*original.office);
  copy->link = std::make_unique<Link>(&world_, copy->office.get(), &centre_, centre_signer_);
  copy->desk = std::make_unique<CloneDesk>(&world_, &matter_, copy->office.get());
  if (prng_.Chance(1, 2)) copy->link->Cut(prng_.Between(kHour, 2 * kDay));
  if (prng_.Chance(1, 3)) original.link->Cut(prng_.Between(kHour, 2 * kDay));
  copy->office->PowerOn();
  copy->link->Start();
  copies_.push_back(std::move(copy));
}

void Clones::LookAt(Copy& copy) {
  if (!copy.runs) return;
  copy.desk->Look();
  const bool ends = copy.office->frozen() && IsDelivered(*copy.office->node()) &&
                    (world_.healed() || prng_.Chance(1, 12));
  if (!ends) return;
  world_.Count("clone_switched_off");
  copy.runs = false;
  copy.office->SwitchOff();
  copy.desk->Clear();
  laws_.OnSwitchedOff(copy.office->log());
}

}  // namespace keping::sim
