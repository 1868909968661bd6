#include "edge_node/core/feed_decisions.h"

#include <variant>

#include "absl/strings/str_cat.h"

namespace keping::edge {
namespace {

// So that no event is as large as a whole year of an office.
constexpr size_t kLeasesPerEvent = 500;

// The centre asks for the lease that it named, not for one that a telephone grant gave since.
bool ReleaseAsked(const EdgeCore& core, const domain::PrrItem& item) {
  return item.release_requested && core.LeaseHeld(item) && core.EpochOf(item) == item.lease_epoch;
}

void AddRelease(const domain::PrrItem& item, Decision& decision) {
  decision.events.push_back(domain::LeaseReleased{.prr = item.prr, .epoch = item.lease_epoch});
}

// The store forgets its record with this event, whatever of it is still here.
bool IsDestroyedNow(const EdgeCore& core, const domain::PrrItem& item) {
  const domain::PrrItem* known = core.catalogue().FindPrr(item.prr);
  return item.destroyed && known != nullptr && !known->destroyed;
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene&, const AcknowledgeAction& acknowledge) {
  if (absl::Status status = core.CheckMay(acknowledge.operator_id, OfficeAct::kAcknowledgeAction);
      !status.ok()) {
    return Decision::Failed(status);
  }
  const domain::ActionItem* order = core.catalogue().FindAction(acknowledge.action);
  if (order == nullptr) {
    return Decision::Failed(absl::NotFoundError(
        absl::StrCat("K-133: no action ", acknowledge.action.value(), " is ordered here.")));
  }
  Decision decision;
  if (!core.Acknowledged(acknowledge.action)) {
    const bool recall = order->kind == domain::ActionKind::kRecallCard;
    decision.events.push_back(
        domain::ActionAcknowledged{.action = acknowledge.action,
                                   .operator_id = acknowledge.operator_id,
                                   .blank = recall ? order->blank : std::nullopt});
  }
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const FeedArrived& feed) {
  Decision decision;
  domain::PicturesDestroyed destroyed;
  for (const domain::FeedItem& item : feed.items) {
    const auto* prr = std::get_if<domain::PrrItem>(&item.body);
    if (prr == nullptr) continue;
    if (ReleaseAsked(core, *prr) && !core.AlreadyPrinted(prr->prr)) AddRelease(*prr, decision);
    if (IsDestroyedNow(core, *prr)) destroyed.prrs.push_back(prr->prr);
  }
  if (!destroyed.prrs.empty()) decision.events.push_back(std::move(destroyed));
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const MeetGeneration& meet) {
  std::vector<domain::HeldLease> leases;
  for (const PlanKey& key : core.catalogue().plan()) {
    const domain::PrrItem& item = *core.catalogue().FindPrr(key.second);
    if (core.LeaseHeld(item)) leases.push_back({item.prr, core.EpochOf(item)});
  }
  for (const auto& [prr, epoch] : core.released()) leases.push_back({prr, epoch});
  domain::GenerationMet event{
      .generation = meet.generation, .order = meet.order, .leases = {}, .transfers = {}};
  for (const auto& [transfer, item] : core.catalogue().transfers()) {
    if (!core.Received(transfer)) event.transfers.push_back({transfer, item.serials, item.boxes});
  }
  Decision decision;
  for (const domain::HeldLease& lease : leases) {
    if (event.leases.size() == kLeasesPerEvent) {
      decision.events.push_back(event);
      event.leases.clear();
      event.transfers.clear();
    }
    event.leases.push_back(lease);
  }
  event.last = true;
  decision.events.push_back(std::move(event));
  return decision;
}

void AddReleaseAfterSettling(const EdgeCore& core, const Job& job, Decision& decision) {
  const domain::PrrItem* item = core.catalogue().FindPrr(job.intent.prr);
  if (item == nullptr || !ReleaseAsked(core, *item) || core.journal().HoldsBeside(job)) return;
  AddRelease(*item, decision);
}

}  // namespace keping::edge
