#include "central_node/console/officer_door.h"

#include <google/protobuf/message.h>

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "central_node/core/officers.h"
#include "common/base/status_macros.h"
#include "common/people/request_fields.h"

namespace keping::central {
namespace {

namespace pb = ::google::protobuf;
using domain::Role;

// Acts of which the core asks no role, rosters, machines, blanks and leases, and those for which a
// password is made before the core is asked.
const std::set<Role>* RolesOf(absl::string_view method) {
  static const auto& roles = *new std::map<std::string, std::set<Role>, std::less<>>{
      {"SetOfficer", {Role::kAdministrator}},
      {"AddOperator", {Role::kAdministrator, Role::kSupervisor}},
      {"RemoveOperator", {Role::kAdministrator, Role::kSupervisor}},
      {"CertifyOperator", {Role::kAdministrator, Role::kSupervisor}},
      {"RequireApplication", {Role::kAdministrator, Role::kSupervisor}},
      {"CreateEnrolmentCode", {Role::kAdministrator}},
      {"DispatchBlanks", {Role::kAdministrator, Role::kSupervisor, Role::kStockKeeper}},
      {"MoveLease", {Role::kAdministrator, Role::kSupervisor, Role::kReconciler}},
      {"IssueGrant", {Role::kAdministrator, Role::kSupervisor, Role::kReconciler}},
      {"CloseNode", {Role::kAdministrator, Role::kSupervisor, Role::kReconciler}},
      {"VoidPaper",
       {Role::kAdministrator, Role::kSupervisor, Role::kReconciler, Role::kStockKeeper}},
      {"AcceptClaims", {Role::kAdministrator, Role::kSupervisor, Role::kReconciler}},
  };
  const auto found = roles.find(std::string(method));
  return found == roles.end() ? nullptr : &found->second;
}

absl::Status Refused(const CommandResult& why) {
  const auto code = why.outcome == CommandOutcome::kSamePerson
                        ? absl::StatusCode::kInvalidArgument
                        : absl::StatusCode::kFailedPrecondition;
  return absl::Status(code, Sentence(why));
}

}  // namespace

absl::Status OfficerDoor::CheckOfficer(const domain::OperatorId& officer, absl::string_view method,
                                       Person person) const {
  const std::set<Role>* roles = RolesOf(method);
  const CommandResult why = WhyNotOfficer(ports_.node->resident().centre, officer,
                                          roles == nullptr ? AnyRole() : *roles, person);
  return why.outcome == CommandOutcome::kDone ? absl::OkStatus() : Refused(why);
}

absl::Status OfficerDoor::Enter(const Caller& caller, absl::string_view method,
                                pb::Message& request) {
  const pb::FieldDescriptor* by = people::ActorField(request);
  if (by == nullptr) return absl::OkStatus();
  if (caller.token.empty()) {
    KEPING_ASSIGN_OR_RETURN(const bool can_sign_in, ports_.node->AdministratorCanSignIn());
    if (!can_sign_in) return absl::OkStatus();
  }
  const absl::Duration now = ports_.clock->Now().monotonic;
  KEPING_ASSIGN_OR_RETURN(const people::Session session,
                          ports_.sessions->Find(caller.token, people::Sessions::Use::kAct, now));
  if (session.must_change_password) {
    return people::OwnPasswordFirst("keping central sign-in");
  }
  const std::string other = people::TextOf(request, "second");
  KEPING_RETURN_IF_ERROR(
      CheckOfficer(session.person, method, other.empty() ? Person::kOnly : Person::kFirst));
  const std::string named = request.GetReflection()->GetString(request, by);
  if (!named.empty() && named != session.person.value()) {
    return absl::PermissionDeniedError(absl::StrCat("K-188: ", session.person.value(),
                                                    " is signed in. Sign in as the person who "
                                                    "does it."));
  }
  request.GetReflection()->SetString(&request, by, session.person.value());
  if (other.empty()) return absl::OkStatus();
  if (other == session.person.value()) {
    return Refused({.outcome = CommandOutcome::kSamePerson});
  }
  KEPING_ASSIGN_OR_RETURN(const auto person, domain::OperatorId::Parse(other));
  return ports_.confirmations->UseUp(caller.confirmation, person, now);
}

}  // namespace keping::central
