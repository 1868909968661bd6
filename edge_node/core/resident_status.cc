#include "edge_node/core/resident_status.h"

#include <tuple>

namespace keping::edge {
namespace {

StatusAnswer OfCard(const Card& card) {
  if (card.recalled) return {ResidentStatus::kAskOffice, std::nullopt};
  switch (card.place) {
    case CardPlace::kInOffice:
      return {ResidentStatus::kPrinted, card.since};
    case CardPlace::kHandedOver:
      return {ResidentStatus::kHandedOver, card.since};
    case CardPlace::kDelivered:
      return {ResidentStatus::kDelivered, card.since};
    case CardPlace::kDestroyed:
      break;
  }
  return {ResidentStatus::kAskOffice, std::nullopt};
}

}  // namespace

domain::PrrId RecordThatAnswers(const EdgeCore& core, const std::set<domain::PrrId>& records) {
  const domain::PrrItem* best = nullptr;
  for (const domain::PrrId& prr : records) {
    const domain::PrrItem* item = core.catalogue().FindPrr(prr);
    if (item == nullptr) continue;
    if (best == nullptr || std::tuple(!item->withdrawn, item->enrolled_at, item->prr) >
                               std::tuple(!best->withdrawn, best->enrolled_at, best->prr)) {
      best = item;
    }
  }
  return best == nullptr ? domain::PrrId() : best->prr;
}

StatusAnswer ResidentStatusOf(const EdgeCore& core, const domain::PrrId& prr) {
  const domain::PrrItem* item = core.catalogue().FindPrr(prr);
  if (item == nullptr) return {ResidentStatus::kUnknownHere, std::nullopt};
  if (item->withdrawn) return {ResidentStatus::kAskOffice, std::nullopt};
  if (const Card* card = core.cards().CardOf(prr)) return OfCard(*card);
  // A job that is open ends today, one way or the other.
  if (core.AlreadyPrinted(prr)) return {ResidentStatus::kScheduled, std::nullopt};
  if (!core.LeaseHeld(*item)) return {ResidentStatus::kAskOffice, std::nullopt};
  const bool printable = core.printable().contains({item->enrolled_at, prr});
  return {printable ? ResidentStatus::kScheduled : ResidentStatus::kWaiting, std::nullopt};
}

}  // namespace keping::edge
