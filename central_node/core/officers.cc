#include "central_node/core/officers.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

const char* RoleWord(Role role) {
  switch (role) {
    case Role::kOperator:
      return "an operator";
    case Role::kSupervisor:
      return "a supervisor";
    case Role::kStockKeeper:
      return "a stock-keeper";
    case Role::kReconciler:
      return "a reconciler";
    case Role::kAuditor:
      return "an auditor";
    case Role::kAdministrator:
      return "an administrator";
  }
  return "nobody";
}

const char* PersonWord(Person person) {
  switch (person) {
    case Person::kOnly:
      return "this person";
    case Person::kFirst:
      return "the first person";
    case Person::kSecond:
      return "the second person";
  }
  return "this person";
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

std::string InWords(const std::set<Role>& roles) {
  return absl::StrJoin(roles, " or ", [](std::string* out, Role role) { *out += RoleWord(role); });
}

CommandResult WhyNotOfficer(const CentreRow& centre, const domain::OperatorId& officer,
                            const std::set<Role>& roles, Person person) {
  const auto found = centre.officers.find(officer);
  if (found == centre.officers.end() || !found->second.active) {
    return {.outcome = CommandOutcome::kUnknownOfficer};
  }
  if (roles.contains(found->second.role)) return {};
  return {.outcome = CommandOutcome::kRoleForbids,
          .subject = absl::StrCat(PersonWord(person), " is ", RoleWord(found->second.role),
                                  ", and this takes ", InWords(roles))};
}

CommandResult WhyNotBoth(const CentreRow& centre, const domain::OperatorId& by,
                         const domain::OperatorId& second, const std::set<Role>& roles) {
  CommandResult why = WhyNotOfficer(centre, by, roles, Person::kFirst);
  if (why.outcome != CommandOutcome::kDone) return why;
  return WhyNotOfficer(centre, second, roles, Person::kSecond);
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

CommandResult WhyNotSetOfficer(const CentreRow& centre, const SetOfficer& command) {
  if (!IsFounding(centre, command)) {
    CommandResult why = WhyNotOfficer(centre, command.by, {Role::kAdministrator});
    if (why.outcome == CommandOutcome::kDone && !LeavesAnAdministrator(centre, command)) {
      why.outcome = CommandOutcome::kLastAdministrator;
    }
    return why;
  }
  const bool administrator = command.role == Role::kAdministrator && command.active;
  return {.outcome = administrator ? CommandOutcome::kDone : CommandOutcome::kFirstOfficer};
}

CommandResult WhyNotSignIn(const CentreRow& centre, const domain::OperatorId& officer,
                           absl::Duration running) {
  CommandResult why = WhyNotOfficer(centre, officer, AnyRole());
  if (why.outcome != CommandOutcome::kDone) return why;
  const auto known = centre.sign_ins.find(officer);
  const bool locked = known != centre.sign_ins.end() &&
                      known->second.tries.LockedFor(running) > absl::ZeroDuration();
  return {.outcome = locked ? CommandOutcome::kLockedOut : CommandOutcome::kDone};
}

CommandResult WhyNotSetPolicy(const CentreRow& centre, const SetPolicy& command) {
  CommandResult why =
      WhyNotBoth(centre, command.by, command.second, {Role::kAdministrator, Role::kReconciler});
  if (why.outcome != CommandOutcome::kDone) return why;
  if (command.by == command.second) return {.outcome = CommandOutcome::kSamePerson};
  const uint32_t next = centre.policy.version + 1;
  if (command.policy.version == next) return {};
  return {.outcome = CommandOutcome::kPolicyVersion, .got = command.policy.version, .want = next};
}

CommandResult WhyNotRequestBlanks(const CentreRow& centre, const RequestBlanks& command) {
  CommandResult why =
      WhyNotBoth(centre, command.by, command.second,
                 {Role::kStockKeeper, Role::kReconciler, Role::kSupervisor, Role::kAdministrator});
  if (why.outcome == CommandOutcome::kDone && command.by == command.second) {
    why.outcome = CommandOutcome::kSamePerson;
  }
  return why;
}

CommandResult WhyNotResolve(const CentreRow& centre, const CaseRow& row, const ResolveCase& command,
                            bool trial) {
  if (row.revision == 0) return {.outcome = CommandOutcome::kUnknownCase};
  const domain::CaseRule rule = RuleFor(centre.policy, row.kind);
  CommandResult why = WhyNotOfficer(centre, command.by, rule.may_decide,
                                    rule.two_persons ? Person::kFirst : Person::kOnly);
  if (why.outcome != CommandOutcome::kDone) return why;
  if (row.revision != command.revision) {
    return {.outcome = CommandOutcome::kCaseChanged, .got = row.revision, .want = command.revision};
  }
  if (row.state == domain::CaseState::kClosed) return {.outcome = CommandOutcome::kCaseClosed};
  if (rule.two_persons && !trial) {
    if (command.second.empty() || command.by == command.second) {
      return {.outcome = CommandOutcome::kSamePerson};
    }
    why = WhyNotOfficer(centre, command.second, AnyRole(), Person::kSecond);
    if (why.outcome != CommandOutcome::kDone) return why;
  }
  if (!Fits(row, command)) return {.outcome = CommandOutcome::kResolutionUnfit};
  const bool documented =
      trial || command.resolution != Resolution::kExplained || !command.document.empty();
  return {.outcome = documented ? CommandOutcome::kDone : CommandOutcome::kNoDocument};
}

}  // namespace keping::central
