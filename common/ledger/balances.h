// Double-entry balances of blanks, by account and holder.
//
//   Balances balances;
//   balances.Apply({.from = {Account::kCentre, {}}, .to = {Account::kDistrictStock, {}},
//                   .quantity = 8000, .cause = event_id});
//   Closing closing = balances.Close();   // closing.balanced, closing.totals
//
// A move carries the id of the fact that caused it. "Balanced" alone proves nothing, because double
// entry always balances: `keping verify` recomputes every total from the raw logs.
#ifndef KEPING_COMMON_LEDGER_BALANCES_H_
#define KEPING_COMMON_LEDGER_BALANCES_H_

#include <compare>
#include <cstdint>
#include <map>

#include "common/crypto/hash.h"
#include "common/domain/ids.h"
#include "common/ledger/account.h"

namespace keping::ledger {

// An account at one holder. The holder is empty for the sources and the district's own stock.
struct Place {
  Account account = Account::kCentre;
  domain::NodeId holder;

  friend bool operator==(const Place&, const Place&) = default;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Move {
  Place from;
  Place to;
  int64_t quantity = 0;  // blanks, at least 1
  crypto::Hash cause;    // id of the event

  friend bool operator==(const Move&, const Move&) = default;
};

// The closing equation: everything that lies in an account that is no source came from a source,
// and nothing lies anywhere less than zero times.
struct Closing {
  std::map<Account, int64_t> totals;  // of every account, also the empty ones
  int64_t from_centre = 0;
  int64_t from_other_districts = 0;
  int64_t from_opening_balance = 0;
  int64_t from_unknown_origin = 0;
  bool balanced = false;
};

// A value; not thread-safe.
class Balances {
 public:
  void Apply(const Move& move);
  // Takes over a stored balance.
  void Set(const Place& place, int64_t quantity);
  int64_t At(const Place& place) const;
  // Every place that ever held a blank; sources are negative.
  const std::map<Place, int64_t>& places() const { return places_; }
  Closing Close() const;

  friend bool operator==(const Balances&, const Balances&) = default;

 private:
  std::map<Place, int64_t> places_;
};

}  // namespace keping::ledger

#endif  // KEPING_COMMON_LEDGER_BALANCES_H_
