#include "central_node/core/kept_card.h"

#include <algorithm>

#include "central_node/core/card_steps.h"

namespace keping::central {
namespace {

std::vector<StepFact> StepsAt(const CardAt& card, const StepsOf& steps) {
  return steps == nullptr ? std::vector<StepFact>() : steps(card.blank);
}

bool IsDelivered(const CardAt& card, const StepsOf& steps) {
  const std::vector<StepFact> all = StepsAt(card, steps);
  const StepFact* last = LastStep(all, card.node);
  return last != nullptr && last->kind == StepKind::kDelivered;
}

bool HasLeft(const CardAt& card, const StepsOf& steps) {
  const std::vector<StepFact> all = StepsAt(card, steps);
  return std::any_of(all.begin(), all.end(), [&](const StepFact& step) {
    const bool out = step.kind == StepKind::kHandedOver || step.kind == StepKind::kNotFound ||
                     step.kind == StepKind::kDelivered;
    return step.fact.node == card.node && out;
  });
}

const CardClaim* TheDelivered(const std::vector<CardClaim>& claims, const StepsOf& steps) {
  const CardClaim* one = nullptr;
  for (const CardClaim& claim : claims) {
    if (!claim.current || !IsDelivered(claim.at, steps)) continue;
    if (one != nullptr) return nullptr;
    one = &claim;
  }
  return one;
}

const CardClaim* TheLatestLeased(const std::vector<CardClaim>& claims) {
  const CardClaim* latest = nullptr;
  bool tie = false;
  for (const CardClaim& claim : claims) {
    if (!claim.lease_valid) continue;
    if (claim.lease.second == 0) return nullptr;
    if (latest != nullptr && claim.lease == latest->lease) tie = true;
    if (latest != nullptr && claim.lease <= latest->lease) continue;
    latest = &claim;
    tie = false;
  }
  return tie ? nullptr : latest;
}

}  // namespace

void KeepOne(const std::vector<CardClaim>& claims, const StepsOf& steps, Anomaly& anomaly) {
  const CardClaim* keep = TheDelivered(claims, steps);
  const KeepReason reason = keep != nullptr ? KeepReason::kDelivered : KeepReason::kLatestLease;
  if (keep == nullptr) keep = TheLatestLeased(claims);
  if (keep == nullptr) return;
  anomaly.kept = KeptCard{.card = keep->at, .reason = reason};
  for (const CardClaim& claim : claims) {
    if (claim.at == keep->at) continue;
    anomaly.cards.push_back(claim.at);
    anomaly.ask = anomaly.ask || HasLeft(claim.at, steps);
  }
}

}  // namespace keping::central
