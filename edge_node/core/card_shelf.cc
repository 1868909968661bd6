#include "edge_node/core/card_shelf.h"

namespace keping::edge {

using domain::BlankSerial;
using domain::SerialSet;

void CardShelf::AddGood(const BlankSerial& blank, const domain::PrrId& prr,
                        const domain::ActId& act, const absl::CivilDay& day) {
  cards_[blank] = {
      .prr = prr, .act = act, .recalled = recalled_.contains(blank), .manifest = {}, .since = day};
  latest_of_[prr] = blank;
  by_act_[act] = blank;
}

void CardShelf::Remove(const domain::ActId& act) {
  const auto found = by_act_.find(act);
  if (found == by_act_.end()) return;
  const auto card = cards_.find(found->second);
  if (card != cards_.end() && card->second.act == act) {
    const auto latest = latest_of_.find(card->second.prr);
    if (latest != latest_of_.end() && latest->second == card->first) latest_of_.erase(latest);
    cards_.erase(card);
  }
  by_act_.erase(found);
}

void CardShelf::Apply(const domain::StockOpened& event, const absl::CivilDay& day) {
  if (event.pile != domain::Pile::kPrinted) return;
  event.serials.ForEach([&](const BlankSerial& blank) {
    cards_.try_emplace(blank, Card{.prr = {},
                                   .act = event.act,
                                   .recalled = recalled_.contains(blank),
                                   .manifest = {},
                                   .since = day});
  });
}

void CardShelf::Apply(const domain::ManifestMade& event, const absl::CivilDay& day) {
  const auto [made, is_new] = manifests_.try_emplace(event.act);
  if (!is_new) return;
  made->second = {.act = event.act,
                  .village = event.village,
                  .cards = event.cards,
                  .operator_id = event.operator_id,
                  .made_on = day,
                  .left = {},
                  .left_on = {}};
  order_.push_back(event.act);
  event.cards.ForEach([&](const BlankSerial& blank) {
    const auto card = cards_.find(blank);
    if (card != cards_.end()) card->second.manifest = event.act;
  });
}

void CardShelf::Apply(const domain::ManifestHandedOver& event) {
  const auto manifest = manifests_.find(event.manifest);
  if (manifest != manifests_.end()) {
    manifest->second.left = manifest->second.left.Union(event.cards);
    manifest->second.left_on = event.day;
  }
  Place(event.cards, CardPlace::kHandedOver, event.day);
}

void CardShelf::Apply(const domain::CardsAnswered& event, const absl::CivilDay& day) {
  Place(event.delivered, CardPlace::kDelivered, day);
  Place(event.returned, CardPlace::kInOffice, day);
  event.not_found.ForEach([this](const BlankSerial& blank) {
    const auto card = cards_.find(blank);
    if (card != cards_.end()) card->second.not_found = true;
  });
}

void CardShelf::Apply(const domain::CardsDestroyed& event, const absl::CivilDay& day) {
  Place(event.serials, CardPlace::kDestroyed, day);
}

void CardShelf::Recall(const BlankSerial& blank) {
  recalled_.insert(blank);
  const auto card = cards_.find(blank);
  if (card != cards_.end()) card->second.recalled = true;
}

const Card* CardShelf::Find(const BlankSerial& blank) const {
  const auto found = cards_.find(blank);
  return found == cards_.end() ? nullptr : &found->second;
}

const Manifest* CardShelf::FindManifest(const domain::ActId& act) const {
  const auto found = manifests_.find(act);
  return found == manifests_.end() ? nullptr : &found->second;
}

const Card* CardShelf::CardOf(const domain::PrrId& prr) const {
  const auto found = latest_of_.find(prr);
  return found == latest_of_.end() ? nullptr : Find(found->second);
}

SerialSet CardShelf::InOffice() const {
  SerialSet serials;
  for (const auto& [blank, card] : cards_) {
    if (card.place == CardPlace::kInOffice && !card.recalled) serials.Insert(blank);
  }
  return serials;
}

SerialSet CardShelf::Recalled() const {
  SerialSet serials;
  for (const auto& [blank, card] : cards_) {
    if (card.recalled && card.place != CardPlace::kDestroyed) serials.Insert(blank);
  }
  return serials;
}

SerialSet CardShelf::StillOutUnder(const domain::ActId& manifest) const {
  SerialSet serials;
  const Manifest* found = FindManifest(manifest);
  if (found == nullptr) return serials;
  found->left.ForEach([&](const BlankSerial& blank) {
    const Card* card = Find(blank);
    const bool out = card != nullptr && card->place == CardPlace::kHandedOver && !card->recalled;
    if (out && card->manifest == manifest) serials.Insert(blank);
  });
  return serials;
}

void CardShelf::Place(const SerialSet& serials, CardPlace place, const absl::CivilDay& day) {
  serials.ForEach([&](const BlankSerial& blank) {
    const auto found = cards_.find(blank);
    if (found == cards_.end()) return;
    Card& card = found->second;
    if (place == CardPlace::kInOffice) card.returned = true;
    if (place == CardPlace::kHandedOver) card.not_found = false;
    card.place = place;
    card.since = day;
  });
}

}  // namespace keping::edge
