// What the census reads about a blank before its office's first day, and after a card was made of
// it.

#include <algorithm>
#include <optional>
#include <tuple>

#include "common/cli/conservation.h"

namespace keping::cli {

using domain::BlankSerial;
using domain::NodeId;
using domain::SerialSet;

void BlankCensus::AddAfterlife(const LoggedEvent& logged) {
  if (const auto* opened = logged.As<domain::StockOpened>()) {
    opened_quantity_ += opened->serials.size();
    opened->serials.ForEach([&](const BlankSerial& blank) {
      openings_[blank][logged.id] = {logged.node, logged.incarnation, opened->act, opened->pile};
    });
  } else if (const auto* left = logged.As<domain::ManifestHandedOver>()) {
    AddSteps(logged, left->cards, Deed::kHandedOver);
  } else if (const auto* answered = logged.As<domain::CardsAnswered>()) {
    AddSteps(logged, answered->delivered, Deed::kDelivered);
    AddSteps(logged, answered->not_found, Deed::kNotFound);
    AddSteps(logged, answered->returned, Deed::kReturned);
  } else if (const auto* burnt = logged.As<domain::CardsDestroyed>()) {
    AddSteps(logged, burnt->serials, Deed::kDestroyed);
  } else if (const auto* done = logged.As<domain::ActionAcknowledged>()) {
    if (!done->blank) return;
    recalls_[*done->blank][logged.id] = {logged.node, logged.incarnation, logged.seq};
  }
}

void BlankCensus::AddSteps(const LoggedEvent& logged, const SerialSet& serials, Deed deed) {
  serials.ForEach([&](const BlankSerial& blank) {
    // An event that lists a card twice is taken at its first word.
    steps_[blank].try_emplace(logged.id, Step{{logged.node, logged.incarnation, logged.seq}, deed});
  });
}

bool BlankCensus::IsOnPaper(const BlankSerial& blank) const {
  return issued_.Contains(blank) || openings_.contains(blank) || CameFromElsewhere(blank);
}

bool BlankCensus::HasOrigin(const BlankSerial& blank) const {
  return IsOnPaper(blank) || boxes_.CameOut(blank);
}

std::set<NodeId> BlankCensus::HandlersOf(const BlankSerial& blank) const {
  std::set<NodeId> nodes;
  if (const auto steps = steps_.find(blank); steps != steps_.end()) {
    for (const auto& [id, step] : steps->second) nodes.insert(step.spot.node);
  }
  return nodes;
}

BlankCensus::LastWords BlankCensus::LastWordsOn(const BlankSerial& blank,
                                                const NodeId& node) const {
  // In each log of the office: what people did, and that a recall was carried out.
  LastWords last_in;
  LastWords recalled_in;
  const auto later = [](const LastWord& a, const LastWord& b) {
    return std::tie(a.spot.seq, a.deed, a.id) > std::tie(b.spot.seq, b.deed, b.id);
  };
  const auto look = [&](const crypto::Hash& id, const Spot& spot, Deed deed) {
    if (spot.node != node) return;
    auto& lasts = deed == Deed::kRecalled ? recalled_in : last_in;
    LastWord& last = lasts.try_emplace(spot.incarnation, LastWord{spot, deed, id}).first->second;
    const LastWord word{spot, deed, id};
    if (later(word, last)) last = word;
  };
  if (const auto steps = steps_.find(blank); steps != steps_.end()) {
    for (const auto& [id, step] : steps->second) look(id, step.spot, step.deed);
  }
  if (const auto recalls = recalls_.find(blank); recalls != recalls_.end()) {
    for (const auto& [id, spot] : recalls->second) look(id, spot, Deed::kRecalled);
  }
  // What is ash cannot be called back.
  for (const auto& [incarnation, recall] : recalled_in) {
    LastWord& last = last_in.try_emplace(incarnation, recall).first->second;
    if (last.deed != Deed::kDestroyed && later(recall, last)) last = recall;
  }
  return last_in;
}

// Of the branches of one log those count that no other goes on from, and of these the deed that is
// believed most; of several incarnations the latest.
std::optional<BlankCensus::Deed> BlankCensus::LastDeed(const BlankSerial& blank,
                                                       const NodeId& node) const {
  const auto on_ashes = [](const LastWord& later, const LastWord& before) {
    return later.deed == Deed::kRecalled && before.deed == Deed::kDestroyed;
  };
  std::map<uint64_t, std::vector<LastWord>> eras;
  for (const auto& [incarnation, word] : LastWordsOn(blank, node)) {
    eras[EraOf(word.spot).number].push_back(word);
  }
  std::optional<LastWord> last;
  for (const auto& [number, words] : eras) {
    std::map<std::pair<Deed, crypto::Hash>, LastWord> open;
    for (const LastWord& word : words) {
      const bool passed = std::any_of(words.begin(), words.end(), [&](const LastWord& other) {
        return Follows(other.spot, word.spot)
                   ? !on_ashes(other, word)
                   : Follows(word.spot, other.spot) && on_ashes(word, other);
      });
      if (!passed) open[{word.deed, word.id}] = word;
    }
    const LastWord& word = open.rbegin()->second;
    if (!last || !on_ashes(word, *last)) last = word;
  }
  return last ? std::optional<Deed>(last->deed) : std::nullopt;
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
