// The projections of EdgeCore that stock, handover and destruction change.

#include "edge_node/core/edge_core.h"

namespace keping::edge {

using domain::BlankSerial;

absl::CivilDay EdgeCore::DayOf(const EntryStamp& stamp) const {
  return absl::ToCivilDay(stamp.wall, settings_.time_zone);
}

void EdgeCore::On(const domain::StockOpened& event, const EntryStamp& stamp) {
  switch (event.pile) {
    case domain::Pile::kTray:
      tray_.Receive(event.serials);
      break;
    case domain::Pile::kSpoiled:
      event.serials.ForEach([this](const BlankSerial& blank) { tray_.Spoil(blank); });
      break;
    case domain::Pile::kPrinted:
      event.serials.ForEach([this](const BlankSerial& blank) { tray_.Use(blank); });
      break;
  }
  cards_.Apply(event, DayOf(stamp));
}

// What the lost or the other log did with the blanks, nobody knows here.
void EdgeCore::On(const domain::IncarnationOpened& event, const EntryStamp&) {
  if (!event.parent.empty()) tray_.Distrust();
}

void EdgeCore::On(const domain::StockRescanned& event, const EntryStamp&) {
  tray_.Confirm(event.blanks);
}

void EdgeCore::On(const domain::BoxOpened& event, const EntryStamp&) {
  boxes_.Apply(event);
  tray_.Receive(event.serials);
}

void EdgeCore::On(const domain::BlanksLent& event, const EntryStamp& stamp) {
  event.blanks.ForEach([this](const BlankSerial& blank) { tray_.Lend(blank); });
  lendings_.Apply(event, stamp.seq);
}

crypto::Hash EdgeCore::NamesOf(const domain::ActId& act) const {
  const auto found = names_.find(act);
  return found == names_.end() ? crypto::Hash() : found->second;
}

void EdgeCore::On(const domain::CardsDestroyed& event, const EntryStamp& stamp) {
  names_[event.act] = event.witnesses;
  event.serials.ForEach([this](const BlankSerial& blank) { tray_.Destroy(blank); });
  cards_.Apply(event, DayOf(stamp));
}

void EdgeCore::On(const domain::ConsumableMoved& event, const EntryStamp&) {
  consumables_.Apply(event);
  machines_.Apply(event);
}

void EdgeCore::On(const domain::ManifestMade& event, const EntryStamp& stamp) {
  cards_.Apply(event, DayOf(stamp));
}

void EdgeCore::On(const domain::ManifestHandedOver& event, const EntryStamp&) {
  names_[event.act] = event.receiver;
  cards_.Apply(event);
}

void EdgeCore::On(const domain::CardsAnswered& event, const EntryStamp& stamp) {
  cards_.Apply(event, DayOf(stamp));
}

}  // namespace keping::edge
