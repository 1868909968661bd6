// Slows down whoever tries passwords: after a few wrong ones the person is locked out for a while,
// longer each time. Counted in running time, which the log proves: no clock, reboot or restart of
// the program gives anybody a further try.
//
//   SignInGuard guard;
//   guard.Apply(event, running.total());                  // every SignInTried of the log
//   guard.LockedFor(person, running.At(now))              // zero: may try
#ifndef KEPING_EDGE_NODE_CORE_SIGN_IN_GUARD_H_
#define KEPING_EDGE_NODE_CORE_SIGN_IN_GUARD_H_

#include <map>

#include "absl/time/time.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/sign_in_tries.h"

namespace keping::edge {

// Not thread-safe.
class SignInGuard {
 public:
  // `running` is the log's running time with this entry.
  void Apply(const domain::SignInTried& event, absl::Duration running);
  // A password that the district let a person have anew ends the lock.
  void Apply(const domain::PasswordChanged& event);

  absl::Duration LockedFor(const domain::OperatorId& operator_id, absl::Duration running) const;
  // Wrong passwords in a row.
  int wrong(const domain::OperatorId& operator_id) const;
  // The log tells of the present lock already: later tries during it say nothing new.
  bool LockNoted(const domain::OperatorId& operator_id) const;

 private:
  std::map<domain::OperatorId, domain::SignInTries> tries_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_SIGN_IN_GUARD_H_
