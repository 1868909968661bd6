#include "edge_node/core/sign_in_guard.h"

namespace keping::edge {

void SignInGuard::Apply(const domain::SignInTried& event, absl::Duration running) {
  tries_[event.operator_id].Note(event.outcome, running);
}

void SignInGuard::Apply(const domain::PasswordChanged& event) {
  if (event.basis == domain::PasswordBasis::kGrant) tries_.erase(event.operator_id);
}

absl::Duration SignInGuard::LockedFor(const domain::OperatorId& operator_id,
                                      absl::Duration running) const {
  const auto found = tries_.find(operator_id);
  return found == tries_.end() ? absl::ZeroDuration() : found->second.LockedFor(running);
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
