#include "edge_node/core/blank_tray.h"

#include <algorithm>

namespace keping::edge {

void BlankTray::Receive(const domain::SerialSet& serials) {
  serials.ForEach([this](const domain::BlankSerial& blank) {
    PutBack(blank, BlankUse::kLent);
    // A blank received twice does not come back to life.
    if (!taken_.contains(blank)) available_.Insert(blank);
  });
}

void BlankTray::Distrust() {
  available_.ForEach([this](const domain::BlankSerial& blank) { unconfirmed_.Insert(blank); });
  available_ = domain::SerialSet();
}

void BlankTray::Confirm(const domain::SerialSet& found) {
  found.ForEach([this](const domain::BlankSerial& blank) {
    unconfirmed_.Remove(blank);
    if (!taken_.contains(blank)) available_.Insert(blank);
  });
}

void BlankTray::Release(const domain::BlankSerial& blank) { PutBack(blank, BlankUse::kBound); }

void BlankTray::Restore(const domain::BlankSerial& blank) { PutBack(blank, BlankUse::kSpoiled); }

void BlankTray::PutBack(const domain::BlankSerial& blank, BlankUse from) {
  auto it = taken_.find(blank);
  if (it == taken_.end() || it->second != from) return;
  taken_.erase(it);
  available_.Insert(blank);
}

const BlankUse* BlankTray::UseOf(const domain::BlankSerial& blank) const {
  auto it = taken_.find(blank);
  return it == taken_.end() ? nullptr : &it->second;
}

uint64_t BlankTray::Count(BlankUse use) const {
  return std::count_if(taken_.begin(), taken_.end(),
                       [use](const auto& entry) { return entry.second == use; });
}

domain::SerialSet BlankTray::Serials(BlankUse use) const {
  domain::SerialSet serials;
  for (const auto& [blank, taken] : taken_) {
    if (taken == use) serials.Insert(blank);
  }
  return serials;
}

void BlankTray::Take(const domain::BlankSerial& blank, BlankUse use) {
  available_.Remove(blank);
  unconfirmed_.Remove(blank);
  taken_[blank] = use;
}

}  // namespace keping::edge
