// What the census makes of nodes that were declared lost with what they held.

#include <algorithm>

#include "common/cli/conservation.h"
#include "common/domain/entry.h"

namespace keping::cli {

using domain::BlankSerial;

std::vector<BlankCensus::Spot> BlankCensus::SightingsOf(const BlankSerial& blank) const {
  std::vector<Spot> sightings;
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, arrival] = *named;
    if (arrival.received.Contains(blank) || arrival.unexpected.Contains(blank)) {
      sightings.push_back(arrival.spot);
    }
  }
  for (const auto* named : MentionsOf(blank).rescans) {
    const auto& [id, rescan] = *named;
    if (rescan.found.Contains(blank)) sightings.push_back(rescan.spot);
  }
  if (const auto openings = openings_.find(blank); openings != openings_.end()) {
    for (const auto& [id, opening] : openings->second) {
      sightings.push_back({opening.node, opening.incarnation, 0});
    }
  }
  if (const auto acts = acts_of_.find(blank); acts != acts_of_.end()) {
    for (const domain::ActId& act : acts->second) acts_.at(act).AddSightingsOf(blank, sightings);
  }
  if (const auto spoils = spoils_.find(blank); spoils != spoils_.end()) {
    const auto aside = spoils_set_aside_.find(blank);
    for (const auto& [act, events] : spoils->second) {
      for (const auto& [id, spot] : events) {
        if (aside == spoils_set_aside_.end() || !aside->second.contains(id)) {
          sightings.push_back(spot);
        }
      }
    }
  }
  if (const auto steps = steps_.find(blank); steps != steps_.end()) {
    for (const auto& [id, step] : steps->second) {
      if (step.deed != Deed::kDestroyed) sightings.push_back(step.spot);
    }
  }
  return sightings;
}

bool BlankCensus::WentWith(const Gone& gone, const BlankSerial& blank) const {
  if (!gone.blanks.Contains(blank)) return false;
  const std::vector<Spot> sightings = SightingsOf(blank);
  return std::none_of(sightings.begin(), sightings.end(), [&](const Spot& seen) {
    return seen.node == gone.node && !gone.logs.contains(seen.incarnation) &&
           !domain::IsBranch(seen.incarnation);
  });
}

bool BlankCensus::EndedByLoss(const BlankSerial& blank, const Spot& intent) const {
  const auto& losses = MentionsOf(blank).gone;
  return std::any_of(losses.begin(), losses.end(), [&](const auto* named) {
    const Gone& gone = named->second;
    return gone.node == intent.node && gone.logs.contains(intent.incarnation) &&
           gone.blanks.Contains(blank) && !WentWith(gone, blank);
  });
}

}  // namespace keping::cli
