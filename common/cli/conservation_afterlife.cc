// What the census reads about a blank before its office's first day, and after a card was made of
// it.

#include <algorithm>
#include <optional>
#include <tuple>
#include <variant>

#include "common/cli/conservation.h"

namespace keping::cli {
namespace {

using domain::BlankSerial;
using domain::NodeId;
using domain::SerialSet;

template <typename Event>
const Event* As(const LoggedEvent& logged) {
  return std::get_if<Event>(&logged.event);
}

}  // namespace

void BlankCensus::AddAfterlife(const LoggedEvent& logged) {
  if (const auto* opened = As<domain::StockOpened>(logged)) {
    opened_quantity_ += opened->serials.size();
    opened->serials.ForEach([&](const BlankSerial& blank) {
      openings_[blank][logged.id] = {logged.node, logged.incarnation, opened->act, opened->pile};
    });
  } else if (const auto* left = As<domain::ManifestHandedOver>(logged)) {
    AddSteps(logged, left->cards, Deed::kHandedOver);
  } else if (const auto* answered = As<domain::CardsAnswered>(logged)) {
    AddSteps(logged, answered->delivered, Deed::kDelivered);
    AddSteps(logged, answered->not_found, Deed::kNotFound);
    AddSteps(logged, answered->returned, Deed::kReturned);
  } else if (const auto* burnt = As<domain::CardsDestroyed>(logged)) {
    AddSteps(logged, burnt->serials, Deed::kDestroyed);
  } else if (const auto* ordered = As<domain::ActionOrdered>(logged)) {
    const bool recall = ordered->kind == domain::ActionKind::kRecallCard;
    if (recall && ordered->blank) recalls_[*ordered->blank].insert(ordered->action);
  } else if (const auto* done = As<domain::ActionAcknowledged>(logged)) {
    carried_out_[done->action][logged.id] = {logged.node, logged.incarnation, logged.seq};
  }
}

void BlankCensus::AddSteps(const LoggedEvent& logged, const SerialSet& serials, Deed deed) {
  serials.ForEach([&](const BlankSerial& blank) {
    // An event that lists a card twice is taken at its first word.
    steps_[blank].try_emplace(logged.id, Step{{logged.node, logged.incarnation, logged.seq}, deed});
  });
}

bool BlankCensus::HasOrigin(const BlankSerial& blank) const {
  return issued_.Contains(blank) || openings_.contains(blank);
}

std::set<NodeId> BlankCensus::HandlersOf(const BlankSerial& blank) const {
  std::set<NodeId> nodes;
  if (const auto steps = steps_.find(blank); steps != steps_.end()) {
    for (const auto& [id, step] : steps->second) nodes.insert(step.spot.node);
  }
  return nodes;
}

std::optional<BlankCensus::Deed> BlankCensus::LastDeed(const BlankSerial& blank,
                                                       const NodeId& node) const {
  using Rank = std::tuple<uint64_t, Deed, crypto::Hash>;
  // In each log of the office: what people did, and that a recall was carried out.
  std::map<domain::IncarnationId, Rank> last_in;
  std::map<domain::IncarnationId, Rank> recalled_in;
  const auto look = [&](const crypto::Hash& id, const Spot& spot, Deed deed) {
    if (spot.node != node) return;
    auto& lasts = deed == Deed::kRecalled ? recalled_in : last_in;
    Rank& last = lasts.try_emplace(spot.incarnation).first->second;
    last = std::max(last, Rank{spot.seq, deed, id});
  };
  if (const auto steps = steps_.find(blank); steps != steps_.end()) {
    for (const auto& [id, step] : steps->second) look(id, step.spot, step.deed);
  }
  if (const auto actions = recalls_.find(blank); actions != recalls_.end()) {
    for (const domain::ActionId& action : actions->second) {
      const auto done = carried_out_.find(action);
      if (done == carried_out_.end()) continue;
      for (const auto& [id, spot] : done->second) look(id, spot, Deed::kRecalled);
    }
  }
  // What is ash cannot be called back.
  for (const auto& [incarnation, recall] : recalled_in) {
    Rank& rank = last_in.try_emplace(incarnation, recall).first->second;
    if (std::get<Deed>(rank) != Deed::kDestroyed) rank = std::max(rank, recall);
  }
  std::optional<Deed> last;
  for (const auto& [incarnation, rank] : last_in) {
    last = last ? std::max(*last, std::get<Deed>(rank)) : std::get<Deed>(rank);
  }
  return last;
}

std::string BlankCensus::AccountOf(const BlankSerial& blank, const NodeId& node,
                                   Outcome outcome) const {
  if (outcome == Outcome::kDoubt) return "in_doubt";
  if (outcome == Outcome::kBound) return "bound_to_job";
  const std::optional<Deed> deed = LastDeed(blank, node);
  if (!deed) return outcome == Outcome::kGood ? "printed_ready" : "spoiled";
  switch (*deed) {
    case Deed::kReturned:
      return "returned";
    case Deed::kHandedOver:
    case Deed::kNotFound:
      return "handed_over";
    case Deed::kDelivered:
      return "delivered";
    case Deed::kRecalled:
      return "withdrawn";
    case Deed::kDestroyed:
      break;
  }
  return "destroyed";
}

}  // namespace keping::cli
