#include "common/cli/conservation.h"

#include <algorithm>

namespace keping::cli {

using domain::ActId;
using domain::BlankSerial;
using domain::NodeId;
using domain::SerialSet;

// ---- Reading.

void BlankCensus::Add(const LoggedEvent& logged) {
  if (!seen_.insert(logged.id).second) return;
  index_.mentions.reset();
  boxes_.Add(logged);
  if (const auto* allotted = logged.As<domain::AllotmentReceived>()) {
    allotted_quantity_ += allotted->serials.size();
    SerialSet& serials = allotments_[allotted->allotment];
    serials = serials.Union(allotted->serials);
    AddTo(issued_, allotted->serials);
  } else if (const auto* sent = logged.As<domain::BlanksDispatched>()) {
    sendings_[{logged.id, sent->transfer}] = {sent->transfer, sent->node, sent->serials};
    boxes_.AddSending(logged.id, sent->transfer, sent->node, sent->boxes);
  } else if (const auto* met = logged.As<domain::GenerationMet>()) {
    AddMeeting(logged, *met);
  } else if (const auto* came = logged.As<domain::BlanksReceived>()) {
    // One scan says one thing of a blank: what was in the hand outweighs its absence.
    const SerialSet missing = came->missing.Difference(came->received);
    arrivals_[logged.id] = {{logged.node, logged.incarnation, logged.seq},
                            came->transfer,
                            came->received,
                            missing,
                            came->unexpected.Difference(came->received).Difference(missing),
                            came->lent_by};
  } else if (const auto* out = logged.As<domain::BoxOpened>()) {
    // What is scanned out of a box comes to the tray under no number.
    arrivals_[logged.id] = {
        {logged.node, logged.incarnation, logged.seq}, {}, out->serials, {}, {}, {}};
  } else if (const auto* lent = logged.As<domain::BlanksLent>()) {
    loans_[logged.id] = {lent->transfer, logged.node, lent->to, lent->blanks};
  } else if (const auto* paper = logged.As<domain::LoanMoved>()) {
    papers_[logged.id] = {logged.seq, paper->step, paper->blanks};
  } else if (const auto* named = logged.As<domain::BlankIdentified>()) {
    names_.emplace(named->printed, named->uid);
  } else if (const auto* scanned = logged.As<domain::StockRescanned>()) {
    rescans_[logged.id] = {{logged.node, logged.incarnation, logged.seq},
                           scanned->blanks,
                           scanned->missing.Difference(scanned->blanks)};
  } else if (const auto* lost = logged.As<domain::TailLost>()) {
    gone_[logged.id] = {
        lost->node, {lost->incarnations.begin(), lost->incarnations.end()}, lost->blanks};
  } else {
    AddIncarnation(logged);
    AddGeneration(logged);
    AddOutcome(logged);
    AddAfterlife(logged);
  }
}

// A centre that was set back asks every office that has not ended.
void BlankCensus::AddGeneration(const LoggedEvent& logged) {
  if (const auto* enrolled = logged.As<domain::NodeEnrolled>()) {
    enrolled_.insert(enrolled->node);
    const bool forgotten = enrolled->reason == domain::IncarnationReason::kForgotten;
    if (forgotten && generations_.contains(generation_) && generations_.at(generation_) > 1) {
      asked_.insert(enrolled->node);
    }
  } else if (const auto* closed = logged.As<domain::NodeClosed>()) {
    enrolled_.erase(closed->node);
    asked_.erase(closed->node);
    ended_.emplace(closed->node, closed->incarnation);
  } else if (const auto* opened = logged.As<domain::GenerationOpened>()) {
    generations_[opened->generation] = opened->order;
    generation_ = opened->generation;
    if (opened->restored) asked_.insert(enrolled_.begin(), enrolled_.end());
  }
}

// What the office had been told by the centre before it was set back; once it was asked. A log that
// ended may have said it before its end.
void BlankCensus::AddMeeting(const LoggedEvent& logged, const domain::GenerationMet& met) {
  const auto opened = generations_.find(met.generation);
  if (opened == generations_.end() || opened->second != met.order) return;
  const bool ended = ended_.contains({logged.node, logged.incarnation});
  if (!ended && !asked_.contains(logged.node)) return;
  for (const auto& told : met.transfers) {
    sendings_[{logged.id, told.transfer}] = {told.transfer, logged.node, told.serials};
    boxes_.AddSending(logged.id, told.transfer, logged.node, told.boxes);
  }
  if (met.last && met.generation == generation_) asked_.erase(logged.node);
}

// ---- Looking at one blank.

void BlankCensus::AddTo(SerialSet& all, const SerialSet& some) {
  some.ForEach([&all](const BlankSerial& blank) { all.Insert(blank); });
}

SerialSet BlankCensus::AllSerials() const {
  SerialSet all = issued_;
  for (const auto& [id, sending] : sendings_) AddTo(all, sending.serials);
  for (const auto& [id, arrival] : arrivals_) {
    for (const SerialSet* named : {&arrival.received, &arrival.missing, &arrival.unexpected}) {
      AddTo(all, *named);
    }
  }
  for (const auto& [id, loan] : loans_) AddTo(all, loan.blanks);
  for (const auto& [id, paper] : papers_) AddTo(all, paper.blanks);
  for (const auto& [id, rescan] : rescans_) all = all.Union(rescan.found).Union(rescan.missing);
  for (const auto& [id, gone] : gone_) all = all.Union(gone.blanks);
  for (const auto& [blank, acts] : acts_of_) all.Insert(blank);
  for (const auto& [blank, spoils] : spoils_) all.Insert(blank);
  for (const auto& [blank, openings] : openings_) all.Insert(blank);
  for (const auto& [blank, steps] : steps_) all.Insert(blank);
  for (const auto& [blank, recalls] : recalls_) all.Insert(blank);
  return all;
}

BlankCensus::Claims BlankCensus::ClaimsOn(const BlankSerial& blank) const {
  Claims claims = JobsOn(blank);
  for (const auto& [act, nodes] : SpoilsOn(blank)) claims[act] = {nodes.last, Outcome::kSpoiled};
  if (const auto openings = openings_.find(blank); openings != openings_.end()) {
    for (const auto& [id, opening] : openings->second) {
      if (opening.pile == domain::Pile::kTray) continue;
      const bool card = opening.pile == domain::Pile::kPrinted;
      claims[opening.act] = {opening.node, card ? Outcome::kGood : Outcome::kSpoiled};
    }
  }
  return claims;
}

std::vector<std::pair<ActId, BlankCensus::Spot>> BlankCensus::LeftBehindBy(
    const BlankSerial& blank) const {
  std::vector<std::pair<ActId, Spot>> left;
  const auto acts = acts_of_.find(blank);
  if (acts == acts_of_.end()) return left;
  for (const ActId& id : acts->second) {
    const Act& act = acts_.at(id);
    if (act.intent() == nullptr || act.intent()->blank != blank) continue;
    const Outcome outcome = act.outcome();
    const bool elsewhere =
        (outcome == Outcome::kGood || outcome == Outcome::kSpoiled) && act.CardsOn(blank).empty();
    if (elsewhere) left.emplace_back(id, act.intent()->spot);
  }
  return left;
}

// Whether somebody saw the blank again after the job that left it behind.
bool BlankCensus::SeenAfter(const BlankSerial& blank, const ActId& act, const Spot& left,
                            const Claims& claims) const {
  for (const auto& [other, claim] : claims) {
    if (other != act) return true;
  }
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, arrival] = *named;
    const bool scanned = arrival.received.Contains(blank) || arrival.unexpected.Contains(blank);
    if (scanned && Later(arrival.spot, left)) return true;
  }
  for (const auto* named : MentionsOf(blank).rescans) {
    const auto& [id, rescan] = *named;
    if (rescan.found.Contains(blank) && Later(rescan.spot, left)) return true;
  }
  for (const ActId& other : acts_of_.at(blank)) {
    if (other == act) continue;
    for (const auto& [id, intent] : acts_.at(other).intents) {
      if (intent.blank != blank) continue;
      const bool after =
          intent.spot.SameLog(left) ? intent.spot.After(left) : !Later(left, intent.spot);
      if (after) return true;
    }
  }
  return false;
}

