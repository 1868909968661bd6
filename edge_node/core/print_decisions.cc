#include "edge_node/core/print_decisions.h"

#include "absl/strings/str_cat.h"
#include "edge_node/core/batch_decisions.h"
#include "edge_node/core/duty_decisions.h"
#include "edge_node/core/feed_decisions.h"
#include "edge_node/core/print_checks.h"

namespace keping::edge {

using domain::PrintRefusal;

Decision Decide(const EdgeCore& core, const Scene& scene, const Print& print) {
  if (core.journal().Find(print.act) != nullptr) {
    return Decision::Failed(absl::AlreadyExistsError(absl::StrCat(
        "K-126: job ", print.act.value(), " was begun before; it is never begun again.")));
  }
  if (absl::Status status = CheckNotInHopper(core, print.blank); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  return DecidePrint(core, scene, print);
}

Decision DecidePrint(const EdgeCore& core, const Scene& scene, const Print& print) {
  Decision decision;
  decision.prr = print.prr;
  if (print.prr.empty() && print.batch.empty() && !core.printable().empty()) {
    decision.prr = core.printable().begin()->second;
  }
  decision.refusal = CheckPrint(core, scene, print, decision.prr);
  if (decision.refusal != PrintRefusal::kNone) {
    decision.events.push_back(domain::PrintRefused{.refusal = decision.refusal,
                                                   .prr = decision.prr,
                                                   .blank = print.blank,
                                                   .printer = print.printer,
                                                   .operator_id = print.operator_id});
    return decision;
  }
  OpenDayIfDue(core, scene, print.act, print.operator_id, {}, decision);
  decision.events.push_back(MakeIntent(core, scene, print, decision.prr));
  decision.actions.push_back(
      SubmitJob{.act = print.act, .prr = decision.prr, .printer = print.printer});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const PrinterReported& report) {
  const Job* job = nullptr;
  if (absl::Status status = core.FindOpenJob(report.act, &job); !status.ok())
    return Decision::Failed(status);
  Decision decision;
  switch (report.answer) {
    case PrinterAnswer::kAccepted:
      decision.events.push_back(
          domain::PrintSent{.act = report.act, .printer_job = report.printer_job});
      break;
    case PrinterAnswer::kCompleted:
      if (!job->printer_said_completed) {
        decision.events.push_back(domain::PrintCompleted{report.act});
      }
      break;
    case PrinterAnswer::kNotAccepted:
      // Only an answer to the submission itself proves that no card was fed.
      if (job->stage != JobStage::kIntended) break;
      decision.events.push_back(
          domain::PrintFailed{.act = report.act, .failure = domain::PrintFailure::kNotAccepted});
      decision.events.push_back(domain::PrintUnused{.act = report.act, .operator_id = {}});
      AddReleaseAfterSettling(core, *job, decision);
      break;
    case PrinterAnswer::kAborted:
      decision.events.push_back(
          domain::PrintFailed{.act = report.act, .failure = domain::PrintFailure::kAborted});
      break;
    case PrinterAnswer::kUnknown:
      if (job->was_doubted) break;
      decision.events.push_back(
          domain::PrintDoubted{.act = report.act, .cause = domain::DoubtCause::kPrinterVanished});
      break;
  }
  if (!decision.events.empty()) ContinueBatch(core, *job, report.answer, decision);
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const Started&) {
  Decision decision;
  for (const Batch* batch : core.batches().Open()) {
    decision.events.push_back(domain::BatchClosed{
        .act = batch->opened.act, .end = domain::BatchEnd::kRestart, .job = {}});
  }
  for (const Job* job : core.journal().OpenJobs()) {
    // What the printer ended needs a person's answer only; so does a doubt, but the printer may
    // not have been asked before the last crash.
    if (job->stage == JobStage::kCompleted || job->stage == JobStage::kFailed) continue;
    if (job->reopened) continue;
    if (job->stage != JobStage::kDoubt) {
      decision.events.push_back(
          domain::PrintDoubted{.act = job->intent.act, .cause = domain::DoubtCause::kRestart});
    }
    decision.actions.push_back(QueryJob{
        .act = job->intent.act, .printer = job->intent.printer, .printer_job = job->printer_job});
  }
  return decision;
}

}  // namespace keping::edge
