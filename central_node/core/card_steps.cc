#include "central_node/core/card_steps.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "common/base/check.h"

namespace keping::central {
namespace {

bool LaterInStream(const StepFact& a, const StepFact& b) {
  return std::tie(a.fact.seq, a.kind, a.fact.id) > std::tie(b.fact.seq, b.kind, b.fact.id);
}

// Of two branches of one log.
bool Outweighs(const StepFact& a, const StepFact& b) {
  return std::tie(a.kind, a.fact.id) > std::tie(b.kind, b.fact.id);
}

// `step` was done later.
bool Follows(const StepFact& step, const StepFact& before) {
  return step.kind != StepKind::kWithdrawn || before.kind != StepKind::kDestroyed;
}

// What one stream says last. An order to call a card back may be answered after the card is ash.
struct LastWords {
  const StepFact* handled = nullptr;
  const StepFact* recalled = nullptr;

  void Hear(const StepFact& step) {
    const StepFact*& last = step.kind == StepKind::kWithdrawn ? recalled : handled;
    if (last == nullptr || LaterInStream(step, *last)) last = &step;
  }
  const StepFact* last() const {
    if (handled == nullptr) return recalled;
    if (recalled == nullptr || handled->kind == StepKind::kDestroyed) return handled;
    return LaterInStream(*recalled, *handled) ? recalled : handled;
  }
};

// Another branch of its log goes on from it, or says that it was done on ashes.
bool Overtaken(const StepFact& step, const std::map<domain::IncarnationId, LastWords>& words) {
  return std::any_of(words.begin(), words.end(), [&](const auto& word) {
    const StepFact& other = *word.second.last();
    if (other.fact.era != step.fact.era) return false;
    return (other.fact.After(step.fact) && Follows(other, step)) ||
           (step.fact.After(other.fact) && !Follows(step, other));
  });
}

}  // namespace

const StepFact* LastStep(const std::vector<StepFact>& steps, const domain::NodeId& node) {
  std::map<domain::IncarnationId, LastWords> words;
  for (const StepFact& step : steps) {
    if (step.fact.node == node) words[step.fact.incarnation].Hear(step);
  }
  std::map<uint64_t, const StepFact*> of_eras;
  for (const auto& [incarnation, of_stream] : words) {
    const StepFact& step = *of_stream.last();
    if (Overtaken(step, words)) continue;
    const StepFact*& last = of_eras[step.fact.era];
    if (last == nullptr || Outweighs(step, *last)) last = &step;
  }
  const StepFact* last = nullptr;
  for (const auto& [era, step] : of_eras) {
    if (last == nullptr || Follows(*step, *last)) last = step;
  }
  return last;
}

ledger::Account AccountAfter(StepKind kind) {
  switch (kind) {
    case StepKind::kReturned:
      return ledger::Account::kReturned;
    case StepKind::kHandedOver:
    case StepKind::kNotFound:
      return ledger::Account::kHandedOver;
    case StepKind::kDelivered:
      return ledger::Account::kDelivered;
    case StepKind::kWithdrawn:
      return ledger::Account::kWithdrawn;
    case StepKind::kDestroyed:
      return ledger::Account::kDestroyed;
  }
  KEPING_CHECK(false, "every step ends in an account");
}

std::set<crypto::Hash> SeenAfterDestruction(const std::vector<StepFact>& steps,
                                            const std::vector<FactRef>& sightings) {
  std::set<crypto::Hash> evidence;
  for (const StepFact& step : steps) {
    if (step.kind != StepKind::kDestroyed) continue;
    for (const FactRef& sighting : sightings) {
      if (sighting.Later(step.fact)) evidence.insert({step.fact.id, sighting.id});
    }
  }
  return evidence;
}

}  // namespace keping::central
