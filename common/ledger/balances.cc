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
  int64_t given = 0;
  for (const auto& [place, quantity] : places_) {
    closing.totals[place.account] += quantity;
    const int64_t share = IsSource(place.account) ? -quantity : quantity;
    (IsSource(place.account) ? given : held) += share;
    none_negative = none_negative && share >= 0;
  }
  closing.from_centre = -closing.totals[Account::kCentre];
  closing.from_other_districts = -closing.totals[Account::kBorrowed];
  closing.from_opening_balance = -closing.totals[Account::kOpeningBalance];
  closing.from_unknown_origin = -closing.totals[Account::kUnknownOrigin];
  closing.balanced = none_negative && held == given;
  return closing;
}

}  // namespace keping::ledger
