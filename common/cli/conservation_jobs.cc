// What the census reads from print jobs: who said what of their cards, what two persons set aside,
// and which blank an open job holds.

#include "common/cli/conservation.h"

namespace keping::cli {

using domain::ActId;
using domain::BlankSerial;
using domain::NodeId;

// ---- Reading.

void BlankCensus::AddOutcome(const LoggedEvent& logged) {
  const auto* const intent = logged.As<domain::PrintIntended>();
  if (intent != nullptr) {
    acts_[intent->act].intents[logged.id] = {{logged.node, logged.incarnation, logged.seq},
                                             intent->blank};
    acts_of_[intent->blank].insert(intent->act);
  } else if (const auto* verified = logged.As<domain::PrintVerified>()) {
    AddAnswer(logged, verified->act, Word::kGood, verified->blank);
  } else if (const auto* spoiled = logged.As<domain::PrintSpoiled>()) {
    AddAnswer(logged, spoiled->act, Word::kSpoiled, spoiled->blank);
  } else if (const auto* unused = logged.As<domain::PrintUnused>()) {
    AddAnswer(logged, unused->act, Word::kUnused);
  } else if (const auto* doubted = logged.As<domain::PrintDoubted>()) {
    AddAnswer(logged, doubted->act, Word::kDoubted);
  } else if (const auto* failed = logged.As<domain::PrintFailed>()) {
    const bool refused = failed->failure == domain::PrintFailure::kNotAccepted;
    AddAnswer(logged, failed->act, refused ? Word::kRefused : Word::kAborted);
  } else if (const auto* sent = logged.As<domain::PrintSent>()) {
    AddAnswer(logged, sent->act, Word::kTaken);
  } else if (const auto* completed = logged.As<domain::PrintCompleted>()) {
    AddAnswer(logged, completed->act, Word::kTaken);
  } else {
    AddOutsideJobs(logged);
  }
}

void BlankCensus::AddOutsideJobs(const LoggedEvent& logged) {
  if (const auto* spoiled = logged.As<domain::BlankSpoiled>()) {
    spoils_[spoiled->blank][spoiled->act][logged.id] = {logged.node, logged.incarnation,
                                                        logged.seq};
  } else if (const auto* test = logged.As<domain::TestCardPrinted>()) {
    spoils_[test->blank][test->act][logged.id] = {logged.node, logged.incarnation, logged.seq};
  } else if (const auto* corrected = logged.As<domain::Corrected>()) {
    if (corrected->blank.has_value()) {
      spoils_set_aside_[*corrected->blank].insert(corrected->event);
    } else {
      acts_[corrected->subject].set_aside.insert(corrected->event);
    }
  }
}

void BlankCensus::AddAnswer(const LoggedEvent& logged, const ActId& act, Word word,
                            const BlankSerial& blank) {
  acts_[act].answers[logged.id] = {{logged.node, logged.incarnation, logged.seq}, word, blank};
  if (!blank.empty()) acts_of_[blank].insert(act);
}

// ---- One job.

NodeId BlankCensus::Act::node() const {
  if (const Intent* first = intent()) return first->spot.node;
  return answers.empty() ? NodeId() : answers.rbegin()->second.spot.node;
}

// What a printer said of a job that people have looked at since is set aside with their answers.
bool BlankCensus::Act::Believed(const crypto::Hash& id, const Answer& answer) const {
  return !set_aside.contains(id) && (answer.word != Word::kRefused || set_aside.empty());
}

bool BlankCensus::Act::Said(Word word) const {
  for (const auto& [id, answer] : answers) {
    if (answer.word == word && Believed(id, answer)) return true;
  }
  return false;
}

// What a person held in the hand outweighs its absence.
BlankCensus::Outcome BlankCensus::Act::outcome() const {
  if (Said(Word::kGood)) return Outcome::kGood;
  if (Said(Word::kSpoiled)) return Outcome::kSpoiled;
  if (Said(Word::kUnused) || Said(Word::kRefused)) return Outcome::kUnused;
  if (intents.empty()) return Outcome::kUnknown;
  const bool doubt = Said(Word::kDoubted) || Said(Word::kAborted) || !set_aside.empty();
  return doubt ? Outcome::kDoubt : Outcome::kBound;
}

std::vector<BlankCensus::Spot> BlankCensus::Act::CardsOn(const BlankSerial& blank) const {
  const Outcome end = outcome();
  std::vector<Spot> spots;
  for (const auto& [id, answer] : answers) {
    const bool card = (end == Outcome::kGood && answer.word == Word::kGood) ||
                      (end == Outcome::kSpoiled && answer.word == Word::kSpoiled);
    if (card && answer.blank == blank && Believed(id, answer)) spots.push_back(answer.spot);
  }
  return spots;
}

BlankSerial BlankCensus::Act::LastScanned() const {
  const Answer* last = nullptr;
  for (const auto& [id, answer] : answers) {
    if (answer.blank.empty() || Believed(id, answer)) continue;
    if (last == nullptr || answer.spot.After(last->spot)) last = &answer;
  }
  return last == nullptr ? BlankSerial() : last->blank;
}

void BlankCensus::Act::AddUsersOf(const BlankSerial& blank, std::set<NodeId>& users) const {
  for (const auto& [id, one] : intents) {
    if (one.blank == blank) users.insert(one.spot.node);
  }
  for (const auto& [id, answer] : answers) {
    if (answer.blank == blank && Believed(id, answer)) users.insert(answer.spot.node);
  }
}

void BlankCensus::Act::AddSightingsOf(const BlankSerial& blank,
                                      std::vector<Spot>& sightings) const {
  for (const auto& [id, one] : intents) {
    if (one.blank == blank) sightings.push_back(one.spot);
  }
  for (const auto& [id, answer] : answers) {
    if (answer.blank == blank && Believed(id, answer)) sightings.push_back(answer.spot);
  }
}

bool BlankCensus::IsOpen(const Act& act) {
  return act.outcome() == Outcome::kBound || act.outcome() == Outcome::kDoubt;
}

// ---- Who holds a blank.

std::map<ActId, BlankCensus::Nodes> BlankCensus::SpoilsOn(const BlankSerial& blank) const {
  std::map<ActId, Nodes> found;
  const auto spoils = spoils_.find(blank);
  if (spoils == spoils_.end()) return found;
  const auto aside = spoils_set_aside_.find(blank);
  for (const auto& [act, events] : spoils->second) {
    for (const auto& [id, spot] : events) {
      if (aside != spoils_set_aside_.end() && aside->second.contains(id)) continue;
      found[act].last = spot.node;
      found[act].all.insert(spot.node);
    }
  }
  return found;
}

BlankCensus::Claims BlankCensus::JobsOn(const BlankSerial& blank) const {
  Claims claims;
  const auto acts = acts_of_.find(blank);
  if (acts == acts_of_.end()) return claims;
  for (const ActId& id : acts->second) {
    const Act& act = acts_.at(id);
    const bool means = IsOpen(act) && act.intent()->blank == blank;
    const bool held = means && TakerOf(blank, act.intent()->spot) == nullptr &&
                      !FoundUnder(blank, act.intent()->spot) &&
                      !EndedByLoss(blank, act.intent()->spot);
    if (!act.CardsOn(blank).empty() || held) {
      claims[id] = {act.node(), act.outcome()};
    }
  }
  return claims;
}

const BlankCensus::Act* BlankCensus::TakerOf(const BlankSerial& blank, const Spot& meant) const {
  const auto acts = acts_of_.find(blank);
  if (acts == acts_of_.end()) return nullptr;
  for (const ActId& id : acts->second) {
    for (const Spot& card : acts_.at(id).CardsOn(blank)) {
      if (Later(card, meant)) return &acts_.at(id);
    }
  }
  return nullptr;
}

// From the blank that was meant to the one that its taker was meant for, and so on.
std::optional<BlankSerial> BlankCensus::HeldBy(const Act& act) const {
  BlankSerial blank = act.LastScanned();
  if (blank.empty()) blank = act.intent()->blank;
  for (size_t steps = 0; steps <= acts_.size(); ++steps) {
    const Act* taker = TakerOf(blank, act.intent()->spot);
    if (taker == nullptr) return blank;
    if (taker->intent() == nullptr) return std::nullopt;
    blank = taker->intent()->blank;
  }
  return std::nullopt;
}

std::map<BlankSerial, ActId> BlankCensus::HeldElsewhere() const {
  std::map<BlankSerial, ActId> held;
  for (const auto& [id, act] : acts_) {
    if (!IsOpen(act)) continue;
    if (TakerOf(act.intent()->blank, act.intent()->spot) == nullptr) continue;
    if (const auto blank = HeldBy(act)) held[*blank] = id;
  }
  return held;
}

}  // namespace keping::cli