std::set<NodeId> BlankCensus::ReceivedAt(const BlankSerial& blank) const {
  std::set<NodeId> nodes;
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, arrival] = *named;
    if (arrival.received.Contains(blank)) nodes.insert(arrival.spot.node);
  }
  for (const auto* named : MentionsOf(blank).rescans) {
    const auto& [id, rescan] = *named;
    if (rescan.found.Contains(blank)) nodes.insert(rescan.spot.node);
  }
  if (const auto openings = openings_.find(blank); openings != openings_.end()) {
    for (const auto& [id, opening] : openings->second) nodes.insert(opening.node);
  }
  return nodes;
}

std::set<domain::TransferId> BlankCensus::ComingsTo(const BlankSerial& blank,
                                                    const NodeId& node) const {
  std::set<domain::TransferId> comings;
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, arrival] = *named;
    if (arrival.spot.node == node && arrival.received.Contains(blank)) {
      comings.insert(arrival.transfer);
    }
  }
  if (const auto openings = openings_.find(blank); openings != openings_.end()) {
    for (const auto& [id, opening] : openings->second) {
      if (opening.node == node) comings.insert(domain::TransferId());
    }
  }
  return comings;
}

std::set<domain::TransferId> BlankCensus::LoansFrom(const BlankSerial& blank,
                                                    const NodeId& node) const {
  std::set<domain::TransferId> loans;
  for (const auto* named : MentionsOf(blank).loans) {
    const auto& [id, loan] = *named;
    if (loan.from == node && loan.blanks.Contains(blank)) loans.insert(loan.transfer);
  }
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, arrival] = *named;
    if (arrival.lent_by == node && arrival.received.Contains(blank)) loans.insert(arrival.transfer);
  }
  return loans;
}

