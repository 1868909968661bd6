#include "edge_node/core/grant_decisions.h"

#include <optional>

#include "absl/strings/str_cat.h"

namespace keping::edge {
namespace {

using domain::GrantKind;

domain::GrantTerms TermsOf(const EdgeCore& core, const UseGrant& use) {
  domain::GrantTerms terms{.node = core.settings().node,
                           .kind = use.kind,
                           .subject = use.subject,
                           .day = use.day,
                           .application_version = {},
                           .lease_epoch = {}};
  if (use.kind == GrantKind::kCertifyOperator) {
    terms.application_version = core.settings().application_version;
  }
  if (use.kind == GrantKind::kForceLease) terms.lease_epoch = use.lease_epoch;
  return terms;
}

// A code is for one day. A clock set back does not make yesterday's code good again where the
// centre is known to be further.
absl::Status CheckDay(const EdgeCore& core, const Scene& scene, absl::CivilDay day) {
  const absl::TimeZone zone = core.settings().time_zone;
  const absl::CivilDay today = absl::ToCivilDay(scene.now.wall, zone);
  absl::CivilDay earliest = day;
  if (core.contact().centre_time != absl::InfinitePast()) {
    earliest = absl::ToCivilDay(core.contact().centre_time, zone);
  }
  if (day == today && day >= earliest) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "K-181: the code is for ", absl::FormatCivilTime(day), ", this computer has ",
      absl::FormatCivilTime(today),
      day < earliest ? absl::StrCat(", and the district was at ", absl::FormatCivilTime(earliest),
                                    " at the last contact. Ask for a new code.")
                     : ". Correct the computer's date, or ask for a code for its "
                       "date."));
}

absl::Status NoUse(absl::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat("K-185: this grant has no use here: ", why, "."));
}

// What the grant is about must be here.
absl::Status CheckSubject(const EdgeCore& core, const UseGrant& use) {
  if (use.kind == GrantKind::kUnlockNode) {
    return core.locked() ? absl::OkStatus() : NoUse("printing is not locked");
  }
  if (use.kind == GrantKind::kForceLease) {
    const auto prr = domain::PrrId::Parse(use.subject.value());
    const domain::PrrItem* item = prr.ok() ? core.catalogue().FindPrr(*prr) : nullptr;
    if (item == nullptr || !core.catalogue().HasRecord(item->prr)) {
      return NoUse("the record is not held at this node");
    }
    return item->withdrawn ? NoUse("the record was withdrawn") : absl::OkStatus();
  }
  const auto person = domain::OperatorId::Parse(use.subject.value());
  if (!person.ok() || core.catalogue().FindOperator(*person) == nullptr) {
    return NoUse("the person is not on this office's roster");
  }
  return absl::OkStatus();
}

absl::Status Check(const EdgeCore& core, const Scene& scene, const UseGrant& use) {
  if (absl::Status status = core.CheckMay(use.operator_id, OfficeAct::kUseGrant); !status.ok()) {
    return status;
  }
  if (core.catalogue().grant_key().empty()) {
    return absl::FailedPreconditionError(
        "K-180: this node has no key for telephone grants yet; it comes with the first contact.");
  }
  if (absl::Status status = CheckDay(core, scene, use.day); !status.ok()) return status;
  if (absl::Status status = CheckSubject(core, use); !status.ok()) return status;
  if (core.grants().TriesLeft(use.day, core.running_time().At(scene.now)) > 0) {
    return absl::OkStatus();
  }
  return absl::ResourceExhaustedError(
      absl::StrCat("K-182: ", Grants::kTries,
                   " wrong codes were typed in. No further one is looked "
                   "at today; wait for tomorrow's code."));
}

// What follows from a grant that was accepted.
void Follow(const UseGrant& use, Decision& decision) {
  if (use.kind == GrantKind::kUnlockNode) {
    decision.events.push_back(
        domain::NodeUnlocked{.act = use.act, .grant = use.act, .operator_id = use.operator_id});
  } else if (use.kind == GrantKind::kResetPassword) {
    const auto person = domain::OperatorId::Of(use.subject.value());
    decision.events.push_back(domain::PasswordChanged{.operator_id = person,
                                                      .changed_by = use.operator_id,
                                                      .basis = domain::PasswordBasis::kGrant,
                                                      .grant = use.act});
    decision.passwords.push_back(
        {.operator_id = person, .verifier = use.verifier, .must_change = true});
  }
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene& scene, const UseGrant& use) {
  if (absl::Status status = Check(core, scene, use); !status.ok()) return Decision::Failed(status);
  const domain::GrantTerms terms = TermsOf(core, use);
  const std::optional<crypto::Hash> tag =
      domain::MatchGrant(core.catalogue().grant_key(), terms, use.code);
  if (tag.has_value() && core.grants().Used(*tag)) {
    return Decision::Failed(absl::AlreadyExistsError(
        "K-184: this code was used before; each works once. Ask the district for another one."));
  }
  Decision decision;
  decision.events.push_back(domain::GrantTried{.act = use.act,
                                               .kind = use.kind,
                                               .subject = use.subject,
                                               .day = use.day,
                                               .tag = tag.value_or(crypto::Hash()),
                                               .accepted = tag.has_value(),
                                               .operator_id = use.operator_id,
                                               .application_version = terms.application_version,
                                               .lease_epoch = terms.lease_epoch,
                                               .control_position = core.catalogue().position()});
  if (tag.has_value()) {
    Follow(use, decision);
    return decision;
  }
  const int left = core.grants().TriesLeft(use.day, core.running_time().At(scene.now)) - 1;
  decision.status = absl::PermissionDeniedError(
      absl::StrCat("K-183: the code is not one for this node, act and day. ", left,
                   left == 1 ? " try is" : " tries are", " left today. Let it be read out again."));
  return decision;
}

}  // namespace keping::edge
