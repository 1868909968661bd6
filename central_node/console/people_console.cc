#include "central_node/console/people_console.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/console/command.h"
#include "central_node/console/page.h"
#include "central_node/core/phone_grant.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/crypto/one_time_code.h"
#include "common/domain/grant_code.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

constexpr size_t kActBytes = 16;

v1::Grant ViewGrant(const domain::NodeId& node, const PhoneGrantFacts& facts) {
  const PhoneGrantTerms& terms =
      facts.issues.empty() ? facts.uses.front().terms : facts.issues.front().terms;
  v1::Grant grant;
  grant.set_node(node.value());
  grant.set_kind(static_cast<log::v1::GrantKind>(terms.kind));
  grant.set_subject(terms.subject.value());
  grant.set_day_days(base::ToEpochDays(terms.day));
  grant.set_state(PhoneGrantStateName(JudgePhoneGrant(facts).state));
  if (!facts.issues.empty()) {
    grant.set_issued_by(facts.issues.front().by.value());
    grant.set_issued_at_micros(facts.issues.front().fact.wall_micros);
  }
  if (!facts.uses.empty()) {
    grant.set_used_by(facts.uses.front().by.value());
    grant.set_used_at_micros(facts.uses.front().fact.wall_micros);
  }
  return grant;
}

bool IsOdd(const v1::Grant& grant) {
  return grant.state() == "never_issued" || grant.state() == "used_twice";
}

// Of one answer.
constexpr uint32_t kMostGrants = 1000;

// The odd ones first, then the latest.
std::string PlaceOf(const v1::Grant& grant, const crypto::Hash& tag) {
  const int64_t latest = std::max(grant.issued_at_micros(), grant.used_at_micros());
  return absl::StrFormat("%d-%019d-%s", IsOdd(grant) ? 0 : 1,
                         std::numeric_limits<int64_t>::max() - std::max<int64_t>(latest, 0),
                         tag.Hex());
}

}  // namespace

absl::StatusOr<FirstPassword> MakeFirstPassword(const std::function<std::string(size_t)>& draw,
                                                crypto::PasswordCost cost) {
  FirstPassword password{.shown = crypto::MakeOneTimeCode(draw(crypto::kOneTimeCodeEntropySize)),
                         .verifier = {}};
  KEPING_ASSIGN_OR_RETURN(const std::string typed, crypto::NormalizeOneTimeCode(password.shown));
  KEPING_ASSIGN_OR_RETURN(password.verifier, crypto::MakePasswordVerifier(typed, cost));
  return password;
}

template <typename Input>
absl::Status PeopleConsole::Command(const Input& command) {
  return Answer(ports_.node->Handle(ports_.clock->Now(), command), ports_.failed, *ports_.hub);
}

absl::StatusOr<v1::AddOperatorResponse> PeopleConsole::AddOperator(
    const v1::AddOperatorRequest& request, const FirstPassword& password) {
  wire::FieldReader read("AddOperatorRequest");
  const central::AddOperator command{
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id()),
      .node = read.Id<domain::NodeId>("node", request.node()),
      .role = read.EnumValue("role", request.role(), domain::Role::kAdministrator),
      .by = read.OptionalId<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(
      Answer(ports_.node->Handle(ports_.clock->Now(), command, password.verifier), ports_.failed,
             *ports_.hub));
  v1::AddOperatorResponse response;
  response.set_first_password(password.shown);
  return response;
}

absl::StatusOr<v1::RemoveOperatorResponse> PeopleConsole::RemoveOperator(
    const v1::RemoveOperatorRequest& request) {
  wire::FieldReader read("RemoveOperatorRequest");
  const central::RemoveOperator command{
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id()),
      .node = read.Id<domain::NodeId>("node", request.node()),
      .by = read.OptionalId<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(command));
  return v1::RemoveOperatorResponse();
}

absl::StatusOr<v1::CertifyOperatorResponse> PeopleConsole::CertifyOperator(
    const v1::CertifyOperatorRequest& request) {
  wire::FieldReader read("CertifyOperatorRequest");
  const central::CertifyOperator command{
      .operator_id = read.Id<domain::OperatorId>("operator_id", request.operator_id()),
      .node = read.Id<domain::NodeId>("node", request.node()),
      .application_version =
          read.Id<domain::ApplicationVersion>("application_version", request.application_version()),
      .withdraw = request.withdraw(),
      .by = read.OptionalId<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(command));
  return v1::CertifyOperatorResponse();
}

