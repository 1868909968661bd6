// The district's desk: decisions on cases, the days that end, and what its people enter.

#include <algorithm>
#include <variant>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_decision.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/node_end.h"
#include "central_node/core/officers.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/retention.h"
#include "central_node/core/step_run.h"

namespace keping::central {
void Run::On(const ResolveCase& input) {
  const CaseRow row = rows_.cases[input.case_id];
  const DecisionOutcome decision = DecisionOn(input, row, rows_, resident_);
  if (RefusedFor(decision.why)) return;
  Append(domain::CaseDecided{.case_id = input.case_id,
                             .revision = input.revision,
                             .resolution = input.resolution,
                             .keep = input.keep,
                             .by = input.by,
                             .second = input.second,
                             .document = input.document});
  if (input.resolution == domain::Resolution::kRetry) return;
  for (const domain::ActionOrdered& one : decision.orders) Order(one);
  Append(domain::CaseChanged{
      .case_id = input.case_id,
      .kind = row.kind,
      .state = decision.acting ? domain::CaseState::kActing : domain::CaseState::kClosed,
      .revision = row.revision + 1,
      .prr = row.prr,
      .blank = row.blank,
      .node = row.node,
      .evidence = {row.evidence.begin(), row.evidence.end()},
      .entity = row.entity});
}

void Run::On(const CloseDay& input) {
  if (input.day <= resident_.centre.last_closed_day) {
    return Refuse(CommandOutcome::kDayClosedBefore);
  }
  domain::DayClosed closed{.day = input.day, .working = {}, .heard = {}};
  for (const auto& [node, row] : resident_.nodes) {
    if (row.active.empty() || IsClosed(row)) continue;
    if (resident_.centre.policy.WorksOn(node, input.day)) closed.working.push_back(node);
    if (input.heard.contains(node)) closed.heard.push_back(node);
  }
  Append(closed);
}

void Run::On(const HearNode& input) {
  const auto node = resident_.nodes.find(input.node);
  if (node == resident_.nodes.end() || SilentDays(node->second) == 0) return;
  Append(domain::NodeHeard{.node = input.node});
}

void Run::On(const SetPolicy& input) {
  if (RefusedFor(WhyNotSetPolicy(resident_.centre, input))) return;
  Append(domain::PolicySet{.policy = input.policy, .by = input.by, .second = input.second});
  for (const auto& [node, row] : resident_.nodes) {
    if (!IsClosed(row)) TellPolicy(node);
  }
}

void Run::On(const SetOfficer& input) {
  if (RefusedFor(WhyNotSetOfficer(resident_.centre, input))) return;
  // Nobody's word was needed, so nobody's name stands for it.
  const auto by = IsFounding(resident_.centre, input) ? domain::OperatorId() : input.by;
  const auto known = resident_.centre.officers.find(input.officer);
  crypto::Hash verifier = input.verifier;
  if (verifier.IsZero() && known != resident_.centre.officers.end()) {
    verifier = known->second.verifier;
  }
  Append(domain::OperatorRostered{.operator_id = input.officer,
                                  .node = {},
                                  .role = input.role,
                                  .certified = {},
                                  .active = input.active,
                                  .verifier = verifier,
                                  .by = by});
}

void Run::RefuseLocked(absl::Duration wait) {
  Refuse(CommandOutcome::kLockedOut,
         static_cast<uint64_t>(absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1)))));
}

void Run::On(const AskSignIn& input) {
  const CommandResult why = WhyNotSignIn(resident_.centre, input.officer, input.running);
  if (why.outcome != CommandOutcome::kLockedOut) return Refuse(why.outcome);
  const domain::SignInTries tries = resident_.centre.sign_ins.at(input.officer).tries;
  if (!tries.lock_noted) {
    Append(domain::SignInTried{.operator_id = input.officer,
                               .outcome = domain::SignInOutcome::kLockedOut,
                               .running = input.running});
  }
  RefuseLocked(tries.LockedFor(input.running));
}

