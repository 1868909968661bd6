// Locks a person out after wrong passwords, for a time that grows with every further one. A
// projection of the log: neither a restart nor a clock set by hand shortens it, since the waiting
// counts in running time (running_time.h).
//
//   guard.Apply(SignInTried{op, SignInOutcome::kWrongPassword}, running.total());
//   absl::Duration wait = guard.LockedFor(op, running.At(now));   // zero: may try
#ifndef KEPING_EDGE_NODE_CORE_SIGN_IN_GUARD_H_
#define KEPING_EDGE_NODE_CORE_SIGN_IN_GUARD_H_

#include <map>

#include "absl/time/time.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

// Not thread-safe.
class SignInGuard {
 public:
  // So many wrong passwords in a row cost no waiting.
  static constexpr int kFreeTries = 4;
  // After the next one; twice as long after each further one, up to the longest.
  static constexpr absl::Duration kFirstLock = absl::Minutes(1);
  static constexpr absl::Duration kLongestLock = absl::Hours(8);

  // How long a person is locked out by the last of `wrong` wrong passwords in a row.
  static absl::Duration LockAfter(int wrong);

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
  struct Tries {
    int wrong = 0;
    absl::Duration last_wrong = absl::ZeroDuration();
    bool lock_noted = false;
  };

  std::map<domain::OperatorId, Tries> tries_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_SIGN_IN_GUARD_H_
