#include "central_node/core/judge_person.h"

#include "central_node/core/judge_prr.h"
#include "central_node/core/lease.h"

namespace keping::central {

std::optional<Anomaly> JudgePerson(const std::vector<const PrrFacts*>& records, const Jobs& jobs) {
  Anomaly anomaly{.kind = domain::CaseKind::kTwoCardsOnePerson};
  int with_card = 0;
  for (const PrrFacts* facts : records) {
    if (IsWithdrawn(*facts) || !facts->replaced_by.empty()) continue;
    const PrrVerdict verdict = JudgePrr(*facts, jobs, {});
    if (verdict.good_cards.empty()) continue;
    ++with_card;
    for (const GoodCard& card : verdict.good_cards) anomaly.evidence.insert(card.verified);
  }
  if (with_card < 2) return std::nullopt;
  return anomaly;
}

}  // namespace keping::central
