#include "tests/sim/matter.h"

#include <algorithm>
#include <utility>

#include "common/base/check.h"

namespace keping::sim {

const char* BlankAtName(BlankAt at) {
  switch (at) {
    case BlankAt::kDistrict:
      return "district";
    case BlankAt::kBox:
      return "box";
    case BlankAt::kCupboard:
      return "cupboard";
    case BlankAt::kTray:
      return "tray";
    case BlankAt::kHopper:
      return "hopper";
    case BlankAt::kGoodCard:
      return "good card";
    case BlankAt::kHandedOver:
      return "handed over";
    case BlankAt::kDelivered:
      return "delivered";
    case BlankAt::kReturned:
      return "returned";
    case BlankAt::kWithdrawn:
      return "called back";
    case BlankAt::kSpoiled:
      return "spoiled";
    case BlankAt::kDestroyed:
      return "destroyed";
    case BlankAt::kLost:
      return "lost";
  }
  return "unknown";
}

int Matter::AddBlank(const domain::BlankSerial& serial) {
  const int index = static_cast<int>(blanks_.size());
  KEPING_CHECK(by_serial_.emplace(serial.text(), index).second, "a serial is born once");
  blanks_.push_back({.serial = serial});
  return index;
}

int Matter::Find(const domain::BlankSerial& serial) const {
  const auto found = by_serial_.find(serial.text());
  return found == by_serial_.end() ? -1 : found->second;
}

void Matter::Move(int blank, BlankAt at, int office) {
  Blank& moved = blanks_[blank];
  if (moved.at == BlankAt::kTray) {
    std::deque<int>& tray = trays_[moved.office];
    tray.erase(std::find(tray.begin(), tray.end(), blank));
  }
  moved.at = at;
  moved.office = office;
  if (at == BlankAt::kTray) trays_[office].push_back(blank);
}

void Matter::StartJob(Job job) {
  Move(job.blank, BlankAt::kHopper, job.office);
  by_act_[job.act.value()] = jobs_.size();
  jobs_.push_back(std::move(job));
}

void Matter::EndJob(const domain::ActId& act, const edge::CardTruth& truth) {
  Job& job = *FindJob(act);
  job.ended = true;
  job.fed = truth.fed;
  job.good = truth.good;
  if (!truth.fed) return;
  ++fed_;
  Move(job.blank, truth.good ? BlankAt::kGoodCard : BlankAt::kSpoiled, job.office);
  if (truth.good) good_cards_[job.prr.value()].push_back(&job - jobs_.data());
}

void Matter::ClearPrinter(const domain::ActId& act) {
  const Job& job = *FindJob(act);
  if (!job.fed && blanks_[job.blank].at == BlankAt::kHopper) {
    Move(job.blank, BlankAt::kTray, job.office);
  }
}

Job* Matter::FindJob(const domain::ActId& act) {
  const auto found = by_act_.find(act.value());
  return found == by_act_.end() ? nullptr : &jobs_[found->second];
}

const std::vector<size_t>& Matter::GoodCards(const domain::PrrId& prr) const {
  static const auto& none = *new std::vector<size_t>();
  const auto found = good_cards_.find(prr.value());
  return found == good_cards_.end() ? none : found->second;
}

}  // namespace keping::sim