absl::StatusOr<v1::ListOperatorsResponse> PeopleConsole::ListOperators(
    const v1::ListOperatorsRequest& request) {
  wire::FieldReader read("ListOperatorsRequest");
  const auto only = read.OptionalId<domain::NodeId>("node", request.node());
  KEPING_RETURN_IF_ERROR(read.status());
  v1::ListOperatorsResponse response;
  Page page(request.page_size(), request.page_token());
  for (const auto& [node, row] : ports_.node->resident().nodes) {
    if (!only.empty() && node != only) continue;
    for (const auto& [operator_id, entry] : row.operators) {
      if (request.active_only() && !entry.active) continue;
      if (!page.Takes(absl::StrCat(node.value(), "/", operator_id.value()))) continue;
      v1::Operator& proto = *response.add_operators();
      proto.set_operator_id(operator_id.value());
      proto.set_node(node.value());
      proto.set_role(static_cast<log::v1::Role>(entry.role));
      for (const auto& version : entry.certified) proto.add_certified_versions(version.value());
      proto.set_active(entry.active);
      proto.set_has_first_password(!entry.verifier.IsZero());
    }
  }
  response.set_next_page_token(page.next());
  return response;
}

absl::StatusOr<v1::RequireApplicationResponse> PeopleConsole::RequireApplication(
    const v1::RequireApplicationRequest& request) {
  wire::FieldReader read("RequireApplicationRequest");
  const central::RequireApplication command{
      .application_version =
          read.Id<domain::ApplicationVersion>("application_version", request.application_version()),
      .node = read.OptionalId<domain::NodeId>("node", request.node()),
      .by = read.OptionalId<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(command));
  return v1::RequireApplicationResponse();
}

// ---- Telephone grants.

absl::StatusOr<v1::IssueGrantResponse> PeopleConsole::IssueGrant(
    const v1::IssueGrantRequest& request) {
  wire::FieldReader read("IssueGrantRequest");
  const time::Moment now = ports_.clock->Now();
  const central::IssueGrant command{
      .act = domain::ActId::Of(absl::BytesToHexString(ports_.random(kActBytes))),
      .node = read.Id<domain::NodeId>("node", request.node()),
      .kind = read.EnumValue("kind", request.kind(), domain::GrantKind::kForceLease),
      .subject = read.OptionalId<domain::SubjectId>("subject", request.subject()),
      .day = request.day_days() == 0 ? absl::ToCivilDay(now.wall, ports_.time_zone)
                                     : base::FromEpochDays(request.day_days()),
      .application_version = read.OptionalId<domain::ApplicationVersion>(
          "application_version", request.application_version()),
      .by = read.Id<domain::OperatorId>("by", request.by()),
      .key = {}};
  KEPING_RETURN_IF_ERROR(read.status());
  if (ports_.node->options().grant_key.empty()) {
    return absl::FailedPreconditionError("this centre has no key for telephone grants");
  }
  const absl::StatusOr<CommandResult> result = ports_.node->Handle(now, command);
  KEPING_RETURN_IF_ERROR(Answer(result, ports_.failed, *ports_.hub));
  v1::IssueGrantResponse response;
  response.set_code(result->grant_code);
  response.set_spoken(domain::SpokenDigits(result->grant_code));
  response.set_day_days(base::ToEpochDays(command.day));
  if (command.kind == domain::GrantKind::kForceLease) {
    response.set_lease_epoch(
        absl::StrCat(result->lease_epoch.generation_order, ".", result->lease_epoch.counter));
  }
  return response;
}

absl::StatusOr<v1::ListGrantsResponse> PeopleConsole::ListGrants(
    const v1::ListGrantsRequest& request) {
  wire::FieldReader read("ListGrantsRequest");
  const auto only = read.OptionalId<domain::NodeId>("node", request.node());
  KEPING_RETURN_IF_ERROR(read.status());
  std::map<std::string, v1::Grant> grants;
  v1::ListGrantsResponse response;
  for (const auto& [node, row] : ports_.node->resident().nodes) {
    if (!only.empty() && node != only) continue;
    for (const auto& [tag, facts] : row.grants) {
      v1::Grant grant = ViewGrant(node, facts);
      if (request.odd_only() && !IsOdd(grant)) continue;
      grants[PlaceOf(grant, tag)] = std::move(grant);
    }
    if (row.grants_refused == 0) continue;
    v1::RefusedGrants& refused = *response.add_refused();
    refused.set_node(node.value());
    refused.set_count(row.grants_refused);
  }
  Page page(request.page_size(), request.page_token(), kMostGrants);
  for (auto& [place, grant] : grants) {
    if (page.Takes(place)) *response.add_grants() = std::move(grant);
  }
  response.set_next_page_token(page.next());
  return response;
}

}  // namespace keping::central
