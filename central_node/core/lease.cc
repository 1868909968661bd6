#include "central_node/core/lease.h"

#include <algorithm>

#include "central_node/core/retention.h"

namespace keping::central {
namespace {

using domain::LeaseEpoch;
using domain::NodeId;

const GrantFact* LatestGrant(const PrrFacts& facts) {
  const GrantFact* latest = nullptr;
  for (const GrantFact& grant : facts.grants) {
    if (latest == nullptr || latest->epoch < grant.epoch) latest = &grant;
  }
  return latest;
}

}  // namespace

Lease CurrentLease(const PrrFacts& facts) {
  const GrantFact* grant = LatestGrant(facts);
  if (grant == nullptr) return {};
  Lease lease{.holder = grant->node, .epoch = grant->epoch};
  for (const ReleaseFact& release : facts.releases) {
    if (release.fact.node == grant->node && release.epoch == grant->epoch) lease.released = true;
  }
  uint64_t last_request = 0;
  for (const ReleaseRequestFact& request : facts.requests) {
    if (request.node != grant->node || request.epoch != grant->epoch) continue;
    // The centre's own log orders its requests: the last one says where the lease goes.
    if (request.fact.seq < last_request) continue;
    last_request = request.fact.seq;
    lease.next_holder = request.next_holder;
  }
  lease.lost =
      !lease.released &&
      std::any_of(facts.losses.begin(), facts.losses.end(), [&](const LeaseLossFact& loss) {
        return loss.node == lease.holder && lease.epoch <= loss.epoch;
      });
  return lease;
}

LeaseEpoch NextEpoch(const PrrFacts& facts, uint32_t generation_order) {
  LeaseEpoch next{.generation_order = generation_order, .counter = 1};
  for (const GrantFact& grant : facts.grants) {
    if (grant.epoch.generation_order != generation_order) continue;
    next.counter = std::max(next.counter, grant.epoch.counter + 1);
  }
  return next;
}

const VersionFact* CurrentVersion(const PrrFacts& facts) {
  const VersionFact* current = nullptr;
  for (const VersionFact& version : facts.versions) {
    if (current == nullptr || current->version < version.version) current = &version;
  }
  return current;
}

bool IsWithdrawn(const PrrFacts& facts) {
  const VersionFact* current = CurrentVersion(facts);
  for (const WithdrawalFact& withdrawal : facts.withdrawals) {
    if (current == nullptr || withdrawal.version >= current->version) return true;
  }
  return false;
}

std::optional<domain::PrrItem> ItemFor(const domain::PrrId& prr, const PrrFacts& facts,
                                       const NodeId& node) {
  const VersionFact* current = CurrentVersion(facts);
  const bool held_once = std::any_of(facts.grants.begin(), facts.grants.end(),
                                     [&](const GrantFact& grant) { return grant.node == node; });
  if (current == nullptr || !held_once) return std::nullopt;
  const Lease lease = CurrentLease(facts);
  domain::PrrItem item;
  item.prr = prr;
  item.prr_version = current->version;
  item.withdrawn = IsWithdrawn(facts);
  for (const WithdrawalFact& withdrawal : facts.withdrawals) {
    item.prr_version = std::max(item.prr_version, withdrawal.version);
  }
  // A later incarnation of a lost holder must not print it either.
  item.lease_holder = lease.released || lease.lost ? NodeId() : lease.holder;
  item.lease_epoch = lease.epoch;
  item.release_requested =
      lease.held() && !lease.lost && lease.holder == node && !lease.next_holder.empty();
  item.enrolled_at = current->enrolled_at;
  item.village = current->village;
  if (!current->replaces.empty()) item.record_class = domain::RecordClass::kReplacement;
  item.destroyed = PicturesGone(facts);
  return item;
}

}  // namespace keping::central
