#include "central_node/core/officers.h"

#include <algorithm>

#include "central_node/core/case_policy.h"

namespace keping::central {
namespace {

using domain::Resolution;
using domain::Role;

std::set<Role> DecidersOf(Deciders deciders) {
  switch (deciders) {
    case Deciders::kReconciler:
    case Deciders::kTwo:
      return {Role::kReconciler, Role::kSupervisor};
    case Deciders::kTwoAuditor:
      return {Role::kAuditor};
  }
  return {};
}

bool Fits(const CaseRow& row, const ResolveCase& command) {
  switch (command.resolution) {
    case Resolution::kAccepted:
    case Resolution::kExplained:
      return true;
    case Resolution::kRecall:
      return !row.prr.empty() || row.blank.has_value();
    case Resolution::kRescan:
      return row.blank.has_value();
    case Resolution::kRetry:
      return row.kind == domain::CaseKind::kReportRejected;
  }
  return false;
}

bool LeavesAnAdministrator(const CentreRow& centre, const SetOfficer& command) {
  if (command.active && command.role == Role::kAdministrator) return true;
  return std::any_of(centre.officers.begin(), centre.officers.end(), [&](const auto& one) {
    return one.first != command.officer && one.second.active &&
           one.second.role == Role::kAdministrator;
  });
}

}  // namespace

std::set<Role> AnyRole() {
  std::set<Role> roles;
  for (int role = 1; role <= static_cast<int>(Role::kAdministrator); ++role) {
    roles.insert(static_cast<Role>(role));
  }
  return roles;
}

CommandOutcome WhyNotOfficer(const CentreRow& centre, const domain::OperatorId& officer,
                             const std::set<Role>& roles) {
  const auto found = centre.officers.find(officer);
  if (found == centre.officers.end() || !found->second.active) {
    return CommandOutcome::kUnknownOfficer;
  }
  return roles.contains(found->second.role) ? CommandOutcome::kDone : CommandOutcome::kRoleForbids;
}

domain::CaseRule RuleFor(const domain::Policy& policy, domain::CaseKind kind) {
  const auto set = std::find_if(policy.rules.begin(), policy.rules.end(),
                                [kind](const domain::CaseRule& one) { return one.kind == kind; });
  if (set != policy.rules.end()) return *set;
  const Deciders deciders = PolicyFor(kind).deciders;
  return {.kind = kind,
          .may_decide = DecidersOf(deciders),
          .two_persons = deciders != Deciders::kReconciler};
}

bool IsFounding(const CentreRow& centre, const SetOfficer& command) {
  return command.founding || std::none_of(centre.officers.begin(), centre.officers.end(),
                                          [](const auto& one) { return one.second.active; });
}

CommandOutcome WhyNotSetOfficer(const CentreRow& centre, const SetOfficer& command) {
  if (!IsFounding(centre, command)) {
    const auto why = WhyNotOfficer(centre, command.by, {Role::kAdministrator});
    if (why != CommandOutcome::kDone) return why;
    return LeavesAnAdministrator(centre, command) ? why : CommandOutcome::kLastAdministrator;
  }
  const bool administrator = command.role == Role::kAdministrator && command.active;
  return administrator ? CommandOutcome::kDone : CommandOutcome::kFirstOfficer;
}

CommandOutcome WhyNotSignIn(const CentreRow& centre, const domain::OperatorId& officer,
                            absl::Duration running) {
  const CommandOutcome why = WhyNotOfficer(centre, officer, AnyRole());
  if (why != CommandOutcome::kDone) return why;
  const auto known = centre.sign_ins.find(officer);
  const bool locked = known != centre.sign_ins.end() &&
                      known->second.tries.LockedFor(running) > absl::ZeroDuration();
  return locked ? CommandOutcome::kLockedOut : CommandOutcome::kDone;
}

CommandOutcome WhyNotSetPolicy(const CentreRow& centre, const SetPolicy& command) {
  for (const domain::OperatorId& person : {command.by, command.second}) {
    const auto why = WhyNotOfficer(centre, person, {Role::kAdministrator, Role::kReconciler});
    if (why != CommandOutcome::kDone) return why;
  }
  if (command.by == command.second) return CommandOutcome::kSamePerson;
  return command.policy.version == centre.policy.version + 1 ? CommandOutcome::kDone
                                                             : CommandOutcome::kPolicyVersion;
}

CommandOutcome WhyNotRequestBlanks(const CentreRow& centre, const RequestBlanks& command) {
  for (const domain::OperatorId& person : {command.by, command.second}) {
    const auto why = WhyNotOfficer(
        centre, person,
        {Role::kStockKeeper, Role::kReconciler, Role::kSupervisor, Role::kAdministrator});
    if (why != CommandOutcome::kDone) return why;
  }
  return command.by == command.second ? CommandOutcome::kSamePerson : CommandOutcome::kDone;
}

CommandOutcome WhyNotResolve(const CentreRow& centre, const CaseRow& row,
                             const ResolveCase& command) {
  if (row.revision == 0) return CommandOutcome::kUnknownCase;
  const domain::CaseRule rule = RuleFor(centre.policy, row.kind);
  const auto why = WhyNotOfficer(centre, command.by, rule.may_decide);
  if (why != CommandOutcome::kDone) return why;
  if (row.revision != command.revision) return CommandOutcome::kCaseChanged;
  if (row.state == domain::CaseState::kClosed) return CommandOutcome::kCaseClosed;
  if (rule.two_persons) {
    if (command.second.empty() || command.by == command.second) return CommandOutcome::kSamePerson;
    const auto second = WhyNotOfficer(centre, command.second, AnyRole());
    if (second != CommandOutcome::kDone) return second;
  }
  if (!Fits(row, command)) return CommandOutcome::kResolutionUnfit;
  const bool documented = command.resolution != Resolution::kExplained || !command.document.empty();
  return documented ? CommandOutcome::kDone : CommandOutcome::kNoDocument;
}

}  // namespace keping::central
