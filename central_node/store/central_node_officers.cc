// The district's own people over the store: the roster, and how they sign in.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "central_node/core/officers.h"
#include "central_node/store/central_node.h"
#include "central_node/store/records.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"

namespace keping::central {
namespace {

// An administrator without a password answers for nothing.
bool TakesTheLastAdministrator(const CentralNode& node, const SetOfficer& command) {
  const auto known = node.resident().centre.officers.find(command.officer);
  const bool was = known != node.resident().centre.officers.end() && known->second.active &&
                   known->second.role == domain::Role::kAdministrator;
  const bool stays = command.active && command.role == domain::Role::kAdministrator;
  return was && !stays && !node.AdministratorCanSignIn(command.officer).value_or(false);
}

}  // namespace

// Within one run of the program the monotonic clock runs on; what passed between the last try and
// its start is not counted.
absl::Duration CentralNode::RunningAt(const time::Moment& now) const {
  return running_before_ + std::max(now.monotonic - opened_at_, absl::ZeroDuration());
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const SetOfficer& command,
                                                  absl::string_view first_password) {
  SetOfficer with_password = command;
  const absl::StatusOr<bool> can_sign_in = AdministratorCanSignIn();
  // Of damaged passwords an administrator makes new ones: they found nothing.
  with_password.founding = can_sign_in.ok() && !*can_sign_in;
  const CommandOutcome why = WhyNotSetOfficer(resident_.centre, with_password).outcome;
  if (why == CommandOutcome::kDone && TakesTheLastAdministrator(*this, command)) {
    return CommandResult{.outcome = CommandOutcome::kLastAdministrator};
  }
  // A command that will be refused must not leave a row.
  if (first_password.empty() || why != CommandOutcome::kDone) {
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
  if (WhyNotSignIn(resident_.centre, command.officer, absl::InfiniteDuration()).outcome ==
      CommandOutcome::kDone) {
    SealFirstPassword(verifier, {}, command.officer, sealed_, options_.random, rows);
  }
  return Commit(now, Mode::kLive, command, rows);
}

absl::StatusOr<std::string> CentralNode::OfficerPassword(const domain::OperatorId& officer) const {
  absl::StatusOr<std::string> verifier = OpenFirstPassword(*store_, sealed_, {}, officer);
  if (!absl::IsDataLoss(verifier.status())) return verifier;
  return absl::DataLossError(absl::StrCat(
      "K-328: the stored password of ", officer.value(), " is damaged (",
      verifier.status().message(), "). An administrator makes a new one: keping central officer ",
      "set ID --first-password. When no administrator can sign in, stop the centre and run ",
      "keping-central --config FILE forget-passwords."));
}

absl::StatusOr<bool> CentralNode::AdministratorCanSignIn(const domain::OperatorId& besides) const {
  absl::Status damaged;
  for (const auto& [officer, entry] : resident_.centre.officers) {
    if (officer == besides || !entry.active || entry.role != domain::Role::kAdministrator) continue;
    const absl::StatusOr<std::string> verifier = OfficerPassword(officer);
    if (verifier.ok() && !verifier->empty()) return true;
    damaged.Update(verifier.status());
  }
  if (!damaged.ok()) return damaged;
  return false;
}

}  // namespace keping::central
