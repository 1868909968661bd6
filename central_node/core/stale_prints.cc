#include "central_node/core/stale_prints.h"

namespace keping::central {

void AddStaleGrant(const domain::OverrideGranted& event, uint64_t seq, StaleGrants& grants) {
  if (event.kind != domain::OverrideKind::kStaleness) return;
  grants.try_emplace(event.act, StaleGrant{.seq = seq,
                                           .record_class = event.record_class,
                                           .prints = event.prints,
                                           .policy_version = event.policy_version});
}

std::optional<StaleUse> NumberStale(const domain::PrintIntended& event, StaleGrants& grants) {
  std::erase_if(grants, [&](const auto& one) { return one.second.seq <= event.proven_seq; });
  if (event.stale_override.empty()) return std::nullopt;
  const auto grant = grants.find(event.stale_override);
  if (grant == grants.end()) return StaleUse();
  StaleUse use{.record_class = grant->second.record_class,
               .policy_version = grant->second.policy_version,
               .granted = ++grant->second.used <= grant->second.prints};
  for (const auto& [act, one] : grants) {
    if (one.record_class == use.record_class) use.number += one.used;
  }
  return use;
}

uint32_t BudgetOf(const StaleUse& use,
                  const std::map<uint32_t, std::vector<domain::StalenessRule>>& versions) {
  const auto known = versions.find(use.policy_version);
  static const auto& none = *new std::vector<domain::StalenessRule>();
  return domain::StalenessOf(known == versions.end() ? none : known->second, use.record_class)
      .override_prints;
}

bool IsWithinBudget(const StaleUse& use,
                    const std::map<uint32_t, std::vector<domain::StalenessRule>>& versions) {
  return use.granted && use.number <= BudgetOf(use, versions);
}

}  // namespace keping::central