bool BlankCensus::StaysAt(const BlankSerial& blank, const NodeId& node) const {
  // One that was only found there by a new incarnation came once.
  const size_t comings = std::max<size_t>(1, ComingsTo(blank, node).size());
  return comings > LoansFrom(blank, node).size();
}

std::vector<BlankCensus::Spot> BlankCensus::SearchesFor(const BlankSerial& blank,
                                                        const NodeId& node) const {
  std::vector<Spot> searches;
  for (const auto* named : MentionsOf(blank).rescans) {
    const auto& [id, rescan] = *named;
    if (rescan.spot.node == node && rescan.missing.Contains(blank)) searches.push_back(rescan.spot);
  }
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, again] = *named;
    if (again.spot.node != node || !again.missing.Contains(blank)) continue;
    const auto& arrivals = MentionsOf(blank).arrivals;
    const bool came_before = std::any_of(arrivals.begin(), arrivals.end(), [&](const auto* one) {
      const Arrival& arrival = one->second;
      return arrival.transfer == again.transfer && arrival.received.Contains(blank) &&
             Later(again.spot, arrival.spot);
    });
    if (came_before) searches.push_back(again.spot);
  }
  return searches;
}

bool BlankCensus::LookedForInVain(const BlankSerial& blank, const NodeId& node) const {
  for (const Spot& search : SearchesFor(blank, node)) {
    bool seen = false;
    for (const auto* named : MentionsOf(blank).rescans) {
      const auto& [id, rescan] = *named;
      seen = seen || (rescan.found.Contains(blank) && Later(rescan.spot, search));
    }
    for (const auto* named : MentionsOf(blank).arrivals) {
      const auto& [id, arrival] = *named;
      const bool scanned = arrival.received.Contains(blank) || arrival.unexpected.Contains(blank);
      seen = seen || (scanned && Later(arrival.spot, search));
    }
    if (!seen) return true;
  }
  return false;
}

bool BlankCensus::FoundUnder(const BlankSerial& blank, const Spot& intent) const {
  const auto& rescans = MentionsOf(blank).rescans;
  return std::any_of(rescans.begin(), rescans.end(), [&](const auto* named) {
    const Rescan& rescan = named->second;
    return rescan.found.Contains(blank) && rescan.spot.node == intent.node &&
           !rescan.spot.SameLog(intent) && !Later(intent, rescan.spot);
  });
}

// The office nearest to a blank that no allotment names.
NodeId BlankCensus::FirstWitness(const BlankSerial& blank) const {
  if (const std::set<NodeId> nodes = ReceivedAt(blank); !nodes.empty()) return *nodes.begin();
  std::set<NodeId> users;
  if (const auto acts = acts_of_.find(blank); acts != acts_of_.end()) {
    for (const ActId& id : acts->second) acts_.at(id).AddUsersOf(blank, users);
  }
  for (const auto& [act, nodes] : SpoilsOn(blank)) {
    users.insert(nodes.all.begin(), nodes.all.end());
  }
  users.merge(HandlersOf(blank));
  if (!users.empty()) return *users.begin();
  std::set<NodeId> finders;
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, arrival] = *named;
    if (arrival.unexpected.Contains(blank)) finders.insert(arrival.spot.node);
  }
  if (!finders.empty()) return *finders.begin();
  // Who looked for it in vain, by the smallest id of the entry that says so.
  std::map<crypto::Hash, NodeId> seekers;
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, arrival] = *named;
    if (arrival.missing.Contains(blank)) seekers[id] = arrival.spot.node;
  }
  for (const auto* named : MentionsOf(blank).rescans) {
    const auto& [id, rescan] = *named;
    if (rescan.missing.Contains(blank)) seekers[id] = rescan.spot.node;
  }
  return seekers.empty() ? NodeId() : seekers.begin()->second;
}

