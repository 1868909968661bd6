#include "common/domain/sign_in_tries.h"

#include <algorithm>

namespace keping::domain {

absl::Duration SignInTries::LockAfter(int wrong) {
  if (wrong <= kFree) return absl::ZeroDuration();
  absl::Duration lock = kFirstLock;
  for (int i = kFree + 1; i < wrong && lock < kLongestLock; ++i) lock *= 2;
  return std::min(lock, kLongestLock);
}

void SignInTries::Note(SignInOutcome outcome, absl::Duration running) {
  switch (outcome) {
    case SignInOutcome::kAccepted:
      *this = {};
      break;
    case SignInOutcome::kWrongPassword:
      ++wrong;
      last_wrong = running;
      lock_noted = false;
      break;
    case SignInOutcome::kLockedOut:
      lock_noted = true;
      break;
    case SignInOutcome::kNoPassword:
      break;
  }
}

absl::Duration SignInTries::LockedFor(absl::Duration running) const {
  return std::max(last_wrong + LockAfter(wrong) - running, absl::ZeroDuration());
}

}  // namespace keping::domain
