// The wrong passwords that a person gave in a row, and for how long they lock the person out. An
// office counts them of its people, the district of its officers.
//
//   SignInTries tries;
//   tries.Note(SignInOutcome::kWrongPassword, running);   // as the log says it
//   tries.LockedFor(running_now)                          // zero: may try
//
// Times are running time, of which no clock, reboot or restart adds any: a lock that was set by
// hand to be over is not.
#ifndef KEPING_COMMON_DOMAIN_SIGN_IN_TRIES_H_
#define KEPING_COMMON_DOMAIN_SIGN_IN_TRIES_H_

#include "absl/time/time.h"
#include "common/domain/event.h"

namespace keping::domain {

struct SignInTries {
  // So many wrong passwords in a row cost no waiting.
  static constexpr int kFree = 4;
  // After the next one; twice as long after each further one, up to the longest.
  static constexpr absl::Duration kFirstLock = absl::Minutes(1);
  static constexpr absl::Duration kLongestLock = absl::Hours(8);

  int wrong = 0;  // in a row
  absl::Duration last_wrong = absl::ZeroDuration();
  // The log tells of the present lock already: later tries during it say nothing new.
  bool lock_noted = false;

  // How long the last of `wrong` wrong passwords in a row locks a person out.
  static absl::Duration LockAfter(int wrong);

  void Note(SignInOutcome outcome, absl::Duration running);
  absl::Duration LockedFor(absl::Duration running) const;

  friend bool operator==(const SignInTries&, const SignInTries&) = default;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_SIGN_IN_TRIES_H_
