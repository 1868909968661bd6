// The district's own people over the store: the roster, and how they sign in.

#include <algorithm>

#include "central_node/core/officers.h"
#include "central_node/store/central_node.h"
#include "central_node/store/records.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"

namespace keping::central {

// Within one run of the program the monotonic clock runs on; what passed between the last try and
// its start is not counted.
absl::Duration CentralNode::RunningAt(const time::Moment& now) const {
  return running_before_ + std::max(now.monotonic - opened_at_, absl::ZeroDuration());
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const SetOfficer& command,
                                                  absl::string_view first_password) {
  SetOfficer with_password = command;
  KEPING_ASSIGN_OR_RETURN(const bool can_sign_in, AdministratorCanSignIn());
  with_password.founding = !can_sign_in;
  // A command that will be refused must not leave a row.
  if (first_password.empty() ||
      WhyNotSetOfficer(resident_.centre, with_password) != CommandOutcome::kDone) {
    return Commit(now, Mode::kLive, with_password, {});
  }
  storage::WriteBatch rows;
  with_password.verifier = crypto::Sha256(
      {SealFirstPassword(first_password, {}, command.officer, sealed_, options_.random, rows)});
  return Commit(now, Mode::kLive, with_password, rows);
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const AskSignIn& command) {
  return Commit(now, Mode::kLive, AskSignIn{.officer = command.officer, .running = RunningAt(now)},
                {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const PasswordChecked& command) {
  PasswordChecked checked = command;
  checked.running = RunningAt(now);
  return Commit(now, Mode::kLive, checked, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const ChangePassword& command,
                                                  absl::string_view verifier) {
  storage::WriteBatch rows;
  if (WhyNotSignIn(resident_.centre, command.officer, absl::InfiniteDuration()) ==
      CommandOutcome::kDone) {
    SealFirstPassword(verifier, {}, command.officer, sealed_, options_.random, rows);
  }
  return Commit(now, Mode::kLive, command, rows);
}

absl::StatusOr<std::string> CentralNode::OfficerPassword(const domain::OperatorId& officer) const {
  return OpenFirstPassword(*store_, sealed_, {}, officer);
}

absl::StatusOr<bool> CentralNode::AdministratorCanSignIn() const {
  for (const auto& [officer, entry] : resident_.centre.officers) {
    if (!entry.active || entry.role != domain::Role::kAdministrator) continue;
    KEPING_ASSIGN_OR_RETURN(const std::string verifier, OfficerPassword(officer));
    if (!verifier.empty()) return true;
  }
  return false;
}

}  // namespace keping::central
