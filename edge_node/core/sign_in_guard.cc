#include "edge_node/core/sign_in_guard.h"

#include <algorithm>

namespace keping::edge {

using domain::SignInOutcome;

absl::Duration SignInGuard::LockAfter(int wrong) {
  if (wrong <= kFreeTries) return absl::ZeroDuration();
  absl::Duration lock = kFirstLock;
  for (int i = kFreeTries + 1; i < wrong && lock < kLongestLock; ++i) lock *= 2;
  return std::min(lock, kLongestLock);
}

void SignInGuard::Apply(const domain::SignInTried& event, absl::Duration running) {
  Tries& tries = tries_[event.operator_id];
  switch (event.outcome) {
    case SignInOutcome::kAccepted:
      tries = {};
      break;
    case SignInOutcome::kWrongPassword:
      ++tries.wrong;
      tries.last_wrong = running;
      tries.lock_noted = false;
      break;
    case SignInOutcome::kLockedOut:
      tries.lock_noted = true;
      break;
    case SignInOutcome::kNoPassword:
      break;
  }
}

void SignInGuard::Apply(const domain::PasswordChanged& event) {
  if (event.basis == domain::PasswordBasis::kGrant) tries_.erase(event.operator_id);
}

absl::Duration SignInGuard::LockedFor(const domain::OperatorId& operator_id,
                                      absl::Duration running) const {
  const auto found = tries_.find(operator_id);
  if (found == tries_.end()) return absl::ZeroDuration();
  const absl::Duration left = found->second.last_wrong + LockAfter(found->second.wrong) - running;
  return std::max(left, absl::ZeroDuration());
}

int SignInGuard::wrong(const domain::OperatorId& operator_id) const {
  const auto found = tries_.find(operator_id);
  return found == tries_.end() ? 0 : found->second.wrong;
}

bool SignInGuard::LockNoted(const domain::OperatorId& operator_id) const {
  const auto found = tries_.find(operator_id);
  return found != tries_.end() && found->second.lock_noted;
}

}  // namespace keping::edge
