#include "edge_node/core/people_decisions.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"

namespace keping::edge {
namespace {

using domain::SignInOutcome;

absl::Status LockedOut(absl::Duration wait) {
  return absl::ResourceExhaustedError(absl::StrCat(
      "K-174: too many wrong passwords. Try again in ",
      absl::FormatDuration(absl::Ceil(wait, absl::Seconds(1))),
      " of running time, or let the supervisor call the district for a new password."));
}

absl::Status WrongPassword(absl::Duration wait) {
  if (wait > absl::ZeroDuration()) return LockedOut(wait);
  return absl::PermissionDeniedError("K-175: this is not the password. Type it again.");
}

// Beside a hand count, so that the district can tell in whose shift a difference arose.
std::optional<uint64_t> BookBeside(const EdgeCore& core, const std::optional<uint64_t>& counted) {
  if (!counted.has_value()) return std::nullopt;
  return core.tray().available().size();
}

// The records that today's printing is about: as many as all printers may print in a day.
bool IsPlannedToday(const EdgeCore& core, const domain::PrrId& prr) {
  if (const Job* latest = core.journal().LatestOf(prr)) {
    if (latest->open() || latest->office_day == core.duty().day()) return true;
  }
  size_t left = 0;
  for (const auto& [printer, cards] : core.settings().cards_per_day) left += cards;
  for (const auto& [enrolled_at, planned] : core.printable()) {
    if (left == 0) return false;
    if (planned == prr) return true;
    --left;
  }
  return false;
}

}  // namespace

// ---- Signing in.

Decision Decide(const EdgeCore& core, const Scene& scene, const AskSignIn& ask) {
  if (absl::Status status = core.CheckOperator(ask.operator_id); !status.ok()) {
    return Decision::Failed(status);
  }
  const absl::Duration wait =
      core.sign_ins().LockedFor(ask.operator_id, core.running_time().At(scene.now));
  if (wait == absl::ZeroDuration()) return {};
  Decision decision = Decision::Failed(LockedOut(wait));
  if (!core.sign_ins().LockNoted(ask.operator_id)) {
    decision.events.push_back(
        domain::SignInTried{.operator_id = ask.operator_id, .outcome = SignInOutcome::kLockedOut});
  }
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene& scene, const PasswordChecked& checked) {
  // Between the question and this answer the person may have been struck off or locked out.
  Decision asked = Decide(core, scene, AskSignIn{checked.operator_id});
  if (!asked.status.ok()) return asked;
  Decision decision;
  decision.events.push_back(
      domain::SignInTried{.operator_id = checked.operator_id, .outcome = checked.outcome});
  if (checked.outcome == SignInOutcome::kNoPassword) {
    decision.status = absl::FailedPreconditionError(
        "K-176: this person has no password at this office. Ask the district for a first password, "
        "or let the supervisor call for a new one.");
  } else if (checked.outcome != SignInOutcome::kAccepted) {
    decision.status = WrongPassword(
        domain::SignInTries::LockAfter(core.sign_ins().wrong(checked.operator_id) + 1));
  }
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const ChangePassword& change) {
  if (absl::Status status = core.CheckMay(change.operator_id, OfficeAct::kChangeOwnPassword);
      !status.ok()) {
    return Decision::Failed(status);
  }
  Decision decision;
  decision.events.push_back(domain::PasswordChanged{.operator_id = change.operator_id,
                                                    .changed_by = change.operator_id,
                                                    .basis = change.basis,
                                                    .grant = {}});
  decision.passwords.push_back({.operator_id = change.operator_id, .verifier = change.verifier});
  return decision;
}

// ---- Shifts.

Decision Decide(const EdgeCore& core, const Scene&, const OpenShift& open) {
  if (absl::Status status = core.CheckMay(open.operator_id, OfficeAct::kKeepShift); !status.ok()) {
    return Decision::Failed(status);
  }
  if (const Shift* shift = core.shifts().OpenOf(open.operator_id)) {
    return Decision::Failed(absl::AlreadyExistsError(
        absl::StrCat("K-177: ", open.operator_id.value(), " has an open shift already (",
                     shift->act.value(), "). Close it first.")));
  }
  Decision decision;
  decision.events.push_back(domain::ShiftOpened{.act = open.act,
                                                .operator_id = open.operator_id,
                                                .counted = open.counted,
                                                .proof_code = open.proof_code,
                                                .book = BookBeside(core, open.counted)});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const CloseShift& close) {
  if (absl::Status status = core.CheckMay(close.operator_id, OfficeAct::kKeepShift); !status.ok()) {
    return Decision::Failed(status);
  }
  const Shift* shift = core.shifts().OpenOf(close.operator_id);
  if (shift == nullptr) {
    return Decision::Failed(absl::FailedPreconditionError(
        absl::StrCat("K-170: ", close.operator_id.value(), " has no open shift.")));
  }
  Decision decision;
  decision.events.push_back(domain::ShiftClosed{.act = shift->act,
                                                .operator_id = close.operator_id,
                                                .counted = close.counted,
                                                .book = BookBeside(core, close.counted)});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene& scene, const ReportDay& report) {
  if (absl::Status status = core.CheckMay(report.operator_id, OfficeAct::kReportDay);
      !status.ok()) {
    return Decision::Failed(status);
  }
  const DutyGuard& duty = core.duty();
  domain::DayReported event{
      .act = report.act,
      .day = duty.day() > 0 ? duty.date()
                            : absl::ToCivilDay(scene.now.wall, core.settings().time_zone),
      .blanks_spoiled = core.blanks_spoiled_today(),
      .jobs_open = static_cast<uint32_t>(core.journal().OpenJobs().size()),
      .blanks_in_tray = core.tray().available().size(),
      .seq = report.seq,
      .head = report.head,
      .proven_seq = core.contact().proven_seq,
      .operator_id = report.operator_id};
  for (const domain::ActId& act : core.journal().order()) {
    const Job& job = *core.journal().Find(act);
    if (job.office_day != duty.day()) continue;
    event.cards_fed += job.fed();
    event.cards_good += job.stage == JobStage::kGood;
    event.cards_spoiled += job.stage == JobStage::kSpoiled;
  }
  Decision decision;
  decision.events.push_back(event);
  return decision;
}

// ---- Looks at personal data.

Decision Decide(const EdgeCore& core, const Scene&, const NoteRead& read) {
  if (absl::Status status = core.CheckMay(read.operator_id, OfficeAct::kReadPersonalData);
      !status.ok()) {
    return Decision::Failed(status);
  }
  const domain::PersonalDataRead look{.operator_id = read.operator_id,
                                      .prr = read.prr,
                                      .nik_key = read.nik_key,
                                      .purpose = read.purpose};
  const bool planned = !read.prr.empty() && IsPlannedToday(core, read.prr);
  Decision decision;
  if (auto event = core.read_log().ToNote(look, planned)) decision.events.push_back(*event);
  return decision;
}

}  // namespace keping::edge
