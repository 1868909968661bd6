#include "central_node/core/home_office.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "central_node/core/lease.h"
#include "common/crypto/hash.h"

namespace keping::central {
namespace {

constexpr size_t kKecamatanSize = 8;

uint64_t Draw(const domain::PrrId& prr) {
  const crypto::Hash hash = crypto::Sha256({"keping-home-office-v1", prr.value()});
  uint64_t draw = 0;
  for (int i = 0; i < 8; ++i) draw = draw << 8 | hash.bytes[i];
  return draw;
}

}  // namespace

domain::NodeId HomeOffice(const Settings& settings, const domain::PrrId& prr,
                          const domain::VillageCode& village) {
  const absl::string_view kecamatan = absl::string_view(village.value()).substr(0, kKecamatanSize);
  std::vector<domain::NodeId> near;
  std::vector<domain::NodeId> anywhere;
  for (const Office& office : settings.offices) {
    if (office.kecamatan_code.empty()) {
      anywhere.push_back(office.node);
    } else if (office.kecamatan_code == kecamatan) {
      near.push_back(office.node);
    }
  }
  if (settings.offices.empty()) return {};
  const uint64_t draw = Draw(prr);
  const uint64_t share = draw % settings.offices.size();
  if (share < anywhere.size()) return anywhere[share];
  const std::vector<domain::NodeId>& candidates = near.empty() ? anywhere : near;
  if (candidates.empty()) return {};
  return candidates[draw / settings.offices.size() % candidates.size()];
}

domain::NodeId NextHolder(const Settings& settings, const domain::PrrId& prr,
                          const PrrFacts& facts) {
  const VersionFact* current = CurrentVersion(facts);
  const Lease lease = CurrentLease(facts);
  if (current == nullptr || lease.held()) return {};
  return lease.next_holder.empty() ? HomeOffice(settings, prr, current->village)
                                   : lease.next_holder;
}

size_t MayBeForgotten(const Settings& settings, const domain::PrrId& prr, const PrrFacts& facts,
                      const Resident& resident) {
  const uint32_t order = resident.centre.generation_order;
  if (order <= 1) return 0;
  const auto missing = [&](const domain::NodeId& node) { return !resident.nodes.contains(node); };
  const Lease lease = CurrentLease(facts);
  const bool went_somewhere =
      lease.released && lease.next_holder.empty() && lease.epoch.generation_order < order;
  const bool at_home = lease.holder.empty() && missing(NextHolder(settings, prr, facts));
  if (!went_somewhere && !at_home) return 0;
  return static_cast<size_t>(std::count_if(settings.offices.begin(), settings.offices.end(),
                                           [&](const Office& one) { return missing(one.node); }));
}

}  // namespace keping::central
