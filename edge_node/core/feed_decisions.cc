#include "edge_node/core/feed_decisions.h"

#include <optional>
#include <variant>

#include "absl/strings/str_cat.h"

namespace keping::edge {
namespace {

// The release that the centre asked for and that this record is now free for.
std::optional<domain::LeaseReleased> ReleaseDue(const EdgeCore& core, const domain::PrrItem& item) {
  if (!item.release_requested || !core.LeaseHeld(item) || core.AlreadyPrinted(item.prr)) {
    return std::nullopt;
  }
  return domain::LeaseReleased{.prr = item.prr, .epoch = item.lease_epoch};
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene&, const AcknowledgeAction& acknowledge) {
  if (absl::Status status = core.CheckMay(acknowledge.operator_id, OfficeAct::kAcknowledgeAction);
      !status.ok()) {
    return Decision::Failed(status);
  }
  if (core.catalogue().FindAction(acknowledge.action) == nullptr) {
    return Decision::Failed(absl::NotFoundError(
        absl::StrCat("K-133: no action ", acknowledge.action.value(), " is ordered here.")));
  }
  Decision decision;
  if (!core.Acknowledged(acknowledge.action)) {
    decision.events.push_back(domain::ActionAcknowledged{.action = acknowledge.action,
                                                         .operator_id = acknowledge.operator_id});
  }
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const FeedArrived& feed) {
  Decision decision;
  for (const domain::FeedItem& item : feed.items) {
    const auto* prr = std::get_if<domain::PrrItem>(&item.body);
    if (prr == nullptr) continue;
    if (auto release = ReleaseDue(core, *prr)) decision.events.push_back(*release);
  }
  return decision;
}

void AddReleaseAfterSettling(const EdgeCore& core, const Job& job, Decision& decision) {
  const domain::PrrItem* item = core.catalogue().FindPrr(job.intent.prr);
  if (item == nullptr || !item->release_requested || !core.LeaseHeld(*item)) return;
  if (core.journal().HoldsBeside(job)) return;
  decision.events.push_back(domain::LeaseReleased{.prr = item->prr, .epoch = item->lease_epoch});
}

}  // namespace keping::edge
