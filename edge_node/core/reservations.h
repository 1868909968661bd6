// Who has taken which record or blank into hand: for ten minutes nobody else may, so that two
// counters never work on the same card. Held in memory only; a restart frees everything.
//
//   Reservations reservations;
//   KEPING_RETURN_IF_ERROR(reservations.Take(blank, {operator_id, "loket 2"}, now));
//   KEPING_RETURN_IF_ERROR(reservations.Check(blank, {other, "loket 1"}, now));    // K-198
#ifndef KEPING_EDGE_NODE_CORE_RESERVATIONS_H_
#define KEPING_EDGE_NODE_CORE_RESERVATIONS_H_

#include <map>
#include <set>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"

namespace keping::edge {

// Not thread-safe. `now` is running time since boot: no clock that people set moves it.
class Reservations {
 public:
  static constexpr absl::Duration kHeldFor = absl::Minutes(10);

  using Thing = std::variant<domain::PrrId, domain::BlankSerial>;
  struct Holder {
    domain::OperatorId operator_id;
    std::string counter;  // the desk; empty: any desk of this operator

    // The same person, at the same desk where both desks are known.
    bool SameAs(const Holder& other) const;
  };
  struct Reservation {
    Holder holder;
    absl::Duration until;
  };

  // Nobody else holds it: OK. Else FailedPrecondition that says who does and for how long.
  absl::Status Check(const Thing& thing, const Holder& holder, absl::Duration now) const;
  // Checks, and holds it for ten minutes from now on.
  absl::Status Take(const Thing& thing, const Holder& holder, absl::Duration now);
  // Gives back what this holder has; what another holds stays.
  absl::Status Release(const Thing& thing, const Holder& holder, absl::Duration now);
  // It was used: nobody holds it any more.
  void Free(const Thing& thing) { held_.erase(thing); }

  // The records that somebody else holds.
  std::set<domain::PrrId> RecordsOfOthers(const Holder& holder, absl::Duration now) const;
  // Those that still hold.
  std::map<Thing, Reservation> Held(absl::Duration now) const;

 private:
  std::map<Thing, Reservation> held_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_RESERVATIONS_H_
