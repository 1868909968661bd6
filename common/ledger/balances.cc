#include "common/ledger/balances.h"

#include "common/base/check.h"

namespace keping::ledger {

void Balances::Apply(const Move& move) {
  KEPING_CHECK(move.quantity > 0, "a move moves something");
  places_[move.from] -= move.quantity;
  places_[move.to] += move.quantity;
}

void Balances::Set(const Place& place, int64_t quantity) { places_[place] = quantity; }

int64_t Balances::At(const Place& place) const {
  const auto found = places_.find(place);
  return found == places_.end() ? 0 : found->second;
}

Closing Balances::Close() const {
  Closing closing;
  for (Account account : kAllAccounts) closing.totals[account] = 0;
  bool none_negative = true;
  int64_t held = 0;
  for (const auto& [place, quantity] : places_) {
    closing.totals[place.account] += quantity;
    if (IsSource(place.account)) continue;
    held += quantity;
    none_negative = none_negative && quantity >= 0;
  }
  closing.from_centre = -closing.totals[Account::kCentre];
  closing.from_unknown_origin = -closing.totals[Account::kUnknownOrigin];
  closing.balanced = none_negative && closing.from_centre >= 0 &&
                     closing.from_unknown_origin >= 0 &&
                     held == closing.from_centre + closing.from_unknown_origin;
  return closing;
}

}  // namespace keping::ledger