void Run::On(const PasswordChecked& input) {
  // Between the question and this answer the person may have been struck off or locked out.
  On(AskSignIn{.officer = input.officer, .running = input.running});
  if (effects_.result.outcome != CommandOutcome::kDone) return;
  Append(domain::SignInTried{
      .operator_id = input.officer, .outcome = input.outcome, .running = input.running});
  if (input.outcome == domain::SignInOutcome::kNoPassword) {
    Refuse(CommandOutcome::kNoPassword);
  } else if (input.outcome != domain::SignInOutcome::kAccepted) {
    const absl::Duration wait =
        resident_.centre.sign_ins.at(input.officer).tries.LockedFor(input.running);
    if (wait > absl::ZeroDuration()) return RefuseLocked(wait);
    Refuse(CommandOutcome::kWrongPassword);
  }
}

void Run::On(const ChangePassword& input) {
  if (RefusedFor(WhyNotSignIn(resident_.centre, input.officer, absl::InfiniteDuration()))) return;
  const bool own = resident_.centre.sign_ins[input.officer].own_password;
  Append(domain::PasswordChanged{
      .operator_id = input.officer,
      .changed_by = input.officer,
      .basis = own ? domain::PasswordBasis::kOwn : domain::PasswordBasis::kFirst,
      .grant = {}});
}

void Run::On(const Enter& input) {
  if (RefusedFor(WhyNotOfficer(resident_.centre, input.by,
                               {domain::Role::kReconciler, domain::Role::kSupervisor,
                                domain::Role::kStockKeeper, domain::Role::kAdministrator}))) {
    return;
  }
  std::visit([this](const auto& entry) { Append(entry); }, input.entry);
}

void Run::On(const ReadSubject& input) {
  if (RefusedFor(WhyNotOfficer(
          resident_.centre, input.by,
          {domain::Role::kReconciler, domain::Role::kSupervisor, domain::Role::kAuditor}))) {
    return;
  }
  Append(domain::PersonalDataRead{.operator_id = input.by,
                                  .prr = input.prr,
                                  .nik_key = input.nik_key,
                                  .purpose = domain::ReadPurpose::kRecordView});
}

void Run::On(const RequestBlanks& input) {
  const CentreRow& centre = resident_.centre;
  if (RefusedFor(WhyNotRequestBlanks(centre, input))) return;
  if (const auto known = centre.requests.find(input.request);
      known != centre.requests.end() && !known->second.by.empty()) {
    const RequestRow& row = known->second;
    const bool same = row.quantity == input.quantity && row.needed_by == input.needed_by;
    return Refuse(same ? CommandOutcome::kDone : CommandOutcome::kRequestIdUsed);
  }
  if (input.quantity == 0) return Refuse(CommandOutcome::kNothingAsked);
  if (input.needed_by <= centre.last_closed_day) return Refuse(CommandOutcome::kDayHasPassed);
  Append(domain::BlanksRequested{.request = input.request,
                                 .quantity = input.quantity,
                                 .needed_by = input.needed_by,
                                 .by = input.by,
                                 .second = input.second});
}

void Run::On(const RequestAnswersArrived& input) {
  for (const RequestAnswer& answer : input.answers) {
    for (const auto& [request, row] : resident_.centre.requests) {
      if (row.by.empty() || row.answered.has_value() || row.fact.id.Hex() != answer.item) continue;
      Append(domain::BlanksRequestAnswered{.request = request,
                                           .accepted = answer.accepted,
                                           .expected = answer.expected,
                                           .reason = answer.reason});
      break;
    }
  }
}

void Run::On(const DestroyPictures& input) {
  domain::PicturesDestroyed event;
  for (const domain::PrrId& prr : input.prrs) {
    if (!PicturesDue(settings_, prr, rows_, resident_)) continue;
    event.prrs.push_back(prr);
    for (const VersionFact& version : rows_.prrs.at(prr).facts.versions) {
      effects_.destroyed.emplace_back(prr, version.version);
    }
  }
  if (!event.prrs.empty()) Append(event);
}

}  // namespace keping::central