BlankCensus::Place BlankCensus::PlaceOf(const BlankSerial& blank) const {
  if (const auto renamed = renamed_.find(blank); renamed != renamed_.end()) return renamed->second;
  if (OnlyNamed(blank)) return {SourceOf(blank), ""};
  const Place place = PlaceByLogs(blank, ClaimsOn(blank));
  if (place.first != "node_stock" && place.first != "bound_to_job" && place.first != "in_doubt") {
    return place;
  }
  for (const auto* named : MentionsOf(blank).gone) {
    const Gone& gone = named->second;
    if (gone.node.value() == place.second && WentWith(gone, blank)) {
      return {"maybe_used", place.second};
    }
  }
  return place;
}

BlankCensus::Place BlankCensus::PlaceByLogs(const BlankSerial& blank, const Claims& claims) const {
  if (claims.size() >= 2) {
    NodeId smallest = claims.begin()->second.node;
    for (const auto& [act, claim] : claims) smallest = std::min(smallest, claim.node);
    return {"contested", smallest.value()};
  }
  const bool has_origin = HasOrigin(blank);
  if (claims.size() == 1) {
    const auto& [node, outcome] = claims.begin()->second;
    if (!has_origin || !ReceivedAt(blank).contains(node)) {
      return {"unaccounted_claim", node.value()};
    }
    return {AccountOf(blank, node, outcome), node.value()};
  }
  if (!has_origin) return {"unaccounted_claim", FirstWitness(blank).value()};
  // Nobody made a card of it, and somebody handed one on.
  if (const std::set<NodeId> handlers = HandlersOf(blank); !handlers.empty()) {
    return {"unaccounted_claim", handlers.begin()->value()};
  }
  for (const auto& [act, spot] : LeftBehindBy(blank)) {
    if (!SeenAfter(blank, act, spot, claims)) return {"missing", spot.node.value()};
  }
  return PlaceOfUnclaimed(blank);
}

BlankCensus::Place BlankCensus::PlaceOfUnclaimed(const BlankSerial& blank) const {
  if (IsAway(blank)) return PlaceOfAway(blank);
  std::set<NodeId> keepers;
  for (const NodeId& node : ReceivedAt(blank)) {
    if (StaysAt(blank, node)) keepers.insert(node);
  }
  if (keepers.size() >= 2) return {"contested", keepers.begin()->value()};
  if (keepers.size() == 1) {
    const NodeId& keeper = *keepers.begin();
    return {LookedForInVain(blank, keeper) ? "missing" : "node_stock", keeper.value()};
  }
  // By event: of two that name a transfer the greater id has the word.
  std::map<std::pair<crypto::Hash, domain::TransferId>, NodeId> departures;
  std::set<NodeId> lenders;
  for (const auto* named : MentionsOf(blank).sendings) {
    const auto& [id, sending] = *named;
    if (sending.serials.Contains(blank)) departures[id] = sending.node;
  }
  for (const auto* named : MentionsOf(blank).loans) {
    const auto& [id, loan] = *named;
    if (!loan.blanks.Contains(blank)) continue;
    departures[{id, loan.transfer}] = loan.to;
    lenders.insert(loan.from);
  }
  std::map<domain::TransferId, NodeId> sent;
  for (const auto& [departure, to] : departures) sent[departure.second] = to;
  std::set<NodeId> destinations;
  for (const auto& [transfer, node] : sent) destinations.insert(node);
  std::set<NodeId> finders;
  std::set<domain::TransferId> not_there;
  for (const auto* named : MentionsOf(blank).arrivals) {
    const auto& [id, arrival] = *named;
    if (arrival.unexpected.Contains(blank) && !destinations.contains(arrival.spot.node)) {
      finders.insert(arrival.spot.node);
    }
    if (arrival.missing.Contains(blank)) not_there.insert(arrival.transfer);
    if (!arrival.received.Contains(blank)) continue;
    sent.erase(arrival.transfer);
    if (!arrival.lent_by.empty()) lenders.insert(arrival.lent_by);
  }
  if (!finders.empty()) return {"contested", finders.begin()->value()};
  if (sent.empty() && !lenders.empty()) return {"contested", lenders.begin()->value()};
  if (sent.empty()) return {"district_stock", ""};
  const auto& [transfer, node] = *sent.begin();
  if (sent.size() >= 2) return {"contested", node.value()};
  return {not_there.contains(transfer) ? "missing" : "in_transit", node.value()};
}

}  // namespace keping::cli
