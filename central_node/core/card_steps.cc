#include "central_node/core/card_steps.h"

#include <map>
#include <tuple>

#include "common/base/check.h"

namespace keping::central {
namespace {

bool LaterInStream(const StepFact& a, const StepFact& b) {
  return std::tie(a.fact.seq, a.kind, a.fact.id) > std::tie(b.fact.seq, b.kind, b.fact.id);
}

bool Outweighs(const StepFact& a, const StepFact& b) {
  return std::tie(a.kind, a.fact.id) > std::tie(b.kind, b.fact.id);
}

}  // namespace

const StepFact* LastStep(const std::vector<StepFact>& steps, const domain::NodeId& node) {
  std::map<domain::IncarnationId, const StepFact*> last_of;
  for (const StepFact& step : steps) {
    if (step.fact.node != node) continue;
    const StepFact*& last = last_of[step.fact.incarnation];
    if (last == nullptr || LaterInStream(step, *last)) last = &step;
  }
  const StepFact* last = nullptr;
  for (const auto& [incarnation, step] : last_of) {
    if (last == nullptr || Outweighs(*step, *last)) last = step;
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
      if (sighting.After(step.fact)) evidence.insert({step.fact.id, sighting.id});
    }
  }
  return evidence;
}

}  // namespace keping::central
