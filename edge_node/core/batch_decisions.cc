#include "edge_node/core/batch_decisions.h"

#include <algorithm>
#include <set>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "edge_node/core/print_checks.h"
#include "edge_node/core/print_decisions.h"

namespace keping::edge {
namespace {

using domain::BatchEnd;
using domain::BlankSerial;

void Close(const Batch& batch, BatchEnd end, const domain::ActId& job, Decision& decision) {
  decision.events.push_back(domain::BatchClosed{.act = batch.opened.act, .end = end, .job = job});
}

bool Closes(const Decision& decision, const Batch& batch) {
  return std::any_of(decision.events.begin(), decision.events.end(), [&](const auto& event) {
    const auto* closed = std::get_if<domain::BatchClosed>(&event);
    return closed != nullptr && closed->act == batch.opened.act;
  });
}

absl::Status CheckHopper(const EdgeCore& core, const std::vector<BlankSerial>& blanks) {
  if (blanks.empty() || blanks.size() > kMaxBatch) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-150: got ", blanks.size(), " blanks, want 1 to ", kMaxBatch,
                     " in the order in which they lie in the hopper."));
  }
  std::set<BlankSerial> seen;
  for (const BlankSerial& blank : blanks) {
    if (!seen.insert(blank).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("K-150: got blank ", blank.text(),
                       " twice. Empty the hopper and scan it again, in order."));
    }
    KEPING_RETURN_IF_ERROR(CheckNotInHopper(core, blank));
    if (core.tray().Available(blank)) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        "K-151: blank ", blank.text(),
        core.tray().UseOf(blank) == nullptr ? " was never received at this office"
                                            : " is bound to a job, used or already spoiled",
        ". Take it out of the hopper, and scan the hopper again."));
  }
  return absl::OkStatus();
}

// The first record that nobody else has in hand; empty when there is none.
domain::PrrId FirstOfPlan(const EdgeCore& core, const std::set<domain::PrrId>& taken) {
  for (const auto& [enrolled_at, prr] : core.printable()) {
    if (!taken.contains(prr)) return prr;
  }
  return {};
}

Print CardOf(const domain::BatchOpened& batch, const domain::ActId& job, const BlankSerial& blank,
             const domain::PrrId& prr) {
  return {.act = job,
          .operator_id = batch.operator_id,
          .printer = batch.printer,
          .blank = blank,
          .prr = prr,
          .batch = batch.act};
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene& scene, const OpenBatch& open) {
  if (core.batches().Find(open.act) != nullptr || core.journal().Find(open.job) != nullptr) {
    return Decision::Failed(absl::AlreadyExistsError(absl::StrCat(
        "K-126: batch ", open.act.value(), " was begun before; it is never begun again.")));
  }
  if (absl::Status status = CheckHopper(core, open.blanks); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  const domain::BatchOpened opened{.act = open.act,
                                   .printer = open.printer,
                                   .operator_id = open.operator_id,
                                   .blanks = open.blanks};
  Decision decision = DecidePrint(
      core, scene, CardOf(opened, open.job, open.blanks.front(), FirstOfPlan(core, open.taken)));
  if (decision.refusal == domain::PrintRefusal::kNone) {
    decision.events.insert(decision.events.end() - 1, opened);
  }
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene& scene, const FeedBatch& feed) {
  const Batch* batch = core.batches().Find(feed.batch);
  Decision decision;
  // A scan or a person ended it meanwhile.
  if (batch == nullptr || !batch->open()) return decision;
  const BlankSerial* blank = batch->next();
  const domain::PrrId prr = FirstOfPlan(core, feed.taken);
  if (blank == nullptr || prr.empty()) {
    Close(*batch, BatchEnd::kFinished, {}, decision);
    return decision;
  }
  decision = DecidePrint(core, scene, CardOf(batch->opened, feed.job, *blank, prr));
  if (decision.refusal == domain::PrintRefusal::kNone) return decision;
  const bool printer = decision.refusal == domain::PrintRefusal::kPrinterNotReady;
  Close(*batch, printer ? BatchEnd::kPrinter : BatchEnd::kRefused, {}, decision);
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const CloseBatch& close) {
  if (absl::Status status = core.CheckMay(close.operator_id, OfficeAct::kPrint); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  const Batch* batch = core.batches().Find(close.batch);
  if (batch == nullptr) {
    return Decision::Failed(absl::NotFoundError(
        absl::StrCat("K-154: there is no batch ", close.batch.value(), " here.")));
  }
  Decision decision;
  if (batch->open()) Close(*batch, BatchEnd::kCancelled, {}, decision);
  return decision;
}

void StopMismatchedBatches(const EdgeCore& core, const Job& job, const BlankSerial& scanned,
                           Decision& decision) {
  const Job* holder = scanned == job.final_blank ? nullptr : core.journal().OpenJobWith(scanned);
  for (const Batch* batch : core.batches().Open()) {
    const domain::ActId& act = batch->opened.act;
    const bool own = job.intent.batch == act && scanned != job.intent.blank;
    const bool others = holder != nullptr && holder->intent.batch == act;
    if (!own && !others && !batch->Waits(scanned)) continue;
    Close(*batch, BatchEnd::kMismatch, job.intent.act, decision);
  }
}

void ContinueBatch(const EdgeCore& core, const Job& job, PrinterAnswer answer, Decision& decision) {
  const Batch* batch = core.batches().Find(job.intent.batch);
  if (batch == nullptr || !batch->open()) return;
  switch (answer) {
    case PrinterAnswer::kAccepted:
      return;
    case PrinterAnswer::kCompleted:
      decision.feed_next = batch->opened.act;
      return;
    // Whether the hopper lost a blank is for a person to see.
    case PrinterAnswer::kNotAccepted:
    case PrinterAnswer::kAborted:
    case PrinterAnswer::kUnknown:
      Close(*batch, BatchEnd::kPrinter, job.intent.act, decision);
      return;
  }
}

void ContinueBatch(const EdgeCore& core, const Job& job, bool good, Decision& decision) {
  const Batch* batch = core.batches().Find(job.intent.batch);
  // What is answered anew was out of the printer long ago.
  if (batch == nullptr || !batch->open() || job.stage == JobStage::kCompleted || job.reopened) {
    return;
  }
  if (Closes(decision, *batch)) return;
  if (good) {
    decision.feed_next = batch->opened.act;
  } else {
    Close(*batch, BatchEnd::kPrinter, job.intent.act, decision);
  }
}

absl::Status CheckNotInHopper(const EdgeCore& core, const BlankSerial& blank) {
  const Batch* batch = core.batches().OpenWith(blank);
  if (batch == nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "K-152: blank ", blank.text(), " lies in the hopper of ", batch->opened.printer.value(),
      ", by batch ", batch->opened.act.value(),
      ". If it is in your hand, the hopper is not as it was scanned: stop that batch first."));
}

}  // namespace keping::edge
