#include "edge_node/core/answer_decisions.h"

#include "absl/strings/str_cat.h"
#include "edge_node/core/feed_decisions.h"

namespace keping::edge {

Decision Decide(const EdgeCore& core, const Scene&, const VerifyCard& verify) {
  const Job* job = nullptr;
  if (absl::Status status = core.FindOpenJob(verify.act, &job); !status.ok())
    return Decision::Failed(status);
  if (absl::Status status = core.CheckMay(verify.operator_id, OfficeAct::kAnswerCard); !status.ok())
    return Decision::Failed(status);
  const domain::PrrItem* item = core.catalogue().FindPrr(job->intent.prr);
  if (item != nullptr && item->nik_tail != verify.nik_tail) {
    return Decision::Failed(absl::InvalidArgumentError(
        "K-121: the last four digits of the NIK are not those of this card. Look at the card in "
        "your "
        "hand: if it shows another person, set it aside and call the supervisor."));
  }
  if (verify.scanned != job->intent.blank && !core.tray().Available(verify.scanned)) {
    const bool known = core.tray().UseOf(verify.scanned) != nullptr;
    return Decision::Failed(absl::FailedPreconditionError(absl::StrCat(
        "K-122: the scanned serial ", verify.scanned.text(),
        known ? " already belongs to another card of this office"
              : " was never received at this office",
        "; the job used ", job->intent.blank.text(), ". Scan the card of this job again.")));
  }
  Decision decision;
  decision.events.push_back(domain::PrintVerified{
      .act = verify.act, .blank = verify.scanned, .operator_id = verify.operator_id});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const SpoilCard& spoil) {
  const Job* job = nullptr;
  if (absl::Status status = core.FindOpenJob(spoil.act, &job); !status.ok())
    return Decision::Failed(status);
  if (absl::Status status = core.CheckMay(spoil.operator_id, OfficeAct::kAnswerCard); !status.ok())
    return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(domain::PrintSpoiled{.act = spoil.act,
                                                 .blank = job->intent.blank,
                                                 .cause = spoil.cause,
                                                 .operator_id = spoil.operator_id});
  AddReleaseAfterSettling(core, job->intent.prr, decision);
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const ReleaseJob& release) {
  const Job* job = nullptr;
  if (absl::Status status = core.FindOpenJob(release.act, &job); !status.ok())
    return Decision::Failed(status);
  if (absl::Status status = core.CheckMay(release.operator_id, OfficeAct::kAnswerCard);
      !status.ok())
    return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(
      domain::PrintUnused{.act = release.act, .operator_id = release.operator_id});
  AddReleaseAfterSettling(core, job->intent.prr, decision);
  return decision;
}

}  // namespace keping::edge
