#include "edge_node/core/correction_decisions.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::edge {

namespace {

// What nobody can look at any more is not answered anew: a card that left, a blank that was burnt.
// A job that fed no card holds no blank.
absl::Status CheckStillHere(const EdgeCore& core, const domain::ActId& subject) {
  const Job* job = core.journal().Find(subject);
  if (job != nullptr && job->stage == JobStage::kUnused) return absl::OkStatus();
  const domain::BlankSerial blank =
      job != nullptr ? job->final_blank : core.loose_spoils().at(subject).blank;
  const Card* card = core.cards().Find(blank);
  if (card != nullptr && card->act == subject && card->place != CardPlace::kInOffice) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-159: card ", blank.text(),
                     " is not in the office, so nobody can look at it. Record its return first."));
  }
  const BlankUse* use = core.tray().UseOf(blank);
  if (use == nullptr || *use != BlankUse::kDestroyed) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("K-159: blank ", blank.text(),
                   " was destroyed, so nobody can look at it any more. Its answer stays."));
}

absl::Status CheckCorrection(const EdgeCore& core, const CorrectAnswer& correct) {
  KEPING_RETURN_IF_ERROR(core.CheckMay(correct.operator_id, OfficeAct::kCorrectAnswer));
  KEPING_RETURN_IF_ERROR(
      core.CheckSecond(OfficeAct::kCorrectAnswer, correct.operator_id, correct.second));
  if (AnswerToCorrect(core, correct.subject) == 0 || correct.event == crypto::Hash()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-157: ", correct.subject.value(),
        " has no answer that could be wrong: it is unknown here, or still open. Want a "
        "settled job, or a blank spoiled outside a job."));
  }
  return CheckStillHere(core, correct.subject);
}

}  // namespace

uint64_t AnswerToCorrect(const EdgeCore& core, const domain::ActId& subject) {
  if (const Job* job = core.journal().Find(subject)) return job->open() ? 0 : job->answer_seq;
  const auto spoil = core.loose_spoils().find(subject);
  return spoil == core.loose_spoils().end() ? 0 : spoil->second.seq;
}

Decision Decide(const EdgeCore& core, const Scene&, const CorrectAnswer& correct) {
  if (absl::Status status = CheckCorrection(core, correct); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
  const auto spoil = core.loose_spoils().find(correct.subject);
  Decision decision;
  decision.events.push_back(domain::Corrected{.act = correct.act,
                                              .subject = correct.subject,
                                              .event = correct.event,
                                              .reason = correct.reason,
                                              .operator_id = correct.operator_id,
                                              .second = correct.second,
                                              .blank = {}});
  if (spoil != core.loose_spoils().end()) {
    std::get<domain::Corrected>(decision.events.back()).blank = spoil->second.blank;
  }
  return decision;
}

}  // namespace keping::edge
