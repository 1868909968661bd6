#include "edge_node/core/answer_decisions.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "edge_node/core/batch_decisions.h"
#include "edge_node/core/feed_decisions.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;

// The open job that this person may speak about.
absl::Status FindAnswerable(const EdgeCore& core, const domain::ActId& act,
                            const domain::OperatorId& operator_id, const Job** job) {
  KEPING_RETURN_IF_ERROR(core.FindOpenJob(act, job));
  return core.CheckMay(operator_id, OfficeAct::kAnswerCard);
}

// A card may lie on the blank that its job holds, on one of the tray (of a new incarnation also
// before its stock was scanned), or on one that another open job holds: then two were swapped, or a
// whole tray was shifted. A serial from elsewhere is an input error and not a lost fact, since the
// card is in somebody's hand.
absl::Status CheckScanned(const EdgeCore& core, const Job& job, const BlankSerial& scanned) {
  if (scanned == job.final_blank || core.tray().Available(scanned) ||
      core.tray().unconfirmed().Contains(scanned) ||
      core.journal().OpenJobWith(scanned) != nullptr) {
    return absl::OkStatus();
  }
  const bool known = core.tray().UseOf(scanned) != nullptr;
  return absl::FailedPreconditionError(absl::StrCat(
      "K-122: the scanned serial ", scanned.text(),
      known ? " already belongs to a settled card of this office, or is spoiled"
            : " was never received at this office",
      "; the job used ", job.intent.blank.text(),
      ". Scan the card of this job again; if the other card was scanned wrongly, two persons "
      "correct it first."));
}

absl::Status CheckDigits(const EdgeCore& core, const Job& job, const std::string& nik_tail) {
  const domain::PrrItem* item = core.catalogue().FindPrr(job.intent.prr);
  if (item == nullptr || item->nik_tail == nik_tail) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "K-121: the last four digits of the NIK are not those of this card. Look at the card in your "
      "hand: if it shows another person, set it aside and call the supervisor.");
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene&, const VerifyCard& verify) {
  const Job* job = nullptr;
  absl::Status status = FindAnswerable(core, verify.act, verify.operator_id, &job);
  if (status.ok()) status = CheckDigits(core, *job, verify.nik_tail);
  if (status.ok()) status = CheckScanned(core, *job, verify.scanned);
  if (!status.ok()) return Decision::Failed(std::move(status));
  Decision decision;
  decision.events.push_back(domain::PrintVerified{
      .act = verify.act, .blank = verify.scanned, .operator_id = verify.operator_id});
  StopMismatchedBatches(core, *job, verify.scanned, decision);
  ContinueBatch(core, *job, /*good=*/true, decision);
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const SpoilCard& spoil) {
  const Job* job = nullptr;
  absl::Status status = FindAnswerable(core, spoil.act, spoil.operator_id, &job);
  if (!status.ok()) return Decision::Failed(std::move(status));
  const BlankSerial& blank = spoil.scanned.empty() ? job->final_blank : spoil.scanned;
  if (blank.empty()) {
    return Decision::Failed(absl::FailedPreconditionError(
        absl::StrCat("K-158: the blank of job ", spoil.act.value(),
                     " went to another job meanwhile. Scan the serial of the spoiled card.")));
  }
  if (status = CheckScanned(core, *job, blank); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  Decision decision;
  decision.events.push_back(domain::PrintSpoiled{.act = spoil.act,
                                                 .blank = blank,
                                                 .cause = spoil.cause,
                                                 .operator_id = spoil.operator_id,
                                                 .step = spoil.step});
  if (!spoil.scanned.empty()) StopMismatchedBatches(core, *job, blank, decision);
  ContinueBatch(core, *job, /*good=*/false, decision);
  AddReleaseAfterSettling(core, *job, decision);
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const ReleaseJob& release) {
  const Job* job = nullptr;
  absl::Status status = FindAnswerable(core, release.act, release.operator_id, &job);
  if (!status.ok()) return Decision::Failed(std::move(status));
  Decision decision;
  decision.events.push_back(
      domain::PrintUnused{.act = release.act, .operator_id = release.operator_id});
  ContinueBatch(core, *job, /*good=*/false, decision);
  AddReleaseAfterSettling(core, *job, decision);
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const CancelJob& cancel) {
  const Job* job = nullptr;
  absl::Status status = FindAnswerable(core, cancel.act, cancel.operator_id, &job);
  if (!status.ok()) return Decision::Failed(std::move(status));
  if (job->stage == JobStage::kCompleted || job->stage == JobStage::kFailed || job->reopened) {
    return Decision::Failed(absl::FailedPreconditionError(
        absl::StrCat("K-155: the printer is done with job ", cancel.act.value(),
                     ". Look at what came out, and say what became of the card.")));
  }
  Decision decision;
  if (!job->cancel_asked) {
    decision.events.push_back(
        domain::CancelAsked{.act = cancel.act, .operator_id = cancel.operator_id});
    const Batch* batch = core.batches().Find(job->intent.batch);
    if (batch != nullptr && batch->open()) {
      decision.events.push_back(domain::BatchClosed{
          .act = batch->opened.act, .end = domain::BatchEnd::kCancelled, .job = cancel.act});
    }
  }
  decision.actions.push_back(WithdrawJob{
      .act = cancel.act, .printer = job->intent.printer, .printer_job = job->printer_job});
  return decision;
}

}  // namespace keping::edge
